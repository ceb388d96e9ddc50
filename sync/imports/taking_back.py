"""Taking a whole import back: what nobody has touched since is as it was, the rest stays and is listed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction

from records.elsewhere import forget_keys
from records.intake import Bringing, Intake, Key
from records.models import JobRun
from records.taking_back import take_back
from records.undone import back_reason
from sync.imports.intakes import INTAKES
from sync.imports.writing import take_turn
from sync.models import ImportRow, ImportRun

CHUNK = 200


def take_run_back(run: ImportRun, job: JobRun) -> None:
    """Record by record with all that its rows wrote; a successor goes on with those that have no fate yet."""
    by = run.undone_by or run.author
    by.client = "import"
    intake: Intake = INTAKES[run.record_type](Bringing(by=by, because=back_reason(run.because), source=run.source))
    for ids in untouched(run):
        with transaction.atomic():
            take_turn()
            take_chunk_back(run, ids, intake, by)
            run.note(place=run.place + len(ids), counts=run.counts)
            job.renew(advanced=True)


def untouched(run: ImportRun) -> Iterator[list[UUID]]:
    """The records it wrote and has not decided on, some at a time."""
    rows = ImportRow.objects.of(run).filter(fate=ImportRow.Fate.NONE, object_id__isnull=False)
    after = UUID(int=0)
    while ids := list(
        rows.filter(object_id__gt=after).order_by("object_id").values_list("object_id", flat=True)[:CHUNK]
    ):
        after = ids[-1]
        yield list(dict.fromkeys(ids))


def take_chunk_back(run: ImportRun, ids: Sequence[UUID], intake: Intake, by) -> None:
    model = run.type.model
    rows = list(ImportRow.objects.of(run).filter(object_id__in=ids).order_by("number"))
    groups: dict[UUID, set[Key]] = defaultdict(set)
    for row in rows:
        groups[row.object_id] |= {(model._meta.label_lower, row.object_id), *row.keys}
    taken = take_back(groups, run.because, by=by)
    intake.settle({key for pk in taken.back for key in groups[pk]})
    made = [row.object_id for row in rows if row.act == ImportRow.Act.CREATE and row.object_id in taken.back]
    forget_keys(model, made)
    tell(run, rows, taken.back)


def tell(run: ImportRun, rows: Sequence[ImportRow], back: frozenset[UUID]) -> None:
    for row in rows:
        row.fate = ImportRow.Fate.BACK if row.object_id in back else ImportRow.Fate.KEPT
    ImportRow.objects.bulk_update(rows, ["fate"], batch_size=CHUNK)
    counts = run.tally
    for row in rows:
        counts[row.fate] += row.act in (ImportRow.Act.CREATE, ImportRow.Act.CHANGE)
    run.counts = dict(counts)
