"""The people of one account: their posts there, in the order asked for, with units and vacant seats."""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts.models import Account, OrgUnit
from records.fields import SortKeyField
from stakeholders.in_force import in_force
from stakeholders.judging import judgements_at
from stakeholders.known_here import rank_here
from stakeholders.listing import letters_at
from stakeholders.models import Position, Stakeholder
from users.models import User

SEATS_SHOWN = 20
LAST = "\U0010ffff"
ORDERS = {
    "unit": ("place", "rank", "stakeholder__sort_key", "id"),
    "key": ("rank", "stakeholder__sort_key", "id"),
    "name": ("stakeholder__sort_key", "id"),
}


def posts(account: Account, *, text: str = "", by: str = "unit") -> QuerySet[Position]:
    """Posts in force there. Somebody with two of them stands in both units, but once in a list of people."""
    there = Position.objects.filter(in_force(account.today()), account=account)
    held = there.filter(stakeholder__in=Stakeholder.objects.present().search_through(text, there))
    held = held.annotate(place=place_in_tree()) if by == "unit" else held.exclude(Exists(better(account)))
    return held.select_related("stakeholder", "unit").annotate(rank=rank_here(account, "stakeholder__"))


def better(account: Account) -> QuerySet[Position]:
    """The same person's post there that speaks for them."""
    others = Position.objects.filter(in_force(account.today()), account=account, stakeholder=OuterRef("stakeholder"))
    return others.filter(
        Q(is_primary__gt=OuterRef("is_primary")) | Q(is_primary=OuterRef("is_primary"), id__lt=OuterRef("id"))
    )


def place_in_tree() -> Case:
    """Where a post's unit stands, from the top down; no unit comes last, and so does one that is closed."""
    placed = When(unit__isnull=False, unit__removed_at=None, then=F("unit__tree_key"))
    return Case(placed, default=Value(LAST), output_field=SortKeyField())


def grouped(rows: list[Position], account: Account, user: User, *, by_unit: bool) -> list[dict[str, Any]]:
    """The page's rows as dicts, under the path of each unit or all in one."""
    told = described(rows, account, user)
    for row in told if by_unit else ():
        row["unit__name"] = ""  # it stands above them
    if not by_unit:
        return [{"unit": None, "path": "", "rows": told}]
    paths = unit_paths(post.unit for post in rows if post.unit and not post.unit.is_removed)
    return [
        {"unit": unit, "path": paths.get(unit, ""), "rows": list(group)}
        for unit, group in groupby(told, key=lambda row: row["unit_id"] if row["unit_id"] in paths else None)
    ]


def described(rows: list[Position], account: Account, user: User) -> list[dict[str, Any]]:
    """What a row shows of a post and its holder."""
    letters = letters_at((post.stakeholder_id, account.pk) for post in rows)
    guests = {post.stakeholder_id: post.stakeholder for post in rows if post.stakeholder.account_id != account.pk}
    judged = judgements_at(account.pk, guests.values()) if guests else {}
    homes = {account.pk, *homes_in_sight(guests.values(), user)}
    return [
        {
            "id": post.stakeholder_id,
            "name": post.stakeholder.name,
            "title": post.title,
            "unit_id": post.unit_id,
            "unit__name": post.unit.name if post.unit else "",
            "account": "",
            "roles": tuple(letters.get((post.stakeholder_id, account.pk), {}).items()),
            "is_key": judged[post.stakeholder_id].is_key if post.stakeholder_id in guests else post.stakeholder.is_key,
            "is_guest": not post.is_primary and post.stakeholder.account_id in homes,
            "is_watched": post.stakeholder.is_watched,
            "is_outsider": post.stakeholder.is_outsider,
            "has_left": False,
        }
        for post in rows
    ]


def homes_in_sight(people: Collection[Stakeholder], user: User) -> set[UUID]:
    """Of the accounts these people belong to first, those this user sees; of another none is told to exist."""
    if not people:
        return set()
    homes = {person.account_id for person in people}
    return set(Account.objects.visible_to(user).filter(pk__in=homes).values_list("pk", flat=True))


def unit_paths(units: Iterable[OrgUnit]) -> dict[UUID, str]:
    """Each of these units' name behind those it belongs to, from one query."""
    lines = OrgUnit.objects.lines_of(units)
    return {pk: " › ".join(unit.name for unit in line) for pk, line in lines.items()}


def vacant_seats(account: Account) -> list[Position]:
    """Seats somebody left that nobody took, the latest first."""
    seats = Position.objects.present().filter(account=account, until__isnull=False, succeeded_by=None)
    seats = seats.filter(stakeholder__removed_at=None).select_related("stakeholder", "unit")
    return list(seats.order_by("-until", "id")[:SEATS_SHOWN])
