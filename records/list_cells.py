"""Head and rows of a list as HTML: each cell by what its column holds, or by a drawing of the list's own.

Written in Python, since fifty rows of eight columns in a template take longer than all the rest of the page.
"""

import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pages.addresses import page_of
from pages.days import day_in_words, moment_in_words
from records.lists import Listing, Told
from records.record_types import Column

LONGEST = 140
Cell = tuple[str, Callable[[Told], str]]  # what opens it, and what stands in it


def lines(listing: Listing, columns: list[Column], rows: Iterable[Told], *, picks: bool) -> Iterator[SafeString]:
    """Each row; with a box to choose it by where something can be done with several."""
    cells = [opened(listing, column, is_head=place == 0) for place, column in enumerate(columns)]
    box = f'<td class="pick"><input type="checkbox" name="ids" form="picked" aria-label="{escape(_("Choose"))} '
    called, edit = listing.columns[listing.head].tell, escape(_("Edit"))
    for row in rows:
        pick = f'{box}{escape(str(called(row)))}" value="{row["id"]}"></td>'
        inside = "".join(f"{head}{draw(row)}{tail}" for head, draw, tail in cells)
        if picks and listing.edit:  # where no script edits in place
            inside += f'<td class="without-script"><a href="{page_of(listing.edit, row["id"])}">{edit}</a></td>'
        yield mark_safe(f'<tr data-row="{row["id"]}">{pick if picks else ""}{inside}</tr>')


@dataclass(frozen=True)
class Heading:
    """A column's head: the query that orders by it, and how it is ordered now."""

    label: Any
    kind: str
    sort: str = ""
    sorted: str = ""


def head(headings: Iterable[Heading], path: str, *, picks: bool, edits: bool) -> SafeString:
    """The row of heads; with a box that chooses all rows, and a head above the links to their forms."""
    every = escape(_("Choose all on this page"))
    box = f'<th class="pick"><input type="checkbox" class="with-script" data-pick-all aria-label="{every}"></th>'
    cells = "".join(head_cell(each, path) for each in headings)
    edit = f'<th class="without-script"><span class="sr">{escape(_("Edit"))}</span></th>'
    return mark_safe(f"<tr>{box if picks else ''}{cells}{edit if edits else ''}</tr>")


def head_cell(heading: Heading, path: str) -> str:
    label, way = escape(str(heading.label)), escape(heading.sort)
    told = f' aria-sort="{heading.sorted}"' if heading.sorted else ""
    if way:
        places = 'hx-target="#list" hx-select="#list" hx-swap="outerHTML" hx-push-url="true"'
        label = f'<a href="{way}" hx-get="{escape(path)}{way}" {places}>{label}</a>'
    return f'<th scope="col" class="{heading.kind}"{told}>{label}</th>'


def letter_links(path: str, query: str) -> SafeString:
    """A link to where each letter begins in the list of this query."""
    path, query = escape(path), escape(query)
    links = (
        f'<a href="{query}from={letter}" hx-get="{path}{query}from={letter}">{letter.upper()}</a>'
        for letter in string.ascii_lowercase
    )
    return mark_safe("".join(links))


def opened(listing: Listing, column: Column, *, is_head: bool) -> tuple[str, Callable[[Told], str], str]:
    """A column's cell: its beginning, what draws its inside, its end."""
    draw = listing.draws.get(column.name) or plain(column)
    if is_head:
        return '<th scope="row">', draw, "</th>"
    edit = f' data-edit="{column.name}"' if column.name in listing.edited else ""
    return f'<td class="{column.kind} of-{column.name}" data-label="{escape(str(column.label))}"{edit}>', draw, "</td>"


def plain(column: Column) -> Callable[[Told], str]:
    """How a column is drawn that nobody draws otherwise."""
    say = words()
    return lambda row: escape(say(column.tell(row)))


def words() -> Callable[[Any], str]:
    """What tells a value in the reader's words."""
    today = timezone.localdate()
    yes, between = _("yes"), pgettext("between names", ", ")

    def told(value: Any) -> str:
        if value in (None, "", False):
            return ""
        if value is True:
            return yes
        if isinstance(value, datetime):
            return moment_in_words(timezone.localtime(value), today)
        if isinstance(value, date):
            return day_in_words(value, today)
        if isinstance(value, list | tuple):
            return between.join(map(str, value))
        text = str(value)
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

    return told


def link(route: str, pk: object, text: str) -> str:
    """A record by name, leading to its page."""
    return f'<a href="{page_of(route, pk)}">{escape(text)}</a>'
