"""What became of a chunk's rows, written down and counted in the transaction of their effect."""

from collections import Counter
from collections.abc import Iterable, Sequence

from records.by_sets import insert_rows
from records.intake import Act, Remark, Verdict
from sync.imports.drafts import ReadRow
from sync.models import ImportRow, ImportRun

WRITES = (Act.CREATE, Act.CHANGE)


def keep(run: ImportRun, chunk: Sequence[ReadRow], verdicts: Sequence[Verdict], *, only_concerns: bool = False) -> None:
    """The rows worth a line: what was written, to be taken back; what was refused or remarked upon, to be read."""
    lines = [line_of(run, row, verdict) for row, verdict in zip(chunk, verdicts, strict=True)]
    worth = [line for line in lines if line.concern or (line.act in WRITES and not only_concerns)]
    insert_rows(ImportRow, worth)
    count(run, Counter({"rows": len(lines)}) + tally(lines))


def line_of(run: ImportRun, row: ReadRow, verdict: Verdict) -> ImportRow:
    return ImportRow(
        run=run,
        round=run.round,
        number=verdict.number,
        act=verdict.act,
        concern=concern_of(verdict),
        object_id=None if verdict.is_refused else verdict.pk,
        beside=[[label, str(pk)] for label, pk in verdict.beside],
        told=[*map(said, verdict.problems), *map(said, verdict.remarks)],
        label=row.label if verdict.problems or verdict.remarks else "",
    )


def concern_of(verdict: Verdict) -> int:
    if verdict.is_refused:
        return ImportRow.REFUSED
    return ImportRow.REMARKED if verdict.remarks or verdict.problems else ImportRow.NO_CONCERN


def said(remark: Remark) -> list[str]:
    return [remark.column, str(remark.sentence)]


def tally(lines: Iterable[ImportRow]) -> Counter[str]:
    """How many of each act, and how many stand but with a word to them."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line.act] += 1
        counts["remarked"] += line.concern == ImportRow.REMARKED
    return counts


def count(run: ImportRun, more: Counter[str], less: Counter[str] | None = None) -> None:
    """Kept in memory only; the caller writes it down with how far it is."""
    counts = Counter(run.counts)
    counts.update(more)
    counts.subtract(less or Counter())
    run.counts = {name: number for name, number in counts.items() if number}


def standing(run: ImportRun, chunk: Sequence[ReadRow]) -> list[ReadRow]:
    """The chunk's rows that were not refused."""
    refused = set(between(run, chunk).refused().values_list("number", flat=True))
    return [row for row in chunk if row.number not in refused]


def between(run: ImportRun, chunk: Sequence[ReadRow]):
    return ImportRow.objects.of(run).filter(number__range=(chunk[0].number, chunk[-1].number))


def amend(run: ImportRun, chunk: Sequence[ReadRow], verdicts: Sequence[Verdict]) -> None:
    """What tying adds: a row that had said nothing new has changed somebody after all, or a tie could not be made.

    The row itself stands in any case, so whatever is wrong with its tie is a remark.
    """
    worth = {verdict.number: verdict for verdict in verdicts if verdict.act != Act.NOTHING or verdict.remarks}
    if not worth:
        return
    rows = {row.number: row for row in chunk}
    lines = {line.number: line for line in between(run, chunk).filter(number__in=worth)}
    less = tally(lines.values())
    new = []
    for number, verdict in worth.items():
        if number in lines:
            add_to(lines[number], rows[number], verdict)
        else:
            verdict.act = Act.NOTHING if verdict.is_refused else verdict.act
            lines[number] = line_of(run, rows[number], verdict)
            new.append(lines[number])
            less["nothing"] += 1
    changed = [line for line in lines.values() if line.pk]
    ImportRow.objects.bulk_update(changed, ["act", "concern", "object_id", "beside", "told", "label"], batch_size=200)
    insert_rows(ImportRow, new)
    count(run, tally(lines.values()), less)


def add_to(line: ImportRow, row: ReadRow, verdict: Verdict) -> None:
    told = [*map(said, verdict.problems), *map(said, verdict.remarks)]
    if line.act == Act.NOTHING and verdict.act == Act.CHANGE:
        line.act, line.object_id = Act.CHANGE, verdict.pk
    line.beside += [[label, str(pk)] for label, pk in verdict.beside]
    if told:
        line.told += told
        line.concern, line.label = ImportRow.REMARKED, row.label
