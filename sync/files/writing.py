"""Tables out, as CSV and as XLSX: row by row, in bounded memory, with no cell that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pages.cells import defused

MARK = "\ufeff"  # without it Excel takes UTF-8 for the encoding of its own country
TOGETHER = 500  # rows of CSV in one piece
KEPT_IN_MEMORY = 2 * 1024 * 1024
LONGEST_CELL, LONGEST_SHEET_NAME = 32_767, 31
WIDTHS = (8, 40)
MEASURED = 50  # rows that tell how wide a column is
EXACT = 10**15
NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NO_SIGN = re.compile("[\ud800-\udfff]")  # halves of signs, which no encoding holds


def csv_pieces(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """CSV as Excel expects it: a mark at the beginning, commas, days as 2026-02-28."""
    echo = Echo()
    writer = csv.writer(echo)
    writer.writerow([as_text(header) for header in headers])
    yield (MARK + "".join(echo.taken())).encode()
    remaining = iter(rows)
    while some := list(islice(remaining, TOGETHER)):
        writer.writerows([as_text(cell) for cell in row] for row in some)
        yield "".join(echo.taken()).encode()


class Echo:
    """What a CSV writer writes to."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line)

    def taken(self) -> list[str]:
        lines, self.lines = self.lines, []
        return lines


def as_text(cell: object) -> object:
    """A cell of CSV: defused, moments to the second in their own zone, numbers as they are."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return clean(defused(cell)) if isinstance(cell, str) else cell


def clean(cell: object) -> str:
    return NO_SIGN.sub("\ufffd", str(cell))


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[object]], name: str = "") -> IO[bytes]:
    """An XLSX file at its beginning, on disk when it is large; the caller closes it."""
    file: IO[bytes] = SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "tmpdir": gettempdir(), "default_date_format": "yyyy-mm-dd"}
    )
    sheet = book.add_worksheet(sheet_name(name))
    remaining = iter(rows)
    first = list(islice(remaining, MEASURED))
    for column, width in enumerate(widths(headers, first)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, header in enumerate(headers):
        sheet.write_string(0, column, sheet_text(header), bold)
    last = write_rows(sheet, [*first], remaining, book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}))
    if headers:
        sheet.autofilter(0, 0, last, len(headers) - 1)
    book.close()
    file.seek(0)
    return file


def write_rows(sheet: Worksheet, first: list[Sequence[object]], more: Iterator[Sequence[object]], clock: object) -> int:
    """Writes below the header; the number of the last row."""
    number = 0
    for some in (first, more):
        for row in some:
            number += 1
            for column, cell in enumerate(row):
                write_cell(sheet, number, column, cell, clock)
    return number


def write_cell(sheet: Worksheet, row: int, column: int, cell: object, clock: object) -> None:
    """Text stays text, also where it looks like a number or a link; what a spreadsheet cannot count is text, too."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, datetime) and cell.year >= 1900:
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), clock)
    elif isinstance(cell, date) and cell.year >= 1900:
        sheet.write_datetime(row, column, cell)
    elif isinstance(cell, int | float) and abs(cell) < EXACT:
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, sheet_text(cell))


def sheet_text(cell: object) -> str:
    return clean(defused(str(cell)))[:LONGEST_CELL]


def widths(headers: Sequence[str], rows: list[Sequence[object]]) -> list[int]:
    """How wide each column should be: its header and its first cells, a Chinese sign twice as wide as a letter."""
    columns = [[header] for header in headers]
    for row in rows:
        for column, cell in zip(columns, row, strict=False):
            column.append(str(cell or ""))
    narrowest, widest = WIDTHS
    return [min(max(narrowest, *map(width_of, column)) + 2, widest) for column in columns]


def width_of(text: str) -> int:
    return len(text[:100]) + sum(sign > "\u2e7f" for sign in text[:100])


def sheet_name(name: str) -> str:
    """A name that spreadsheets accept."""
    return NOT_IN_A_SHEET_NAME.sub(" ", clean(name)).strip(" '")[:LONGEST_SHEET_NAME].strip(" '") or "1"
