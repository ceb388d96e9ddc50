"""A row becomes a draft cell by cell; a bad cell is named with its reason, and the others are read all the same."""

from datetime import date

from django.db import models

from records.record_types import Column, Kind, RecordType
from sync.files.table import Row
from sync.imports.drafts import DraftReader
from sync.imports.mapping import IGNORED, NOTE
from tests.shelf.models import Book


class Size(models.TextChoices):
    SMALL = "s", "Small"
    LARGE = "l", "Large"


BOOKS = RecordType(
    name="books",
    label="Books",
    model=Book,
    columns=(
        Column("title", "Title"),
        Column("read_on", "Read on", Kind.DAY),
        Column("size", "Size", Kind.CHOICE, choices=Size),
        Column("lent", "Lent", Kind.FLAG),
        Column("pages", "Pages", Kind.NUMBER),
        Column("shops", "Shops", is_several=True),
        Column("tags", "Tags", Kind.LIST),
    ),
)
HEADERS = ["T", "D", "S", "L", "P", "Shop 1", "Shop 2", "Tags", "Odd", "Even"]
TARGETS = ["title", "read_on", "size", "lent", "pages", "shops", "shops", "tags", NOTE, IGNORED]


def read(*cells, problem=""):
    return DraftReader(BOOKS, HEADERS, TARGETS).read(Row(7, list(cells), problem))


def test_each_cell_is_read_as_its_column_asks():
    row = read("Shape up", "2026-03-04", "LARGE", "no", "0", "A", "B", "x; y", "red", "blue")

    assert not row.problems
    assert row.draft.number == 7
    assert row.draft.values == {
        "title": "Shape up", "read_on": date(2026, 3, 4), "size": "l", "lent": False, "pages": 0,
        "shops": ["A", "B"], "tags": ["x", "y"],
    }  # fmt: skip
    assert row.draft.note == "Odd: red"


def test_an_empty_cell_says_nothing():
    row = read(None, " ", "", None, None, "A", None, None, None, None)

    assert not row.problems
    assert set(map(repr, row.draft.values.values())) == {"None", "['A']"}
    assert row.draft.note == ""


def test_every_bad_cell_is_named():
    row = read("Shape up", "30.02.2026", "huge", "perhaps", "many", *[None] * 5)

    assert [problem.column for problem in row.problems] == ["read_on", "size", "lent", "pages"]
    assert row.refusal.is_refused
    assert "“30.02.2026” is no day of the calendar." in [problem.sentence for problem in row.refusal.problems]


def test_a_row_that_could_not_be_read_is_refused_with_the_reason():
    row = DraftReader(BOOKS, HEADERS, TARGETS).read(Row(9, [], "A quotation mark is never closed."))

    assert [(problem.column, problem.sentence) for problem in row.refusal.problems] == [
        ("", "A quotation mark is never closed.")
    ]


def test_a_row_is_known_by_its_first_cells_as_any_database_can_hold_them():
    assert read(None, "Shape\nup", 3, "a\0b\udcffc", "x", *[None] * 5).label == "Shape up · 3 · abc"
