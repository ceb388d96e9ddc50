"""What an app says about a type of record, once: its columns. Lists show them, files carry them, imports read them.

Each app names its types in `record_types.py`; the packages above it gather and run them, and know none by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

Row = Mapping[str, Any]
Text = str | Promise


# What a file of this product calls the key of a record, in each of its languages.
OWN_KEY = ("Two Eyes ID", "Two Eyes 编号")


class Kind(StrEnum):
    """What a cell holds; it decides how a file's cell is read and how a page shows it."""

    TEXT = "text"
    LIST = "list"  # several short texts in one cell
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    RECORD = "record"  # another record, in a file by its name or its key elsewhere


@dataclass(frozen=True)
class Column:
    """One fact about a record. `headers` are what other programs' files call it; its own label is known in every
    language. `needs` names what `values()` fetches for it, `told` turns that into what a cell shows."""

    name: str
    label: Text
    kind: Kind = Kind.TEXT
    headers: tuple[str, ...] = ()
    # Headings that mean it only where no surer one stands beside: “Title” is a job, but beside “Job Title” it is “Dr.”.
    doubted: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    told: Callable[[Row], Any] | None = None
    choices: type[models.TextChoices] | None = None
    order: tuple[str, ...] = ()
    is_read: bool = True
    is_shown: bool = True
    is_required: bool = False
    # A file may have it several times: three phones in three columns.
    is_several: bool = False

    @property
    def fetched(self) -> tuple[str, ...]:
        return self.needs or (self.name,)

    def tell(self, row: Row) -> Any:
        """What a cell shows, in a page or a file: text, a number, a day, a flag, or a list of texts."""
        return self.told(row) if self.told else row[self.fetched[0]]

    def names(self) -> tuple[str, ...]:
        """Every heading a file may give it: its own in each language, then the others'."""
        own = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                own.append(str(self.label))
        return tuple(dict.fromkeys([self.name, *own, *self.headers]))


@dataclass(frozen=True)
class Option:
    """What an import asks about the whole file: one of its choices, the first unless said otherwise; without choices
    a record of `model`, or nothing."""

    name: str
    label: Text
    choices: tuple[tuple[str, Text], ...] = ()
    model: type[models.Model] | None = None


@dataclass(frozen=True)
class RecordType:
    """A type of record as the packages above see it; `name` stands in addresses, saved views and mappings."""

    name: str
    label: Text
    model: type[models.Model]
    columns: tuple[Column, ...]
    options: tuple[Option, ...] = ()

    def column(self, name: str) -> Column:
        """The column of this name; KeyError for another."""
        return self.by_name[name]

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def read(self) -> tuple[Column, ...]:
        """What a file can bring."""
        return tuple(column for column in self.columns if column.is_read)

    @property
    def shown(self) -> tuple[Column, ...]:
        """What a list can show and a file can carry away."""
        return tuple(column for column in self.columns if column.is_shown)
