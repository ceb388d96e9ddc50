"""What goes out comes back, and no spreadsheet runs it."""

import io
from datetime import date, datetime, timedelta, timezone

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.files.opening import open_table
from sync.files.writing import csv_pieces, sheet_name, write_xlsx
from tests.examples import tried

HEADERS = ["姓名", "phone", "=1+1"]
MOMENTS = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)).map(lambda moment: moment.replace(microsecond=0))
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(-9e14, 9e14).map(lambda number: float(f"{number:.15g}"))
ANY_CELL = st.none() | st.text() | st.booleans() | NUMBERS | st.dates(date(1900, 3, 1)) | MOMENTS


def written(rows, name="People"):
    with write_xlsx(HEADERS, rows, name) as file:
        return io.BytesIO(file.read())


def expected(cell):
    """A moment at midnight is a day to a spreadsheet, a number without fraction a whole one."""
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date()
    return None if cell == "" else cell


@tried(300)
@given(st.lists(st.tuples(ANY_CELL, ANY_CELL, st.just("x")), max_size=5))
def test_a_workbook_comes_back_as_it_was(rows):
    table = open_table(written(rows), "people.xlsx")

    assert table.headers == HEADERS
    assert [[*map(type, row.cells)] for row in table.rows()] == [
        [type(whole(expected(cell))) for cell in row] for row in rows
    ]
    assert [row.cells for row in table.rows()] == [[expected(cell) for cell in row] for row in rows]


def whole(cell):
    return int(cell) if isinstance(cell, float) and cell == int(cell) else cell


def test_text_stays_text_and_days_are_days():
    rows = [["王伟", "13800138000", "=2+2"], [date(2026, 2, 3), "https://acme.example", " @x"]]

    sheet = openpyxl.load_workbook(written(rows)).active

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "phone", "'=1+1"],
        ["王伟", "13800138000", "'=2+2"],
        [datetime(2026, 2, 3), "https://acme.example", "' @x"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "d"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert sheet["A3"].number_format == "yyyy-mm-dd"


def test_the_header_stays_in_sight_and_filters():
    sheet = openpyxl.load_workbook(written([["x" * 200, "1", "2"]])).active

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C2")
    assert [int(sheet.column_dimensions[letter].width) for letter in "AB"] == [40, 10]


def test_what_a_spreadsheet_cannot_count_is_text():
    moment = datetime(2026, 2, 3, 9, 30, tzinfo=timezone(timedelta(hours=8)))

    (row,) = open_table(written([[date(1850, 1, 1), 10**18, moment]]), "").rows()

    assert row.cells == ["1850-01-01", "1000000000000000000", datetime(2026, 2, 3, 9, 30)]


@pytest.mark.parametrize(
    ("name", "shown"), [("People", "People"), ("a/b[c]:*?\\", "a b c"), ("'", "1"), ("", "1"), ("客" * 40, "客" * 31)]
)
def test_a_sheet_has_a_name_that_spreadsheets_accept(name, shown):
    assert sheet_name(name) == shown
    assert open_table(written([["1", "2", "3"]], name), "").facts.sheet == shown


def test_csv_begins_with_a_mark_and_writes_days_for_machines():
    content = b"".join(
        csv_pieces(["a", "b", "c"], [[date(2026, 2, 3), 1.5, True], [datetime(2026, 2, 3, 9, 30), "+86", None]])
    )

    assert content.decode() == "\ufeffa,b,c\r\n2026-02-03,1.5,True\r\n2026-02-03 09:30:00,'+86,\r\n"


def test_rows_are_asked_for_as_they_are_sent():
    asked = []

    pieces = csv_pieces(["a"], ([asked.append(number)] for number in range(2_000)))

    assert (next(pieces), len(asked)) == (b"\xef\xbb\xbfa\r\n", 0)
    next(pieces)
    assert len(asked) == 500
