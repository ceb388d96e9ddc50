"""What is forgotten of imports: the file and its rows once taking back is over, abandoned uploads sooner."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from records.purge import REMOVED_KEPT
from sync.imports import kept_files
from sync.models import ImportRow, ImportRun

# As long as what was removed can come back; after that an import cannot be taken back either.
KEPT = REMOVED_KEPT
ABANDONED = timedelta(days=7)
CHUNK = 5_000
State = ImportRun.State


def prune(now: datetime | None = None, *, after_each_chunk: Callable[[], object] = lambda: None) -> dict[str, int]:
    """Forget the files and rows that are due, and rows of earlier rounds; the run itself stays with its counts."""
    now = now or timezone.now()
    files = rows = 0
    for run in due(now):
        kept_files.forget(run.pk)
        rows += forget_rows(ImportRow.objects.filter(run=run), after_each_chunk)
        run.note(has_file=False)
        files += 1
    return {"files": files, "rows": rows}


def due(now: datetime) -> list[ImportRun]:
    """Runs at rest for so long, and those that came to nothing; `updated_at` is the last move of each."""
    at_rest = ImportRun.objects.filter(has_file=True).exclude(state__in=ImportRun.UNDER_WAY)
    abandoned = Q(state__in=[State.UPLOADED, State.CHECKED], updated_at__lt=now - ABANDONED)
    removed = Q(removed_at__lt=now - timedelta(days=1))
    return list(at_rest.filter(Q(updated_at__lt=now - KEPT) | abandoned | removed))


def forget_rows(rows, after_each_chunk: Callable[[], object]) -> int:
    gone = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        gone += ImportRow.objects.filter(pk__in=ids)._raw_delete(ImportRow.objects.db)
        after_each_chunk()
    return gone
