"""The page of a list: its bar, its rows and what can be done with them, by the question its address asks."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pages.addresses import place_if_any
from pages.filters import PLACE, Chip
from pages.htmx import target
from pages.keyset import FORWARD, Key, Page, write_cursor
from records.list_cells import Heading, head, letter_links, lines
from records.lists import Listing, Question
from records.record_types import Column

ROWS, FILTERS = "rows", "filters"
# What the address says of a list beside its filters.
MANNER = ("sort", "columns", "view", "filters", *PLACE)
# What the package above does with a list, by the name of its route.
ABOVE = ("views", "list_columns", "save_view", "bulk", "list_bulk_edits", "export", "print")


class ListPage:
    """What the templates of a list ask for."""

    def __init__(self, listing: Listing, request: HttpRequest) -> None:
        self.listing, self.request = listing, request
        self.question = Question(listing, request.GET, request.user, request=request)
        self.filters = self.question.filters
        self.above = above(listing.name)

    @cached_property
    def page(self) -> Page:
        return self.question.page(self.cursor)

    @property
    def cursor(self) -> str | None:
        """The place asked for, else where a letter begins."""
        letter = self.request.GET.get("from", "")[:1].casefold()
        if letter and self.has_letters:
            keys = [Key.read(term) for term in self.question.order]
            return write_cursor(FORWARD, keys, {keys[0].name: letter, "id": UUID(int=0)})
        return self.request.GET.get("cursor")

    @cached_property
    def lines(self) -> SafeString:
        """The rows, empty where there are none."""
        picks = bool(self.above["bulk"])
        return mark_safe("".join(lines(self.listing, self.question.columns, self.page.rows, picks=picks)))

    @cached_property
    def headings(self) -> list[Heading]:
        """The head of the table; the sorted column's link turns the order round."""
        return [self.heading(column) for column in self.question.columns]

    @property
    def head(self) -> SafeString:
        picks = bool(self.above["bulk"])
        return head(self.headings, self.request.path, picks=picks, edits=picks and bool(self.listing.edit))

    @property
    def past_edits(self) -> str:
        """Where this list's bulk edits are; empty where nothing can be done with several."""
        return self.above["list_bulk_edits"] if self.above["bulk"] and self.listing.deeds else ""

    @property
    def has_whole_files(self) -> bool:
        """Whether a file can have all columns."""
        return self.listing.files is not None

    def heading(self, column: Column) -> Heading:
        name, sort = column.name, self.question.sort
        if not column.order:
            return Heading(column.label, column.kind)
        is_up, is_down = sort == name, sort == f"-{name}"
        turn = self.query(sort=f"-{name}" if is_up else name)
        return Heading(column.label, column.kind, turn, "ascending" if is_up else "descending" if is_down else "")

    @property
    def orders(self) -> Iterator[tuple[str, str, bool]]:
        """Every order by its name, for whoever sees no heads: on a phone."""
        for name, column in self.listing.columns.items():
            for sort, arrow in ((name, "↑"), (f"-{name}", "↓")) if column.order else ():
                yield sort, f"{column.label} {arrow}", sort == self.question.sort

    @cached_property
    def chips(self) -> list[Chip]:
        return list(self.filters.chips(self.request.GET))

    @cached_property
    def is_open(self) -> bool:
        """Whether the filters show."""
        return "filters" in self.request.GET or self.filters.has_trouble

    @cached_property
    def unreadable(self) -> list[tuple[Any, str]]:
        """The fields that could not be read, each with the reason."""
        return [(self.filters.form[name].label, errors[0]) for name, errors in self.filters.form.errors.items()]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the closed bar carries along beside the search: filters in use and the manner of showing them."""
        asked = self.request.GET
        return [
            (name, value) for name in asked if name not in ("q", "filters", *PLACE) for value in asked.getlist(name)
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the open bar carries along: only the manner."""
        return [(name, self.request.GET[name]) for name in ("columns", "view", "filters") if name in self.request.GET]

    @property
    def has_letters(self) -> bool:
        """Whether one can jump to a letter: in the order of names alone."""
        return self.question.sort == self.listing.order and self.question.order[0] == "sort_key"

    @property
    def letters(self) -> SafeString | str:
        """A link to where each letter begins, where there is more than one page."""
        is_long = self.page.next or self.page.previous
        here = f"{self.asked}&" if self.asked != "?" else "?"
        return letter_links(self.request.path, here) if is_long and self.has_letters else ""

    def query(self, **changed: str) -> str:
        """The address's query with some of it changed, from the first page."""
        asked = {name: values for name, values in self.request.GET.lists() if name not in (*PLACE, "filters")}
        return f"?{urlencode(asked | changed, doseq=True)}"

    @cached_property
    def asked(self) -> str:
        """The query of what is shown, as views, files and bulk edits take it over."""
        return self.query()

    @property
    def shows(self) -> dict[str, bool]:
        """By name, which columns show."""
        return {column.name: True for column in self.question.columns}

    @property
    def is_narrowed(self) -> bool:
        return self.filters.narrows

    @property
    def told(self) -> str:
        """How many rows came, for who hears the page."""
        return _("%(list)s: %(count)d shown") % {"list": self.listing.type.label, "count": len(self.page.rows)}


@cache
def above(name: str) -> dict[str, str]:
    """The addresses of what the package above offers for the list of this name; empty where it offers nothing."""
    return {offer: place_if_any(f"sync:{offer}", name) for offer in ABOVE}


def show(request: HttpRequest, listing: Listing, template: str, **context: Any) -> HttpResponse:
    """The whole page, or the part asked for. A list opened without a question asks the reader's own first one."""
    start = request.user.start_of(listing.name)
    if start and not request.GET:
        return redirect("sync:open_view", start)
    part = target(request)
    chosen = {ROWS: "lists/_rows.html", FILTERS: "lists/_filters.html"}.get(part, template)
    return render(request, chosen, {"list": ListPage(listing, request), "title": listing.type.label, **context})
