"""How often a person should be contacted, and how often is too often (rule 4.6). Pure: no clock, no number of its own.

A person's gap changes on known days (a role begins, ends, or its tail runs out). Between two of them it is fixed,
so what is stored is a short line of stretches, each a function of records and policy and never of today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

DAWN, DUSK = date.min, date.max
NO_ROLE = ""


class State(StrEnum):
    """How a relationship's silence reads."""

    NEW = "new"
    NEVER = "never"
    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    LOST = "lost"


@dataclass(frozen=True)
class Cadence:
    """The longest gap in days, and the most contacts in the window."""

    gap: int
    ceiling: int


@dataclass(frozen=True)
class Rules:
    """The numbers of rule 4.6 beside the table of gaps."""

    due_percent: int
    lost_multiple: int
    window_days: int
    role_tail_days: int
    crowd: int


@dataclass(frozen=True)
class RoleSpan:
    """A role of a tier's account that counts from `starts_on` until the day before `ends_on`."""

    letter: str
    tier: str
    starts_on: date = DAWN
    ends_on: date = DUSK


@dataclass(frozen=True)
class Contact:
    """A day on which somebody of ours was in contact; `sought` when it was our wish (for the ceiling)."""

    day: date
    sought: bool = True


@dataclass(frozen=True)
class Person:
    """What rule 4.6 reads of one person."""

    known_since: date
    tier: str
    roles: tuple[RoleSpan, ...] = ()
    gap_override: int | None = None
    ceiling_override: int | None = None


@dataclass(frozen=True)
class Stretch:
    """The days from `starts_on` until before `ends_on`, on which one cadence holds, with the days its states begin."""

    starts_on: date
    ends_on: date
    gap: int
    ceiling: int
    has_role: bool
    known_since: date
    last_contact_on: date | None
    due_on: date | None
    stale_on: date
    lost_on: date | None
    resting_until: date | None
    too_often_until: date | None

    def state(self, day: date) -> State:
        """How the silence reads on `day`."""
        if self.last_contact_on is None:
            return State.NEW if day < self.stale_on else State.NEVER
        for begins, state in ((self.lost_on, State.LOST), (self.stale_on, State.STALE), (self.due_on, State.DUE)):
            if begins is not None and day >= begins:
                return state
        return State.FRESH


Table = Mapping[tuple[str, str], Cadence]


def after(day: date, days: int) -> date:
    """`day` plus `days`, stopping at the end of the calendar."""
    return day + timedelta(days=days) if days <= (DUSK - day).days else DUSK


def span_of(letter: str, tier: str, since: date, until: date | None, closed_on: date | None, rules: Rules) -> RoleSpan:
    """How long a role counts: in force, and for the tail after its opportunity closed with the role still held."""
    if closed_on is None or (until is not None and until < closed_on):
        return RoleSpan(letter, tier, since, until or DUSK)
    return RoleSpan(letter, tier, since, after(closed_on, rules.role_tail_days + 1))


def cut_by_leaving(span: RoleSpan, gone_on: date | None) -> RoleSpan:
    """Whoever left the account counts nowhere there, tail or not; a role given after that is an outsider's."""
    if gone_on is None or gone_on < span.starts_on:
        return span
    return replace(span, ends_on=min(span.ends_on, gone_on))


def cadence_on(day: date, person: Person, table: Table) -> tuple[Cadence, bool]:
    """Shortest gap and highest ceiling of the roles that count on `day`; an override wins as it stands."""
    held = [table[role.letter, role.tier] for role in person.roles if role.starts_on <= day < role.ends_on]
    of_roles = held or [table[NO_ROLE, person.tier]]
    gap = person.gap_override or min(cadence.gap for cadence in of_roles)
    ceiling = person.ceiling_override or max(cadence.ceiling for cadence in of_roles)
    return Cadence(gap, ceiling), bool(held)


def stretches(person: Person, contacts: Sequence[Contact], table: Table, rules: Rules) -> list[Stretch]:
    """The whole line, without gap or overlap, from the first day of the calendar to the last; what was
    before we knew the person is one stretch with the first day we did."""
    turns = (edge for role in person.roles for edge in (role.starts_on, role.ends_on))
    edges = [DAWN, *sorted({edge for edge in turns if person.known_since < edge < DUSK})]
    last = max((contact.day for contact in contacts), default=None)
    sought = sorted({contact.day for contact in contacts if contact.sought}, reverse=True)
    line: list[Stretch] = []
    for start, end in zip(edges, [*edges[1:], DUSK], strict=True):
        cadence, has_role = cadence_on(max(start, person.known_since), person, table)
        if line and (line[-1].gap, line[-1].ceiling, line[-1].has_role) == (cadence.gap, cadence.ceiling, has_role):
            start = line.pop().starts_on
        line.append(stretch(start, end, cadence, has_role, person.known_since, last, sought, rules))
    return line


def stretch(
    start: date,
    end: date,
    cadence: Cadence,
    has_role: bool,
    known_since: date,
    last: date | None,
    sought: Sequence[date],
    rules: Rules,
) -> Stretch:
    """The days on which the states begin under one cadence; `sought` are distinct days, newest first."""
    gap, ceiling = cadence.gap, cadence.ceiling
    return Stretch(
        start,
        end,
        gap,
        ceiling,
        has_role,
        known_since,
        last,
        due_on=after(last, -(-gap * rules.due_percent // 100)) if last else None,
        stale_on=after(last or known_since, gap + 1),
        lost_on=after(last, gap * rules.lost_multiple + 1) if last else None,
        resting_until=after(sought[ceiling - 1], rules.window_days) if len(sought) >= ceiling else None,
        too_often_until=after(sought[ceiling], rules.window_days) if len(sought) > ceiling else None,
    )


def on(line: Iterable[Stretch], day: date) -> Stretch:
    """The stretch `day` falls in."""
    return next(s for s in line if s.starts_on <= day < s.ends_on or s.ends_on == day == DUSK)


class Counts(StrEnum):
    """When an activity type counts as contact."""

    ALWAYS = "always"
    ANSWERED = "answered"
    NEVER = "never"


@dataclass(frozen=True)
class Held:
    """A done interaction as one participant lived it."""

    day: date
    counts: Counts
    is_answered: bool
    head_count: int
    was_spoken_to: bool
    asked_by_them: bool
    is_service: bool


def contact_of(held: Held, rules: Rules) -> Contact | None:
    """The contact it is for that participant; None for unanswered mail, greetings, crowds without a word to them."""
    if held.counts == Counts.NEVER or (held.counts == Counts.ANSWERED and not held.is_answered):
        return None
    if held.head_count > rules.crowd and not held.was_spoken_to:
        return None
    return Contact(held.day, sought=not held.asked_by_them and not held.is_service)


def would_be_too_often(sought: Iterable[date], planned: date, ceiling: int, rules: Rules) -> bool:
    """Whether one more contact on `planned` exceeds the ceiling on any day whose window holds it."""
    days = sorted({*sought, planned})
    return any(
        0 <= (last - planned).days <= rules.window_days
        and sum(0 <= (last - day).days <= rules.window_days for day in days) > ceiling
        for last in days
    )
