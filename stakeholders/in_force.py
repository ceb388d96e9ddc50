"""Rule 4.0: only what is in force counts, since ≤ day, until empty or later."""

from datetime import date

from django.db.models import Q


def in_force(day: date, prefix: str = "") -> Q:
    """Rows with `since` and `until` that hold on `day`; `prefix` walks a relation (`"positions__"`)."""
    started = Q(**{f"{prefix}since": None}) | Q(**{f"{prefix}since__lte": day})
    lasting = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": day})
    return started & lasting & Q(**{f"{prefix}removed_at": None})


def holds_on(since: date | None, until: date | None, day: date) -> bool:
    """The same question of one row in hand."""
    return (since is None or since <= day) and (until is None or until > day)
