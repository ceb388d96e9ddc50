"""Judging many people anew when policy changes, or their account: at once where they are few, else by a job that can
be resumed.

The request for the job is a row in the transaction of the change, so it is lost with it and never without it.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.upkeep import RECOUNT
from records.identity import new_id
from records.models import JobRun
from stakeholders.derived import at_accounts, in_chunks
from stakeholders.models import Stakeholder, StakeholderQuerySet
from stakeholders.upkeep import cadences_changed, people_changed

# How many people a request rebuilds itself, in well under a second also on a busy machine: all that is stored of them
# (1.5 ms each), or their contact states (0.5 ms).
AT_ONCE = 500
STATES_AT_ONCE = 1500


def recount() -> bool:
    """Bring everybody's stored rows up to policy; False when they are many and the job was asked to."""
    return recount_some(Stakeholder.objects.all(), people_changed, AT_ONCE)


def recount_zones(account_ids: Collection[UUID]) -> None:
    """It is another day at these accounts."""
    for account in account_ids:
        recount_some(at_accounts([account]), people_changed, AT_ONCE, account=str(account))


def recount_standings(account_ids: Collection[UUID]) -> None:
    """These accounts have another tier or status: contact states follow, and nothing else does."""
    for account in account_ids:
        recount_some(at_accounts([account]), cadences_changed, STATES_AT_ONCE, account=str(account))


def recount_some(
    people: StakeholderQuerySet, rebuild: Callable[[Collection[UUID]], None], at_once: int, **whose: str
) -> bool:
    """Rebuild these people now, or leave it to the job if they are more than so many."""
    if people.order_by()[: at_once + 1].count() > at_once:
        JobRun.objects.create(name=RECOUNT, slot=str(new_id()), lease_until=timezone.now(), counts=whose)
        return False
    for chunk in in_chunks(people):
        with transaction.atomic():
            rebuild(chunk)
    return True


def work(run: JobRun) -> dict[str, int]:
    """The job: everybody, or who has to do with the account that the run names, by chunks, behind the chunk that a
    worker lost before it finished last."""
    account, after = run.counts.get("account"), run.counts.get("after")
    people = at_accounts([UUID(account)]) if account else Stakeholder.objects.all()
    done = run.counts.get("people", 0)
    for chunk in in_chunks(people, UUID(after) if after else None):
        with transaction.atomic():
            people_changed(chunk)
            done += len(chunk)
            note(run, {"after": str(chunk[-1]), "people": done})
    return {"people": done}


def note(run: JobRun, counts: dict) -> None:
    """How far it is, and that it goes on; `LeaseLost` takes the chunk back with it."""
    run.renew()
    run.counts |= counts
    JobRun.objects.filter(pk=run.pk).update(counts=run.counts)
