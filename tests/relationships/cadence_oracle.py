"""Rule 4.6 told a second time, naively and day by day from the domain page, to hold the product against."""

from dataclasses import dataclass
from datetime import date, timedelta

# The shipped table as the domain page prints it: role → gap, ceiling; strategic gaps are two thirds, rounded down.
PRINTED = {"A": (60, 3), "D": (30, 6), "E": (30, 8), "S": (30, 4), "I": (45, 3), "": (90, 2)}


def shipped(letter: str, tier: str) -> tuple[int, int]:
    """Gap and ceiling by the page."""
    gap, ceiling = PRINTED[letter]
    return (gap * 2 // 3 if tier == "strategic" else gap), ceiling


@dataclass(frozen=True)
class Role:
    """A role as stored; `closed_on` is its opportunity's, `gone_on` the day the person left that account."""

    letter: str
    tier: str
    since: date
    until: date | None = None
    closed_on: date | None = None
    gone_on: date | None = None

    def counts(self, day: date, tail: int = 180) -> bool:
        """While in force, and for the tail after its opportunity closed; never after leaving."""
        if day < self.since or (self.gone_on is not None and self.since <= self.gone_on <= day):
            return False
        if self.closed_on is not None and day >= self.closed_on:
            was_held = self.until is None or self.until >= self.closed_on
            return was_held and (day - self.closed_on).days <= tail
        return self.until is None or day < self.until


def cadence(day, tier: str, roles: list[Role], gap=None, ceiling=None, table=shipped, tail=180) -> tuple[int, int]:
    """Shortest gap, highest ceiling, overrides as they stand."""
    held = [table(role.letter, role.tier) for role in roles if role.counts(day, tail)] or [table("", tier)]
    return gap or min(pair[0] for pair in held), ceiling or max(pair[1] for pair in held)


def state(day: date, known_since: date, contacts: list[date], gap: int, percent=80, multiple=2) -> str:
    """How the silence reads on `day`."""
    if not contacts:
        return "new" if (day - known_since).days <= gap else "never"
    silence = (day - max(contacts)).days
    if silence > multiple * gap:
        return "lost"
    if silence > gap:
        return "stale"
    return "due" if silence * 100 >= percent * gap else "fresh"


def days_in_window(day: date, sought: list[date], window=30) -> int:
    """Distinct days with a contact we sought, within the window that ends on `day`."""
    return len({held for held in sought if 0 <= (day - held).days <= window})


def is_too_often(day: date, sought: list[date], ceiling: int, window=30) -> bool:
    """More days than the ceiling."""
    return days_in_window(day, sought, window) > ceiling


def one_more_is_too_often(planned: date, sought: list[date], ceiling: int, window=30) -> bool:
    """On some day on which the planned contact is in the window, the days in it exceed the ceiling."""
    days = (planned + timedelta(days=ahead) for ahead in range(window + 1))
    return any(is_too_often(day, [*sought, planned], ceiling, window) for day in days)
