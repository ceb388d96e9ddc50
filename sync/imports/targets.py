"""The columns of a type of record as a file is matched with them, and how each reads a cell."""

from collections.abc import Callable
from functools import partial
from typing import Any

from records.record_types import Column, Kind, RecordType
from sync.files.dates import read_date, read_moment
from sync.files.values import in_every_language, read_bool, read_choice, read_list, read_number, read_text
from sync.imports.mapping import Target

Reader = Callable[[Any], Any]


def targets_of(record_type: RecordType) -> list[Target]:
    """What a file's columns can mean."""
    return [Target(column.name, column.names(), column.is_several, column.doubted) for column in record_type.read]


def reader_of(column: Column, day_order: str = "") -> Reader:
    """How a cell of this column is read; `BadCell` says what is wrong with it."""
    if column.kind is Kind.CHOICE:
        return partial(read_choice, choices=in_every_language(column.choices.choices))
    if column.kind in (Kind.DAY, Kind.MOMENT):
        return partial(read_date if column.kind is Kind.DAY else read_moment, order=day_order)
    return READERS[column.kind]


READERS: dict[Kind, Reader] = {
    Kind.TEXT: read_text,
    Kind.RECORD: read_text,
    Kind.LIST: read_list,
    Kind.NUMBER: read_number,
    Kind.FLAG: read_bool,
}
