"""Rows of a table becoming drafts: each cell read as its column asks, bad ones with the reason."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from records.intake import Draft, Remark, Verdict
from records.record_types import Column, RecordType
from sync.files.table import Row
from sync.files.values import BadCell, read_text
from sync.imports.mapping import NOTE
from sync.imports.targets import Reader, reader_of

LABEL_CELLS, LABEL_LENGTH = 3, 120


class ReadRow(NamedTuple):
    """A row of the file, the draft it makes, and what is wrong with its cells."""

    row: Row
    draft: Draft
    problems: list[Remark]

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def refusal(self) -> Verdict:
        verdict = Verdict(self.number)
        for problem in self.problems:
            verdict.refuse(problem.sentence, problem.column)
        return verdict

    @property
    def label(self) -> str:
        """Its first filled cells, so that a person knows which row it is."""
        texts = (clean(str(cell)) for cell in self.row.cells if cell is not None)
        filled = islice((text for text in texts if text), LABEL_CELLS)
        return " · ".join(filled)[:LABEL_LENGTH]


class DraftReader:
    """Reads rows as one mapping asks: beside each header stands a column's name, NOTE, or nothing."""

    def __init__(
        self, record_type: RecordType, headers: Sequence[str], targets: Sequence[str], day_order: str = ""
    ) -> None:
        self.headers = headers
        self.columns: list[tuple[int, Column, Reader]] = [
            (place, column, reader_of(column, day_order))
            for place, target in enumerate(targets)
            if (column := record_type.by_name.get(target))
        ]
        self.noted = [place for place, target in enumerate(targets) if target == NOTE]

    def read(self, row: Row) -> ReadRow:
        """The row as a draft; what is wrong with its cells, and with the row as the file holds it."""
        problems = [Remark(row.problem)] if row.problem else []
        values: dict[str, Any] = {}
        several: defaultdict[str, list[Any]] = defaultdict(list)
        for place, column, read in self.columns if row.cells else ():
            try:
                value = read(row.cells[place])
            except BadCell as bad:
                problems.append(Remark(bad.sentence, column.name))
                continue
            if column.is_several:
                several[column.name] += [value] if value else []
            else:
                values[column.name] = value if value or value in (0, False) else None
        return ReadRow(row, Draft(row.number, values | several, self.note_of(row)), problems)

    def note_of(self, row: Row) -> str:
        """What the columns said that nothing here is meant for."""
        lines = ((self.headers[place], text_of(row.cells[place])) for place in self.noted if row.cells)
        return "\n".join(f"{header}: {text}" for header, text in lines if text)


def text_of(cell: Any) -> str:
    try:
        return read_text(cell)
    except BadCell:
        return str(cell)


def clean(text: str) -> str:
    """A text on one line, without what no database holds: a NUL, or half of a surrogate pair."""
    return " ".join(text.replace("\0", "").encode(errors="ignore").decode().split())
