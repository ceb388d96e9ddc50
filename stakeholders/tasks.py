"""The jobs of this app, rung by the queue or by hand; it runs once per slot whoever rings."""

from collections import Counter
from datetime import date, timedelta

from celery import shared_task
from django.utils import timezone

from accounts import merging as account_merging
from accounts.upkeep import RECOUNT
from records.jobs import JobRun, daily_slot, perform
from stakeholders import merging, recount, suspicion
from stakeholders.derived import refresh_turning

# How far the first run of an installation looks back.
FIRST_LOOK = timedelta(days=30)


@shared_task
def refresh_people(slot: str = "") -> None:
    """Posts, roles and influence that begin or end take effect on their day."""
    perform("refresh_people", slot or daily_slot(), lambda run: {"people": refresh_turning(today(), last_look())})


@shared_task
def suspect_twins(slot: str = "") -> None:
    """People who may be entered twice are brought up; what names a merged twin or account yet is brought over."""

    def work(run: JobRun) -> Counter[str]:
        late = account_merging.bring_over_late() + merging.bring_over_late()
        return suspicion.search(after_each_chunk=run.renew) + Counter(moved=late)

    perform("suspect_twins", slot or daily_slot(), work)


@shared_task
def recount_everybody(slot: str) -> None:
    """A change of policy or of an account with many people behind it: they are judged anew."""
    perform(RECOUNT, slot, recount.work)


def today() -> date:
    return timezone.localdate()


def last_look() -> date:
    """The day of the last run that went well: what turned since then was seen by none."""
    done = JobRun.objects.filter(name="refresh_people", state=JobRun.State.DONE)
    last = done.order_by("-started_at").values_list("started_at", flat=True).first()
    return timezone.localdate(last) if last else today() - FIRST_LOOK
