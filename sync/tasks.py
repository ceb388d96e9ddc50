"""The jobs of imports, rung by the queue or by hand; each runs once per slot whoever rings."""

from celery import shared_task

from records.jobs import daily_slot, perform
from sync.imports import job, pruning
from sync.models.import_run import JOB


@shared_task
def run_import(slot: str) -> None:
    """Check, bring in or take back what the run of this slot says."""
    perform(JOB, slot, job.work)


@shared_task
def prune_imports(slot: str = "") -> None:
    """Files and rows of imports are forgotten in time."""
    perform("prune_imports", slot or daily_slot(), lambda run: pruning.prune(after_each_chunk=run.renew))
