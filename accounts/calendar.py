"""Calendar days where the accounts are (rule 4.0): at one moment there are at most three of them in the world."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account

# A calendar day, and the time zones of accounts in which it is that day.
Days = dict[date, list[str]]


def days_now(now: datetime | None = None) -> Days:
    """Today's date → the time zones of accounts in which it is that day; one query over the few zones in use."""
    now = now or timezone.now()
    days = defaultdict(list)
    for zone in Account.objects.present().values_list("time_zone", flat=True).distinct():
        days[now.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()].append(zone)
    return dict(days) or {now.astimezone(ZoneInfo(settings.TIME_ZONE)).date(): [""]}


def where_it_is(zones: list[str], prefix: str = "account__") -> Q:
    """Rows whose account lies in one of these zones; `prefix` walks to the account."""
    return Q(**{f"{prefix}time_zone__in": zones})


def on_each_day(days: Days, condition: Callable[[date], Q], prefix: str = "account__") -> Q:
    """`condition(day)` for the rows of accounts where it is that day."""
    return reduce(or_, (where_it_is(zones, prefix) & condition(day) for day, zones in days.items()))
