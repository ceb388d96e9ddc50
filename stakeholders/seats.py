"""The posts of some people as bare facts, and which of them speaks for its holder (rule 4.0)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from accounts.calendar import Today
from stakeholders.in_force import holds_on

COLUMNS = (
    "stakeholder_id",
    "account_id",
    "unit_id",
    "title",
    "level",
    "is_primary",
    "since",
    "until",
    "account__time_zone",
    "unit__name",
    "pk",
)


class Seat(NamedTuple):
    """A post, as far as what is stored of its holder goes; in the order of `COLUMNS`."""

    stakeholder_id: UUID
    account_id: UUID
    unit_id: UUID | None
    title: str
    level: str
    is_primary: bool
    since: date | None
    until: date | None
    time_zone: str
    unit_name: str | None
    pk: UUID


def seats_of(posts: Any, people: Collection[UUID]) -> dict[UUID, list[Seat]]:
    """Person → their posts, from one query over these posts."""
    seats = defaultdict(list)
    for row in posts.filter(stakeholder__in=people, removed_at=None).values_list(*COLUMNS):
        seats[row[0]].append(Seat(*row))
    return seats


def seats_in_hand(
    posts: Collection[Any], zones: Mapping[UUID, str], units: Mapping[UUID, str]
) -> dict[UUID, list[Seat]]:
    """The same of posts that were just written, with time zones by account and names by unit."""
    seats = defaultdict(list)
    for post in posts:
        facts = (getattr(post, name) for name in COLUMNS[:8])
        unit = units[post.unit_id] if post.unit_id else None
        seats[post.stakeholder_id].append(Seat(*facts, zones[post.account_id], unit, post.pk))
    return seats


def held(seats: Iterable[Seat], days: Today) -> list[Seat]:
    """Those in force where the account is."""
    return [seat for seat in seats if holds_on(seat.since, seat.until, days.in_zone(seat.time_zone))]


def speaking(seats: Collection[Seat], days: Today) -> Seat | None:
    """The post that gives account, unit, title and level; of whoever left the last one."""
    return primary_of(held(seats, days)) or last_of(seats)


def primary_of(seats: Collection[Seat]) -> Seat | None:
    """The primary one of the posts held now, else the newest."""
    return max(seats, key=lambda s: (s.is_primary, s.since or date.min, s.pk), default=None)


def last_of(seats: Collection[Seat]) -> Seat | None:
    """The post left last; of several left that day the primary one."""
    return max(seats, key=lambda s: (s.until or date.max, s.is_primary, s.since or date.min, s.pk), default=None)
