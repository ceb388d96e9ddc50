"""A list as rows of cells: as its page shows it, or with all that a file can bring in again."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from records.lists import Listing, Question, Told
from records.record_types import Column
from users.models import User

CHUNK = 1000
KEY = "external_id"
# What an address may take along: the rows shown with every column, or all records in sight.
COLUMNS, EVERYTHING = "columns", "everything"


class Export:
    """What somebody takes of a list."""

    def __init__(self, listing: Listing, query: QueryDict, user: User) -> None:
        self.listing, self.user = listing, user
        self.question = Question(listing, query, user)
        self.take = query.get("take", "") if listing.files else ""
        if self.take:
            self.question.columns = [column for column in self.columns if column.is_shown]
        if self.take == EVERYTHING and listing.files:
            self.question.rows = listing.rows(user).filter(listing.files.only)

    @cached_property
    def columns(self) -> list[Column]:
        """Those shown, or all that a file brings."""
        if not self.take:
            return [column for column in self.question.columns if column.name not in self.listing.on_screen]
        told = self.listing.files.names if self.listing.files else ()
        return [column for column in self.listing.type.read if column.is_shown or column.name in told]

    @property
    def headers(self) -> list[str]:
        return [_("Two Eyes ID") if column.name == KEY else str(column.label) for column in self.columns]

    def rows(self) -> Iterator[list[object]]:
        """Row by row, a chunk in memory at a time; records called as an import finds them again."""
        between, yes = pgettext("between names", ", "), _("yes")
        files, otherwise = self.listing.files, self.told_otherwise
        tell = files.cells(self.user, otherwise) if files and otherwise else lambda rows: [{} for _row in rows]
        for rows in chunks(self.question):
            for row, more in zip(rows, tell(rows), strict=True):
                cells = (more[each.name] if each.name in otherwise else each.tell(row) for each in self.columns)
                yield [as_cell(cell, between, yes) for cell in cells]

    @property
    def told_otherwise(self) -> set[str]:
        """The columns of which the file tells otherwise than the page."""
        names = {column.name for column in self.columns}
        if self.listing.files is None:
            return set()
        return names & set(self.listing.files.names if self.take else self.listing.files.everywhere)


def chunks(question: Question, most: int | None = None) -> Iterator[list[Told]]:
    """All rows by keyset, each chunk starting where the last one ended."""
    cursor, count = None, 0
    while True:
        page = question.page(cursor, CHUNK if most is None else min(CHUNK, most - count))
        yield page.rows
        cursor, count = page.next, count + len(page.rows)
        if cursor is None or (most is not None and count >= most):
            return


def as_cell(value: Any, between: str, yes: str) -> object:
    """What a spreadsheet gets: days and numbers as such, marks and lists in words."""
    if value is None or value is False:
        return ""
    if value is True:
        return yes
    if isinstance(value, list | tuple):
        return between.join(map(str, value))
    if hasattr(value, "tzinfo"):
        return timezone.localtime(value)
    return value if isinstance(value, int | float) or hasattr(value, "isoformat") else str(value)
