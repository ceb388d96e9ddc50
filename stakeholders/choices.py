"""Seats and people of one account to choose from, as they are known there."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import begins
from accounts.models import Account
from accounts.search_key import fold
from pages.choices import Choices, likeliest_first
from stakeholders.in_force import in_force
from stakeholders.known_here import known_here
from stakeholders.models import Position, Stakeholder


class Seats(Choices):
    """A boss by the seat: who sits there, or who did last; found by either's name, by title and unit."""

    has_index = False

    def search(self, text: str) -> QuerySet[Position]:
        rows = self.rows
        for word in words(text):
            rows = rows.filter(Q(stakeholder__search_key__contains=word) | Q(search_key__contains=word))
        return likeliest_first(rows, *begins(text, "stakeholder__search_key"))

    def label(self, record: Position) -> str:
        name = record.stakeholder.name
        if record.until is not None:
            name = _("vacant, last %(name)s") % {"name": name}
        return f"{name} · {record.title}" if record.title else name

    def names(self, record: Position) -> tuple[str, ...]:
        return self.label(record), record.stakeholder.name

    def tell_apart(self, records: list[Position]) -> dict[Any, str]:
        return {seat.pk: seat.unit.name if seat.unit else "" for seat in records}


class People(Choices):
    """People of an account, found by name, title and unit there."""

    has_index = False

    def __init__(self, account: Account, url: str, **options: Any) -> None:
        self.posts = Position.objects.filter(in_force(account.today()), account=account)
        super().__init__(people_at(account), url, **options)

    def search(self, text: str) -> QuerySet[Stakeholder]:
        rows = self.rows
        for word in words(text):
            posts = self.posts.filter(search_key__contains=word)
            rows = rows.filter(Q(search_key__contains=word) | Q(pk__in=posts.values("stakeholder")))
        return likeliest_first(rows, *begins(text))

    def line(self, record: Stakeholder) -> str:
        return " · ".join(filter(None, (record.name, getattr(record, "title_here", ""))))

    def tell_apart(self, records: list[Stakeholder]) -> dict[Any, str]:
        posts = self.posts.filter(stakeholder__in=records).select_related("unit").order_by("is_primary", "since")
        told = {post.stakeholder_id: (post.title, post.unit.name if post.unit else "") for post in posts}
        return {person: " · ".join(filter(None, parts)) for person, parts in told.items()}


def words(text: str) -> list[str]:
    """What has to be found, folded as it is stored; the dot between a name and a title is none of it."""
    return [word for word in fold(text).split() if word != "·"][:8]


def people_at(account: Account) -> QuerySet[Stakeholder]:
    """Key persons first; that of somebody whose own account is another one is told there alone."""
    return Stakeholder.objects.at(account).annotate(**known_here(account)).order_by("rank_here", "sort_key", "id")


def seats_of(account: Account) -> Seats:
    """Posts held there today, and seats somebody left that nobody took."""
    posts = Position.objects.present().filter(account=account, stakeholder__removed_at=None)
    standing = posts.filter(in_force(account.today()) | Q(succeeded_by=None, until__isnull=False))
    rows = standing.select_related("stakeholder", "unit").order_by("stakeholder__sort_key", "id")
    return Seats(rows, reverse("stakeholders:seat_choices", args=[account.pk]))


def people_of(account: Account, *, besides: Iterable[Stakeholder | None] = ()) -> People:
    """Everybody with a post there, and whoever is named there already."""
    return People(account, reverse("stakeholders:person_choices", args=[account.pk]), besides=besides)
