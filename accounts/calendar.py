"""Calendar days where the accounts are (rule 4.0): at one moment there are at most three of them in the world."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account
from users.models import User

ZONES = "_zones_in_use"
# A calendar day, and the time zones of accounts in which it is that day.
Days = dict[date, list[str]]


class Today:
    """Today at each account, at one moment for all of them: for rows in hand, each with its account's time zone."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or timezone.now()
        self.by_zone: dict[str, date] = {}

    def in_zone(self, name: str) -> date:
        """The calendar day in a time zone; empty is the installation's own."""
        if name not in self.by_zone:
            self.by_zone[name] = self.now.astimezone(ZoneInfo(name or settings.TIME_ZONE)).date()
        return self.by_zone[name]


def days_now(now: datetime | None = None) -> Days:
    """Today's date → the time zones of accounts in which it is that day; one query over the few zones in use."""
    return days_in(zones_in_use(), now or timezone.now())


def days_for(reader: User) -> Days:
    """The same for a list that is narrowed again and again: the zones are asked for once with the user in hand, as
    the teams they lead are."""
    if not hasattr(reader, ZONES):
        setattr(reader, ZONES, zones_in_use())
    return days_in(getattr(reader, ZONES), timezone.now())


def zones_in_use() -> list[str]:
    """Where the accounts are; empty is the installation's own zone."""
    return list(Account.objects.present().values_list("time_zone", flat=True).distinct()) or [""]


def days_in(zones: Iterable[str], now: datetime) -> Days:
    """The day in each of these zones at that moment."""
    days = defaultdict(list)
    for zone in zones:
        days[now.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()].append(zone)
    return dict(days)


def where_it_is(zones: list[str], prefix: str = "account__") -> Q:
    """Rows whose account lies in one of these zones; `prefix` walks to the account."""
    return Q(**{f"{prefix}time_zone__in": zones})


def on_each_day(days: Days, condition: Callable[[date], Q], prefix: str = "account__") -> Q:
    """`condition(day)` for the rows of accounts where it is that day; nobody is asked where it is one day for all."""
    if len(days) == 1:
        return condition(*days)
    return reduce(or_, (where_it_is(zones, prefix) & condition(day) for day, zones in days.items()))
