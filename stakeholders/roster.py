"""The people of one account: their posts there, in the order asked for, with units and vacant seats."""

from itertools import groupby
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from accounts.models import Account, OrgUnit
from accounts.outline import outline
from stakeholders.in_force import in_force
from stakeholders.judging import judgements_at
from stakeholders.listing import NOT_KEY, letters_by_person
from stakeholders.models import Position, Stakeholder
from users.models import User

SEATS_SHOWN = 20
ORDERS = {
    "unit": ("place", "rank", "stakeholder__sort_key", "id"),
    "key": ("rank", "stakeholder__sort_key", "id"),
    "name": ("stakeholder__sort_key", "id"),
}


def posts(account: Account, *, text: str = "", by: str = "unit") -> QuerySet[Position]:
    """Posts in force there. Somebody with two of them stands in both units, but once in a list of people."""
    there = Position.objects.filter(in_force(account.today()), account=account)
    held = there.filter(stakeholder__in=Stakeholder.objects.present().search_through(text, there))
    held = held.annotate(place=place_in(account)) if by == "unit" else held.exclude(Exists(better(account)))
    return held.select_related("stakeholder", "unit").annotate(rank=rank_at(account))


def better(account: Account) -> QuerySet[Position]:
    """The same person's post there that speaks for them."""
    others = Position.objects.filter(in_force(account.today()), account=account, stakeholder=OuterRef("stakeholder"))
    return others.filter(
        Q(is_primary__gt=OuterRef("is_primary")) | Q(is_primary=OuterRef("is_primary"), id__lt=OuterRef("id"))
    )


def place_in(account: Account) -> Case:
    """Where a post's unit stands in the tree, from the top down; no unit comes last."""
    lines = outline(OrgUnit.objects.of(account))
    places = [When(unit=line.unit.pk, then=Value(place)) for place, line in enumerate(lines)]
    return Case(*places, default=Value(len(lines)), output_field=PositiveIntegerField())


def rank_at(account: Account) -> Case:
    """The stored key rank belongs to the person's own account; guests come after the key persons."""
    own = When(stakeholder__account=account, then=F("stakeholder__key_rank"))
    return Case(own, default=NOT_KEY, output_field=PositiveSmallIntegerField())


def grouped(rows: list[Position], account: Account, user: User, *, by_unit: bool) -> list[dict[str, Any]]:
    """The page's rows as dicts, under the path of each unit or all in one."""
    told = described(rows, account, user)
    for row in told if by_unit else ():
        row["unit__name"] = ""  # it stands above them
    if not by_unit:
        return [{"unit": None, "path": "", "rows": told}]
    paths = unit_paths(account) if rows else {}
    return [
        {"unit": unit, "path": paths.get(unit, ""), "rows": list(group)}
        for unit, group in groupby(told, key=lambda row: row["unit_id"])
    ]


def described(rows: list[Position], account: Account, user: User) -> list[dict[str, Any]]:
    """What a row shows of a post and its holder."""
    letters = letters_by_person([post.stakeholder_id for post in rows], user)
    guests = {post.stakeholder_id: post.stakeholder for post in rows if post.stakeholder.account_id != account.pk}
    judged = judgements_at(account.pk, guests.values()) if guests else {}
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
            "is_guest": not post.is_primary,
            "is_watched": post.stakeholder.is_watched,
            "is_outsider": post.stakeholder.is_outsider,
            "has_left": False,
        }
        for post in rows
    ]


def unit_paths(account: Account) -> dict[Any, str]:
    """Each unit's name behind those it belongs to, from one query."""
    paths: dict[Any, str] = {}
    for line in outline(OrgUnit.objects.of(account)):
        above = paths.get(line.unit.parent_id, "")
        paths[line.unit.pk] = f"{above} › {line.unit.name}" if above else line.unit.name
    return paths


def vacant_seats(account: Account) -> list[Position]:
    """Seats somebody left that nobody took, the latest first."""
    seats = Position.objects.present().filter(account=account, until__isnull=False, succeeded_by=None)
    seats = seats.filter(stakeholder__removed_at=None).select_related("stakeholder", "unit")
    return list(seats.order_by("-until", "id")[:SEATS_SHOWN])
