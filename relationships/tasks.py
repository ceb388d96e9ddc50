"""The job of this app, rung by the queue or by hand; it runs once per slot whoever rings."""

from celery import shared_task

from records.jobs import JobRun, daily_slot, perform
from relationships.contact_state import rebuild
from stakeholders.derived import everybody


@shared_task
def repair_contact_states(slot: str = "") -> None:
    """Every contact state is worked out anew from interactions, roles and policy."""
    perform("repair_contact_states", slot or daily_slot(), _repair)


def _repair(run: JobRun) -> dict[str, int]:
    repaired = 0
    for people in everybody():
        run.renew()
        repaired += rebuild(people)
    return {"repaired": repaired}
