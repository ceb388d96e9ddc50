"""Judging everybody anew when policy changes: at once where people are few, else by a job that can be resumed."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from records.identity import new_id
from records.models import JobRun
from stakeholders.derived import everybody, refresh_everybody
from stakeholders.models import Stakeholder
from stakeholders.upkeep import people_changed

JOB = "recount"
AT_ONCE = 2000


def recount() -> bool:
    """Bring everybody's stored rows up to policy; False when they are many and the job was asked to.

    The request for it is a row in the transaction of the change, so it is lost with it and never without it.
    """
    if Stakeholder.objects.order_by()[: AT_ONCE + 1].count() <= AT_ONCE:
        refresh_everybody()
        return True
    JobRun.objects.create(name=JOB, slot=str(new_id()), lease_until=timezone.now())
    return False


def work(run: JobRun) -> dict[str, int]:
    """The job: everybody by chunks, behind the chunk that a worker lost before it finished last."""
    after = run.counts.get("after")
    people = run.counts.get("people", 0)
    for chunk in everybody(UUID(after) if after else None):
        with transaction.atomic():
            people_changed(chunk)
            people += len(chunk)
            note(run, {"after": str(chunk[-1]), "people": people})
    return {"people": people}


def note(run: JobRun, counts: dict) -> None:
    """How far it is, and that it goes on; `LeaseLost` takes the chunk back with it."""
    run.renew()
    JobRun.objects.filter(pk=run.pk).update(counts=counts)
