"""The nightly jobs of record-keeping, rung by the queue or by hand; each runs once per slot whoever rings."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from records.change_log import LOG_KEPT, ChangeLog
from records.jobs import JobRun, daily_slot, perform
from records.purge import REMOVED_KEPT, purge


@shared_task
def purge_removed(slot: str = "") -> None:
    """What was removed 30 days ago goes for good."""
    before = timezone.now() - REMOVED_KEPT
    perform("purge_removed", slot or daily_slot(), lambda run: purge(before, after_each_chunk=run.renew))


@shared_task
def prune_logs(slot: str = "") -> None:
    """The change log and the list of job runs forget what is older than 90 days."""
    before = timezone.now() - LOG_KEPT
    perform("prune_logs", slot or daily_slot(), lambda run: _prune(run, before))


def _prune(run: JobRun, before: datetime) -> dict[str, int]:
    return {"changes": ChangeLog.prune(before, after_each_chunk=run.renew), "runs": JobRun.prune(before)}
