"""The job of this app, rung by the queue or by hand; it runs once per slot whoever rings."""

from celery import shared_task

from records.jobs import JobRun, daily_slot, perform
from relationships.repair import repair


@shared_task
def repair_contact_states(slot: str = "") -> None:
    """All that is derived of people is worked out anew: search keys, key status, contact states."""
    perform("repair_contact_states", slot or daily_slot(), _repair)


def _repair(run: JobRun) -> dict[str, int]:
    mended = repair(passed=lambda last: run.renew())
    return {"repaired": sum(mended.values())}
