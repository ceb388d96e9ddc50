"""What every file becomes: headers and rows of cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from pages.cells import restored
from sync.files import limits
from sync.files.headers import columns_named, looks_like_values

Cell = str | int | float | bool | date | datetime | None


class BadFile(ValueError):
    """A file that cannot be read on; its one argument is a sentence, in the reader's language, that says what to do."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])


class Row(NamedTuple):
    """A row under its number as a person finds it: the spreadsheet's, or the line on which a CSV record begins."""

    number: int
    cells: list[Cell]  # an empty cell is None
    problem: str = ""  # a sentence; what could be read still stands in `cells`


@dataclass(frozen=True)
class Sheet:
    name: str
    hidden: bool = False


@dataclass(frozen=True)
class Facts:
    """How the file was understood, for the person who may know better."""

    format: str  # csv, xlsx or vcard
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[Sheet, ...] = ()
    header_row: int = 0
    remarks: tuple[str, ...] = ()


class Table:
    """Headers and rows; `rows()` reads the file anew each time, in bounded memory, and may still raise `BadFile`."""

    def __init__(self, read: Callable[[], Iterator[Row]], facts: Facts, header_row: int = 0) -> None:
        self.read = read
        found = next((row for row in islice(read(), limits.ROWS) if row.number >= header_row and is_filled(row)), None)
        if found is None:
            raise BadFile(_("There is nothing in this file. Choose one with a row of headers and rows below it."))
        names = [as_name(cell) for cell in without_empty_end(found.cells)]
        if len(names) > limits.COLUMNS:
            raise BadFile(too_many_columns(len(names)))
        if found.problem:
            raise BadFile(_("Row %(row)d: %(problem)s") % {"row": found.number, "problem": found.problem})
        self.headers, remarks = columns_named(names)
        if looks_like_values(found.cells):
            remarks.append(
                _("Row %(row)d is read as the headers but looks like values. Put a row with headers above it.")
                % {"row": found.number}
            )
        self.facts = replace(facts, header_row=found.number, remarks=(*facts.remarks, *remarks))

    def rows(self) -> Iterator[Row]:
        """What stands below the headers, without empty rows."""
        filled = 0
        for count, row in enumerate(self.read()):
            counts = row.number > self.facts.header_row and is_filled(row)
            filled += counts
            if filled > limits.ROWS or count > limits.ROWS_WITH_EMPTY:
                raise BadFile(
                    _("This file has more than %(limit)d rows. Divide it into several files.") % {"limit": limits.ROWS}
                )
            if counts:
                yield self.fitted(row)

    def fitted(self, row: Row) -> Row:
        """As many cells as headers, defused ones restored; what does not fit is a problem."""
        width = len(self.headers)
        cells = [restored_cell(cell) for cell in row.cells[:width]]
        cells += [None] * (width - len(cells))
        problem = row.problem
        if not problem and any(not is_empty(cell) for cell in row.cells[width:]):
            problem = _("This row has more cells (%(cells)d) than there are headers (%(headers)d).") % {
                "cells": len(without_empty_end(row.cells)),
                "headers": width,
            }
        return Row(row.number, cells, problem or problem_of_cells(self.headers, cells))


def too_many_columns(columns: int) -> str:
    return _("There are %(columns)d columns; up to %(limit)d can be read. Delete those you do not need.") % {
        "columns": columns,
        "limit": limits.COLUMNS,
    }


def too_long() -> str:
    return _("This row is longer than %(limit)d characters.") % {"limit": limits.RECORD}


def restored_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return str(restored(cell)) or None
    return cell


def problem_of_cells(headers: list[str], cells: list[Cell]) -> str:
    """What is wrong with a cell whatever it is for."""
    for header, cell in zip(headers, cells, strict=True):
        if not isinstance(cell, str):
            continue
        if "\0" in cell:
            return _("“%(header)s” contains an invisible NUL character. Delete the cell and type it again.") % {
                "header": header
            }
        if len(cell) > limits.CELL:
            return _("“%(header)s” is longer than %(limit)d characters.") % {"header": header, "limit": limits.CELL}
    return ""


def is_filled(row: Row) -> bool:
    return bool(row.problem) or not all(map(is_empty, row.cells))


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def without_empty_end(cells: list[Cell]) -> list[Cell]:
    end = len(cells)
    while end and is_empty(cells[end - 1]):
        end -= 1
    return cells[:end]


def as_name(cell: Cell) -> str:
    """A header as text, on one line."""
    return "" if cell is None else " ".join(str(restored(cell)).split())
