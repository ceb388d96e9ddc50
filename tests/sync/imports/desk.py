"""An import as its pages and its worker deal with it, one step at a time."""

from typing import Any

from records.jobs import perform
from sync.imports import job
from sync.imports.receiving import receive
from sync.models import ImportRow, ImportRun
from sync.models.import_run import JOB


def bring_file(text: str | bytes, record_type: str, *, by: Any, name: str = "file.csv") -> ImportRun:
    """The file as it was uploaded, its columns guessed."""
    return receive([text.encode() if isinstance(text, str) else text], name, record_type, by=by)


def work(run: ImportRun) -> ImportRun:
    """What a worker does about it."""
    perform(JOB, run.slot, job.work)
    return ImportRun.objects.get(pk=run.pk)


def check(run: ImportRun, **told: Any) -> ImportRun:
    run.dry_run(told.pop("targets", run.targets), **told)
    return work(run)


def apply(run: ImportRun) -> ImportRun:
    run.apply()
    return work(run)


def undo(run: ImportRun, *, by: Any = None) -> ImportRun:
    run.undo(by=by or run.author)
    return work(run)


def bring_in(text: str | bytes, record_type: str, *, by: Any, **told: Any) -> ImportRun:
    """All the way."""
    return apply(check(bring_file(text, record_type, by=by), **told))


def counts(run: ImportRun) -> dict[str, int]:
    return {name: number for name, number in run.counts.items() if name != "rows"}


def told(run: ImportRun) -> dict[int, list[str]]:
    """Row number → what is said of it."""
    rows = ImportRow.objects.of(run).filter(concern__gt=0).order_by("number")
    return {row.number: [sentence for _column, sentence in row.told] for row in rows}
