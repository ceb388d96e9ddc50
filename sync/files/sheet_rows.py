"""The rows of one sheet, as they come along; what the sheet claims about its size is not believed."""

import math
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import IO

from django.utils.translation import gettext as _

from sync.files import limits
from sync.files.dates import LAST_SERIAL, of_serial
from sync.files.headers import letters
from sync.files.shared_strings import SharedStrings
from sync.files.table import Cell, Row, too_long, too_many_columns
from sync.files.workbook import CLOCK, DAY, Workbook
from sync.files.xml_stream import Attributes, fed, local
from sync.files.zip_guard import damaged

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # signs that XML cannot hold
DAYS_TO_1904 = 1462
EXACT = 10**15
NOTHING = "#N/A"  # what a look-up leaves that found nothing


def sheet_rows(part: IO[bytes], strings: SharedStrings, workbook: Workbook) -> Iterator[Row]:
    handler = SheetHandler(strings, workbook)
    for _pause in fed(part, handler):
        yield from handler.ready
        handler.ready.clear()


class SheetHandler:
    """Puts cells together from tags and text."""

    def __init__(self, strings: SharedStrings, workbook: Workbook) -> None:
        self.strings, self.kinds = strings, workbook.kinds
        self.shift = DAYS_TO_1904 if workbook.counts_from_1904 else 0
        self.ready: list[Row] = []
        self.depth, self.number = 0, -1
        self.listens = self.is_hint = False
        self.begin_row({})
        self.begin_cell({})

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if name in ("v", "t"):
            self.listens = not self.is_hint
        elif name == "c":
            self.begin_cell(attributes)
        elif name == "row":
            self.begin_row(attributes)
        elif name == "rPh":
            self.is_hint = True
        elif self.depth > limits.XML_DEPTH:
            raise damaged()
        elif ":" in name:
            self.depth -= 1
            self.start(local(name), attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        if name in ("v", "t"):
            self.listens = False
        elif name == "c":
            self.end_cell()
        elif name == "row":
            self.ready.append(Row(self.number, self.cells, self.problem))
        elif name == "rPh":
            self.is_hint = False
        elif ":" in name:
            self.depth += 1
            self.end(local(name))

    def text(self, piece: str) -> None:
        if self.listens and self.size <= limits.CELL:
            self.written += piece
            self.size += len(piece)

    def begin_row(self, attributes: Attributes) -> None:
        before, self.number = self.number, int(attributes.get("r", self.number + 1))
        if not before < self.number <= limits.LAST_ROW:
            raise damaged()
        self.cells: list[Cell] = []
        self.column, self.length = -1, 0
        self.problem = ""

    def begin_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self.column = column_of(place.rstrip("0123456789")) if place else self.column + 1
        self.type = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.written, self.size = "", 0
        self.listens = self.is_hint = False

    def end_cell(self) -> None:
        if not self.written or self.length > limits.RECORD:
            return
        value = self.value()
        if value is None or value == "":
            return
        if self.column >= limits.COLUMNS:
            self.problem = too_many_columns(self.column + 1)
            return
        self.length += self.size if self.type != "s" else len(str(value))
        if self.length > limits.RECORD:
            self.problem = too_long()
            return
        gap = self.column - len(self.cells)
        if gap > 0:
            self.cells += [None] * gap
        if gap < 0:
            self.cells[self.column] = value
        else:
            self.cells.append(value)

    def value(self) -> Cell:
        if self.type == "s":
            return self.shared()
        if self.type == "n":
            return self.number_or_day()
        if self.type == "b":
            return self.written.strip() in ("1", "true")
        if self.type == "e":
            self.report_error()
            return None
        return day_written(self.written) if self.type == "d" else unescaped(self.written)

    def shared(self) -> str:
        return unescaped(self.strings[int(self.written)])

    def number_or_day(self) -> Cell:
        number = number_of(self.written)
        if not self.style or isinstance(number, str):
            return number
        style = int(self.style)
        kind = self.kinds[style] if style < len(self.kinds) else 0
        if kind == CLOCK and 0 <= number < 1:
            return clock_of(number)
        if kind in (DAY, CLOCK) and 0 < number + self.shift <= LAST_SERIAL:
            return of_serial(number + self.shift)
        return number

    def report_error(self) -> None:
        """An error is no value; all but “not available” are told of."""
        if self.written != NOTHING and not self.problem:
            self.problem = _("Cell %(cell)s contains the error %(error)s.") % {
                "cell": f"{letters(self.column)}{self.number}",
                "error": self.written[:20],
            }


@lru_cache(20_000)
def column_of(name: str) -> int:
    """The place of a column by its letters: A → 0, XFD → 16383."""
    place = 0
    for letter in name[:4]:
        place = place * 26 + ord(letter) - ord("A") + 1
    if not name.isascii() or not name.isalpha() or place > 16_384:
        raise damaged()
    return place - 1


def number_of(written: str) -> int | float | str:
    """A whole number as one, however it was stored; text where no number stands."""
    if written.isdecimal() and len(written) < 16:
        return int(written)
    try:
        number = float(written)
    except ValueError:
        return written
    if not math.isfinite(number):
        return written
    return int(number) if number == int(number) and abs(number) < EXACT else number


def clock_of(number: float) -> str:
    """The time of day that a fraction of a day is."""
    minutes, seconds = divmod(round(number * 86_400) % 86_400, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{clock}:{seconds:02}" if seconds else clock


def day_written(text: str) -> date | datetime | str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if "T" in text else moment.date()


def unescaped(text: str) -> str:
    return signs_restored(text) if "_x" in text else text


@lru_cache(64)  # a long text that many cells share is worked on once
def signs_restored(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
