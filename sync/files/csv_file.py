"""CSV: rows of text, whatever its encoding, delimiter and line ends, and whatever went wrong in some of them."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from django.utils.translation import gettext as _

from sync.files import limits
from sync.files.delimiter import DELIMITERS, guessed_delimiter, told_delimiter
from sync.files.encoding import CODECS, LONG_IN_UTF8, MARK_UNREADABLE, UNREADABLE, encoding_of, is_utf8_line
from sync.files.source import Source
from sync.files.table import BadFile, Cell, Facts, Row, Table, too_long

SNIFFED_LINES = 60


def open_csv(source: Source, *, encoding: str = "", delimiter: str = "", header_row: int = 0) -> Table:
    """A CSV file as a table; what is not given is found out."""
    encoding = encoding if encoding in CODECS else encoding_of(source)
    with source.opened() as file, text_of(file, encoding) as text:
        lines = list(islice(iter(lambda: text.readline(limits.RECORD), ""), SNIFFED_LINES))
    told = told_delimiter(lines[0]) if lines else ""
    delimiter = delimiter if delimiter in DELIMITERS else told or guessed_delimiter(lines)
    facts = Facts("csv", encoding=encoding, delimiter=delimiter)

    def read() -> Iterator[Row]:
        with source.opened() as file, text_of(file, encoding) as text:
            yield from Records(text, delimiter, encoding, skipping=bool(told))

    return Table(read, facts, header_row)


def text_of(file: object, encoding: str) -> TextIO:
    return io.TextIOWrapper(file, CODECS[encoding], MARK_UNREADABLE, newline="")  # type: ignore[type-var]


class Lines:
    """Hands out numbered lines, and takes back those of a record that came to nothing."""

    def __init__(self, text: TextIO) -> None:
        self.text = text
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0  # of the line handed out last
        self.size = self.rescanned = 0
        self.has_ended = False

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self.text.readline(limits.RECORD)
        self.has_ended = not line
        if self.has_ended:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        self.size += len(line)
        if self.size >= limits.RECORD:
            raise TooLong
        return line

    def settle(self) -> None:
        self.taken, self.size = [], 0

    def back_to_second(self) -> None:
        """The first line is lost, those behind it are read again as records of their own."""
        self.rescanned += self.size - len(self.taken[0])
        self.waiting.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        self.settle()

    def skip_rest_of_line(self) -> None:
        """Goes behind the end of a line that is longer than a record may be."""
        piece = self.taken[-1]
        while piece and not piece.endswith(("\r", "\n")):
            piece = self.text.readline(limits.RECORD)
        self.settle()


class TooLong(Exception):
    pass


class Records:
    """The rows of a CSV text; a broken one is told of, and reading goes on in the next line."""

    def __init__(self, text: TextIO, delimiter: str, encoding: str, *, skipping: bool) -> None:
        self.lines = Lines(text)
        self.delimiter, self.encoding = delimiter, encoding
        if skipping:
            next(self.lines)
            self.lines.settle()

    def __iter__(self) -> Iterator[Row]:
        while True:
            try:
                yield from self.good_rows()
            except (csv.Error, TooLong):
                yield self.broken_row()
            else:
                return

    def good_rows(self) -> Iterator[Row]:
        lines = self.lines
        first = lines.number + 1
        for cells in csv.reader(lines, delimiter=self.delimiter, strict=True):
            written = lines.taken
            problem = self.problem_of(written)
            lines.settle()
            yield Row(first, as_cells(cells), problem)
            first = lines.number + 1

    def broken_row(self) -> Row:
        """The row at which the record began, with the reason why it is none."""
        lines = self.lines
        first = lines.number - len(lines.taken) + 1
        if len(lines.taken) > 1 or lines.has_ended:
            lines.back_to_second()
            if lines.rescanned > limits.RESCANNED:
                raise BadFile(
                    _("From row %(row)d on, quotation marks are never closed. Save the file anew from a spreadsheet.")
                    % {"row": first}
                )
            problem = _("A quotation mark that opens in this row is never closed properly.")
        elif lines.size >= limits.RECORD:
            lines.skip_rest_of_line()
            problem = too_long()
        else:
            problem = quoting_problem(lines.taken[0])
            lines.settle()
        return Row(first, [], problem)

    def problem_of(self, written: list[str]) -> str:
        for line in written:
            if line.isascii():
                continue
            if UNREADABLE in line:
                return _("This row contains bytes that are not %(encoding)s.") % {"encoding": self.encoding}
            if self.encoding == "GB18030" and is_utf8_among_others(line.encode("gb18030")):
                return _("This row is written in UTF-8, the others in GB18030. Save the file anew as “CSV UTF-8”.")
        return ""


def is_utf8_among_others(line: bytes) -> bool:
    return bool(LONG_IN_UTF8.search(line)) and is_utf8_line(line)


def quoting_problem(line: str) -> str:
    if len(line) > limits.CELL:
        return _("A cell of this row is longer than %(limit)d characters.") % {"limit": limits.CELL}
    return _("A quotation mark stands inside a quoted cell. Double it there, or delete it.")


def as_cells(cells: list[str]) -> list[Cell]:
    return [cell or None for cell in cells]
