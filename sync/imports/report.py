"""What is said of an import's rows: with the headers of the file, on a page, in a terminal, or beside its cells."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sync.files.table import BadFile, Row
from sync.files.writing import csv_pieces
from sync.imports.kept_files import table_of
from sync.models import ImportRow, ImportRowQuerySet, ImportRun


def told(run: ImportRun, row: ImportRow) -> list[tuple[str, str]]:
    """At which column of the file, and what."""
    if row.fate == ImportRow.Fate.KEPT:
        return [("", _("It was changed since, or others need it now; it stays as it is."))]
    return [(heading(run, name), sentence) for name, sentence in row.told]


def heading(run: ImportRun, name: str) -> str:
    """The headers of the file that mean a column; its own name where there is none, and none where no column is at
    fault alone."""
    if not name:
        return ""
    headers = [header for header, target in zip(run.headers, run.targets, strict=False) if target == name]
    if headers:
        return " / ".join(headers)
    column = run.type.by_name.get(name)
    return str(column.label) if column else name


def in_one_line(run: ImportRun, row: ImportRow) -> str:
    """All that is said of a row."""
    return " ".join(f"{name}: {sentence}" if name else sentence for name, sentence in told(run, row))


def as_csv(run: ImportRun, rows: ImportRowQuerySet) -> Iterator[bytes]:
    """The rows to be mended and brought in again: number and reason, then the cells as the file has them."""
    return csv_pieces([_("Row"), _("Reason"), *run.headers], lines(run, rows.order_by("number")))


def lines(run: ImportRun, found: ImportRowQuerySet) -> Iterator[Sequence[Any]]:
    """Both come in the order of their numbers, so one walk over the file finds them all."""
    cells = file_rows(run)
    row = next(cells, None)
    for line in found.iterator(chunk_size=2_000):
        while row is not None and row.number < line.number:
            row = next(cells, None)
        known = row.cells if row is not None and row.number == line.number else [line.label]
        yield [line.number, in_one_line(run, line), *known]


def file_rows(run: ImportRun) -> Iterator[Row]:
    """The file as far as it can be read; none where it is no longer kept."""
    try:
        yield from table_of(run).rows()
    except (BadFile, FileNotFoundError):
        return
