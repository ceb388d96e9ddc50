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
from users.models import User


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


class Twins(Choices):
    """Everybody this user may merge somebody with; namesakes are told apart by where they work."""

    def __init__(self, user: User, url: str, **options: Any) -> None:
        self.user = user
        people = Stakeholder.objects.worked_by(user).select_related("account").order_by("sort_key", "id")
        super().__init__(people, url, **options)

    def search(self, text: str) -> QuerySet[Stakeholder]:
        return likeliest_first(self.rows.search(text, seen_by=self.user), *begins(text))

    def line(self, record: Stakeholder) -> str:
        return f"{record.name} · {self.place(record)}"

    def place(self, record: Stakeholder) -> str:
        return " · ".join(filter(None, (record.account.short, record.title)))

    def tell_apart(self, records: list[Stakeholder]) -> dict[Any, str]:
        return {person.pk: self.place(person) for person in records}


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


def twins_of(person: Stakeholder, user: User) -> Twins:
    """Who may be the same person as this one."""
    return Twins(user, reverse("stakeholders:twin_choices", args=[person.pk])).without(person.pk)


def people_of(account: Account, *, besides: Iterable[Stakeholder | None] = ()) -> People:
    """Everybody with a post there, and whoever is named there already."""
    return People(account, reverse("stakeholders:person_choices", args=[account.pk]), besides=besides)


class PeopleSeen(Choices):
    """Everybody in sight, found as the search finds them."""

    has_index = False

    def __init__(self, reader: User, url: str) -> None:
        self.reader = reader
        super().__init__(Stakeholder.objects.visible_to(reader).order_by("sort_key", "id"), url)

    def search(self, text: str) -> QuerySet[Stakeholder]:
        return self.rows.search(text, seen_by=self.reader)

    def tell_apart(self, records: list[Stakeholder]) -> dict[Any, str]:
        accounts = Account.objects.visible_to(self.reader).filter(people__in=records)
        names = dict(accounts.values_list("pk", "name"))
        return {person.pk: names.get(person.account_id, "") for person in records}


def people_seen_by(reader: User) -> PeopleSeen:
    """Whom a list of what happened can be narrowed to."""
    return PeopleSeen(reader, reverse("stakeholders:choices"))
