"""Rule 4.0: only what is in force counts, since ≤ day, until empty or later."""

from datetime import date

from django.db.models import Q


def in_force(day: date, prefix: str = "") -> Q:
    """Rows with `since` and `until` that hold on `day`; `prefix` walks a relation (`"positions__"`)."""
    return lasting_on(day, prefix) & Q(**{f"{prefix}removed_at": None})


def lasting_on(day: date, prefix: str = "") -> Q:
    """The same of rows that are never removed by halves."""
    started = Q(**{f"{prefix}since": None}) | Q(**{f"{prefix}since__lte": day})
    return started & (Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": day}))


def holds_on(since: date | None, until: date | None, day: date) -> bool:
    """The same question of one row in hand."""
    return (since is None or since <= day) and (until is None or until > day)
