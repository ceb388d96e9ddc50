"""A list of one type of record: whom it shows, by which filters, in which columns and orders, and how a row is told.

Each app declares its lists in `lists.py` beside `record_types.py`; pages, saved views, files and bulk edits read the
same declaration. Rows are plain dicts of what the chosen columns need.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from pages.filters import Asker, ListFilters
from pages.keyset import Page, keyset
from records.deeds import Deed
from records.record_types import Column, RecordType

Told = dict[str, Any]
Draw = Callable[[Told], str]
LookUp = Callable[[list[Told], Any], None]
SIZE = 50


def as_they_are(rows: list[Told], user: Any) -> list[Told]:
    """For a list whose rows need nothing beyond their own columns."""
    return rows


@dataclass(frozen=True)
class Filing:
    """What a file tells beside a page, or otherwise, so that it finds the records when it comes in again.

    `names` are those columns; `cells`, given the reader and the columns asked for, is what tells them for some rows.
    `everywhere` are those told so in a file of the shown columns, too. `only` are the records that a file can bring.
    """

    names: tuple[str, ...]
    cells: Callable[[Any, Collection[str]], Callable[[list[Told]], list[dict[str, Any]]]]
    everywhere: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)


@dataclass(frozen=True)
class Listing:
    """What an app says once of a list of its records."""

    type: RecordType
    page: str  # the name of its route
    filters: type[ListFilters]
    rows: Callable[[Any], QuerySet]  # those in a reader's sight, with what they may be ordered by
    standard: tuple[str, ...]  # the columns where nobody chose others
    order: str  # the column it is ordered by, and `-name` the other way round
    head: str  # the column that names the record
    complete: Callable[[list[Told], Any], list[Told]] = as_they_are
    always: tuple[str, ...] = ("id",)  # what every row fetches
    added: tuple[str, ...] = ()  # what `complete` brings
    # What is asked for the rows of a page alone, where a column needs it: by its name, what sets it on them.
    looked_up: Mapping[str, LookUp] = field(default_factory=dict)
    draws: Mapping[str, Draw] = field(default_factory=dict)
    beside: tuple[Column, ...] = ()  # columns that the type itself cannot know of
    # Orders that need rows of their own: by the order's name, the rows with its keys.
    ordered: Mapping[str, Callable[[QuerySet, Any], QuerySet]] = field(default_factory=dict)
    on_screen: tuple[str, ...] = ()  # columns that no file carries
    files: Filing | None = None  # how a file tells of its records; none where no file brings them
    deeds: tuple[Deed, ...] = ()  # what can be done to its records
    called: Callable[[Any], str] = str  # what tells a record from others, where it stands without its row
    label_needs: tuple[str, ...] = ()  # relations that this reads
    edit: str = ""  # the route of a record's own form
    empty: str = "lists/_empty.html"  # what stands in place of no rows
    tail: str = "lists/_tail.html"  # what follows the table, such as figures from the package above

    @property
    def name(self) -> str:
        return self.type.name

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column that can be shown."""
        return {column.name: column for column in (*self.type.shown, *self.beside)}

    @property
    def edited(self) -> dict[str, Deed]:
        """By column, what is edited in place."""
        return {deed.column: deed for deed in self.deeds if deed.column}

    def ordered_by(self, sort: str) -> tuple[str, ...]:
        """The keys of an order, turned round for `-name`; KeyError for a column that has none."""
        keys = self.columns[sort.removeprefix("-")].order
        if not keys:
            raise KeyError(sort)
        return tuple(map(turned, keys)) if sort.startswith("-") else keys

    def fetched(self, columns: Sequence[Column], order: Sequence[str]) -> list[str]:
        """What the rows need for these columns in this order."""
        needs = [each for each in needed(columns) if each not in self.added and each not in self.looked_up]
        return list(dict.fromkeys([*self.always, *needs, *(key.removeprefix("-") for key in order)]))

    def told(self, rows: list[Told], columns: Sequence[Column], user: Any) -> list[Told]:
        """Fetched rows with all that these columns tell."""
        for need in self.looked_up.keys() & set(needed(columns)):
            self.looked_up[need](rows, user)
        return self.complete(rows, user)


def needed(columns: Sequence[Column]) -> list[str]:
    return [need for column in columns for need in column.fetched]


def turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


class Question:
    """What somebody wants to see of a list, as its address says it; what cannot be read is left out."""

    def __init__(self, listing: Listing, query: QueryDict, user: Any, *, request: Any = None) -> None:
        self.listing, self.query, self.user = listing, query, user
        self.filters = listing.filters(query, listing.rows(user), request=request or Asker(user))

    @cached_property
    def sort(self) -> str:
        asked = self.query.get("sort", "")
        try:
            self.listing.ordered_by(asked)
        except KeyError:
            return self.listing.order
        return asked

    @property
    def order(self) -> tuple[str, ...]:
        return self.listing.ordered_by(self.sort)

    @cached_property
    def columns(self) -> list[Column]:
        """The record's name, then those the address asks for, those this reader chose, or the usual ones."""
        asked = self.query.get("columns", "").split(",")
        chosen = known(self.listing, asked) or known(self.listing, self.user.columns_of(self.listing.name))
        names = chosen or self.listing.standard
        head = self.listing.head
        return [self.listing.columns[name] for name in (head, *(name for name in names if name != head))]

    @cached_property
    def rows(self) -> QuerySet:
        """All it asks for, in no order yet."""
        prepare = self.listing.ordered.get(self.sort.removeprefix("-"))
        return prepare(self.filters.qs, self.user) if prepare else self.filters.qs

    def page(self, cursor: str | None, size: int = SIZE) -> Page:
        """Some rows, told in full."""
        rows = self.rows.values(*self.listing.fetched(self.columns, self.order))
        found = keyset(rows, self.order, cursor, size)
        return Page(self.listing.told(found.rows, self.columns, self.user), found.next, found.previous)


def known(listing: Listing, names: Sequence[str]) -> list[str]:
    """Those of the names that are columns, each once, in their order."""
    return [name for name in dict.fromkeys(names) if name in listing.columns]
