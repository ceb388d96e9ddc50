"""A file arrives: it is kept, opened, and its columns are guessed, or taken over from the last file of its kind."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sync.files.dates import usual_order
from sync.files.table import Table
from sync.imports import kept_files
from sync.imports.drafts import clean
from sync.imports.mapping import as_text, guessed
from sync.imports.programs import source_of
from sync.imports.targets import targets_of
from sync.models import ImportMapping, ImportRun
from users.models import User

LOOKED_AT = 200  # rows a guess is made from
SHOWN, SHOWN_LENGTH = 3, 60  # cells beside a header, and signs of each


def receive(pieces: Iterable[bytes], name: str, record_type: str, *, by: User) -> ImportRun:
    """A new import of this file; `BadFile` when it cannot be read, and then nothing of it stays."""
    run = ImportRun(author=by, record_type=record_type, file_name=clean(name)[-200:])
    run.size, run.digest = kept_files.keep(run.pk, pieces)
    try:
        for field, value in understood(run).items():
            setattr(run, field, value)
        return run.keep(by=by)
    except BaseException:
        kept_files.forget(run.pk)
        raise


def read_anew(run: ImportRun, reading: Mapping[str, Any]) -> None:
    """The same file read as its author says."""
    run.reading = dict(reading)
    run.read_anew(**understood(run))


def understood(run: ImportRun) -> dict[str, Any]:
    """Headers, some cells of each column, what each is taken to mean, and where the file seems to come from."""
    table = kept_files.table_of(run)
    rows = list(islice(table.rows(), LOOKED_AT))
    columns = [[row.cells[place] for row in rows if row.cells] for place in range(len(table.headers))]
    known = ImportMapping.recall(run.record_type, table.headers)
    guess = guessed(table.headers, dict(enumerate(columns)), targets_of(run.type))
    return {
        "headers": list(map(clean, table.headers)),
        "facts": facts_of(table),
        "samples": [samples_of(cells) for cells in columns],
        "targets": known.for_headers(table.headers) if known else guess,
        "source": known.source if known else source_of(table.headers, table.facts.format),
        "reading": {"day_order": usual_order(cell for cells in columns for cell in cells)} | run.reading,
    }


def facts_of(table: Table) -> dict[str, Any]:
    """What its author may know better."""
    facts = table.facts
    sheets = [sheet.name for sheet in facts.sheets if not sheet.hidden]
    told = {"format": facts.format, "encoding": facts.encoding, "delimiter": facts.delimiter, "sheet": facts.sheet}
    return told | {"sheets": sheets, "header_row": facts.header_row, "remarks": list(facts.remarks)}


def samples_of(cells: Iterable[Any]) -> list[str]:
    """The first cells of a column that differ, short."""
    texts = (clean(as_text(cell))[:SHOWN_LENGTH] for cell in cells)
    return list(islice(dict.fromkeys(filter(None, texts)), SHOWN))
