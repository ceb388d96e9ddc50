"""My week: whom to see, and why, from the stored days of many apps; every list is bounded and each costs one query.

Lines come from `ContactState`, so a logged visit removes its people at once; alerts only add snooze and dismissal.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.calendar import Days, days_now, on_each_day
from accounts.models import Account
from relationships.awaited import awaited, awaited_of_all
from relationships.models import Action, ContactRules, ContactState, Interaction
from reviews.alert_rules import SILENCE, Kind
from reviews.quiet import shut
from stakeholders import care_days
from stakeholders.in_force import in_force
from stakeholders.models import CareDate, DecisionRole, Stakeholder
from users.models import User

MOST = 40
DAYS_AHEAD = 7


@dataclass(frozen=True)
class PersonLine:
    """A person on the list, with the days that put them there."""

    person: Stakeholder
    state: str
    days: int
    gap: int
    last_contact_on: date | None
    known_for: int
    roles: tuple[tuple[str, bool], ...]
    too_often_until: date | None = None
    ceiling: int = 0

    @property
    def owner(self) -> User:
        return self.person.account.owner


@dataclass(frozen=True)
class CareLine:
    """Somebody to think of, and when."""

    person: Stakeholder
    care_date: CareDate
    day: date


@dataclass(frozen=True)
class Reach:
    """Whose week is shown: the accounts in it, the colleague it is about (None: the team's), the days, and the rules
    by which they count."""

    accounts: QuerySet
    user: User | None
    days: Days
    policy: ContactRules
    is_everywhere: bool = False  # all accounts there are

    @property
    def today(self) -> date:
        """The reader's own day; rules use the account's."""
        return timezone.localdate()

    def on_each_day(self, condition: Callable[[date], Q], prefix: str = "account__") -> Q:
        """`condition(day)` for the rows of accounts where it is that day."""
        return on_each_day(self.days, condition, prefix)

    def states(self, condition) -> QuerySet:
        """Contact states of people who raise alerts, in the stretch of their account's day, `condition(day)` met."""
        here = self.on_each_day(lambda day: Q(starts_on__lte=day, ends_on__gt=day) & condition(day))
        return ContactState.objects.filter(here, account__in=self.accounts, raises_alerts=True)


def reach(user: User, *, team: bool) -> Reach:
    """The user's own accounts, or those of the teams they lead (an executive: all)."""
    if not team:
        return Reach(known(Account.objects.mine(user).active()), user, days_now(), ContactRules.load())
    accounts = Account.objects.visible_to(user).active()
    everywhere = user.sees_everything
    return Reach(accounts if everywhere else known(accounts), None, days_now(), ContactRules.load(), everywhere)


def known(accounts: QuerySet) -> QuerySet:
    """The same by their ids: where it cannot tell that they are few, PostgreSQL goes through everybody there is."""
    return Account.objects.filter(pk__in=list(accounts.values_list("pk", flat=True)))


# People ---------------------------------------------------------------------------------------------------------------


def gone_quiet(within: Reach) -> list[PersonLine]:
    """Stale, lost or never contacted: key persons first, then tier, then how far over."""
    states = within.states(lambda day: Q(stale_on__lte=day))
    return ranked(awake(states, within, SILENCE), "stale_on", within.days)


def due(within: Reach) -> list[PersonLine]:
    """Not quiet yet, and soon."""
    states = within.states(lambda day: Q(due_on__lte=day, stale_on__gt=day))
    return ranked(awake(states, within, [Kind.DUE]), "stale_on", within.days)


def too_often(within: Reach) -> list[PersonLine]:
    """Met more often than agreed: let them rest."""
    states = within.states(lambda day: Q(too_often_until__gte=day))
    resting = within.on_each_day(lambda day: Q(~shut(day, [Kind.TOO_OFTEN], within.policy)))
    return ranked(states.filter(resting), "too_often_until", within.days)


def awake(states: QuerySet, within: Reach, kinds: Collection[str]) -> QuerySet:
    """Without those somebody snoozed or dismissed, and those a planned contact holds back (rule 4.6)."""
    policy, soon = within.policy, awaited_of_all if within.is_everywhere else awaited
    return states.filter(within.on_each_day(lambda day: Q(~shut(day, kinds, policy)) & Q(~soon(day, policy))))


def ranked(states: QuerySet, furthest: str, days: Days) -> list[PersonLine]:
    """The first lines of the list, with role letters from one query."""
    rows = states.select_related("stakeholder__account__owner", "stakeholder__unit").order_by(
        "-stakeholder__is_key", "stakeholder__account__tier_rank", furthest, "stakeholder__sort_key", "stakeholder_id"
    )[:MOST]
    rows = list(rows)
    letters = letters_of([row.stakeholder_id for row in rows], days)
    return [line_of(row, letters[row.stakeholder_id]) for row in rows]


def line_of(row: ContactState, roles: tuple[tuple[str, bool], ...]) -> PersonLine:
    person = row.stakeholder
    today = person.account.today()
    since = row.last_contact_on or row.known_since
    return PersonLine(
        person,
        row.state(today).value,
        (today - since).days,
        row.gap,
        row.last_contact_on,
        (today - row.known_since).days,
        roles,
        row.too_often_until,
        row.ceiling,
    )


def letters_of(ids: Iterable[UUID], days: Days) -> dict[UUID, tuple[tuple[str, bool], ...]]:
    """Role letters in force with the primary one marked, A D S E I: those at the person's own account, which stands
    on the line; another one may be out of the reader's sight."""
    held: dict[UUID, dict[str, bool]] = defaultdict(dict)
    roles = DecisionRole.objects.filter(on_each_day(days, in_force), account=F("stakeholder__account"))
    roles = roles.filter(stakeholder__in=list(ids))
    for person, letter, is_primary in roles.values_list("stakeholder_id", "letter", "is_primary"):
        held[person][letter] = held[person].get(letter, False) or is_primary
    order = "ADSEI".index
    return defaultdict(
        tuple, {p: tuple(sorted(found.items(), key=lambda role: order(role[0]))) for p, found in held.items()}
    )


# Visits, steps, stubs, care ------------------------------------------------------------------------------------------


def interactions(within: Reach, condition: Q) -> QuerySet:
    """Interactions of the reach with what a line shows; two queries."""
    rows = Interaction.objects.present().filter(condition)
    if within.user:
        rows = rows.filter(account__in=Account.objects.visible_to(within.user)).attended_by(within.user)
    else:
        rows = rows.filter(account__in=within.accounts)
    return rows.select_related("account", "activity_type", "author").prefetch_related("participants__stakeholder")


def coming_visits(within: Reach) -> list[Interaction]:
    """Planned for today and the days ahead, as the account counts them."""
    ahead = within.on_each_day(lambda day: Q(held_on__range=(day, day + timedelta(days=DAYS_AHEAD))))
    planned = Q(state=Interaction.State.PLANNED) & ahead
    return list(interactions(within, planned).order_by("held_on", "starts_at", "id")[:MOST])


def missed_visits(within: Reach) -> list[Interaction]:
    """Planned for a day that is over: they stay until somebody says what happened."""
    over = within.on_each_day(lambda day: Q(held_on__lt=day))
    return list(interactions(within, Q(state=Interaction.State.PLANNED) & over).order_by("held_on", "id")[:MOST])


def unfinished(within: Reach) -> list[Interaction]:
    """Logged in a hurry, waiting for a note."""
    rows = interactions(within, Q(is_unfinished=True, state=Interaction.State.DONE))
    return list((rows.filter(author=within.user) if within.user else rows).order_by("-held_on", "id")[:MOST])


def next_steps(within: Reach) -> list[Action]:
    """Open steps, overdue ones first; one's own, or the team's."""
    rows = Action.objects.due_within(timedelta(days=DAYS_AHEAD), within.days)
    if within.user:
        rows = rows.filter(owner=within.user, account__in=Account.objects.visible_to(within.user))
    else:
        rows = rows.filter(account__in=within.accounts)
    return list(rows.select_related("account", "stakeholder", "owner").order_by("due_on", "id")[:MOST])


def care(within: Reach) -> list[CareLine]:
    """Birthdays and other care dates of the days ahead (domain 3)."""
    length = within.policy.care_days_ahead
    wanted = within.on_each_day(lambda day: kept_from(day, length), "stakeholder__account__")
    rows = CareDate.objects.filter(
        wanted, stakeholder__in=Stakeholder.objects.current().filter(account__in=within.accounts)
    ).select_related("stakeholder__account__owner")[:MOST]
    lines = [CareLine(row.stakeholder, row, day) for row in rows if (day := next_day_of(row))]
    return sorted(lines, key=lambda line: (line.day, line.person.sort_key))


def kept_from(day: date, length: int) -> Q:
    """Care dates of a day or of so many days after it."""
    signs = {sign for days in range(length + 1) for sign in care_days.falling_on(day + timedelta(days=days))}
    return reduce(or_, (Q(is_lunar=lunar, month=month, day=number) for lunar, month, number in signs))


def next_day_of(row: CareDate) -> date | None:
    return care_days.next_on(row.month, row.day, row.is_lunar, row.stakeholder.account.today())
