"""When an alert holds: one definition per kind, read by the job that opens and closes alerts and by every page.

A rule is a queryset of the subjects it holds for on a day. The days stand in `ContactState`, so nothing is judged
here but which of them have come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.calendar import Days
from accounts.models import Account
from relationships.awaited import awaited
from relationships.models import ContactRules, ContactState, Interaction


class Kind(models.TextChoices):
    STALE = "stale", _("Gone quiet")
    LOST = "lost", _("Lost touch")
    NEVER = "never", _("Never contacted")
    TOO_OFTEN = "too_often", _("Too often")
    VISIT_UNANSWERED = "visit_unanswered", _("Planned visit unanswered")
    DUE = "due", _("Due soon")


SILENCE = (Kind.STALE, Kind.LOST, Kind.NEVER)
# Lines of My week that are no alerts: a row of theirs says that somebody put one off, and nobody hears of it.
LINES = (Kind.DUE,)


@dataclass(frozen=True)
class Rule:
    """A kind of alert: the column that names its subject in an alert, the one in the rows, and the rows themselves."""

    kind: Kind
    subject: str
    key: str
    rows: Callable[[date, ContactRules], QuerySet]

    def holds(self, day: date, policy: ContactRules) -> Exists:
        """Whether it holds on a day for the subject of an alert, at the alert's own account."""
        same = {self.key: OuterRef(f"{self.subject}_id"), "account": OuterRef("account")}
        return Exists(self.rows(day, policy).filter(**same))


def people(day: date) -> QuerySet:
    """Everybody who raises alerts, with the stretch the day falls in."""
    here = {"stakeholder__removed_at": None, "stakeholder__has_left": False}
    return ContactState.objects.on(day).filter(raises_alerts=True, **here)


def silent(day: date, policy: ContactRules) -> QuerySet:
    """Longer without contact than agreed, and none planned soon."""
    return people(day).filter(stale_on__lte=day).filter(~awaited(day, policy))


def stale(day: date, policy: ContactRules) -> QuerySet:
    return silent(day, policy).filter(last_contact_on__isnull=False, lost_on__gt=day)


def lost(day: date, policy: ContactRules) -> QuerySet:
    return silent(day, policy).filter(lost_on__lte=day)


def never(day: date, policy: ContactRules) -> QuerySet:
    return silent(day, policy).filter(last_contact_on=None)


def due(day: date, policy: ContactRules) -> QuerySet:
    """Not silent yet, and soon."""
    return people(day).filter(due_on__lte=day, stale_on__gt=day).filter(~awaited(day, policy))


def too_often(day: date, policy: ContactRules) -> QuerySet:
    return people(day).filter(too_often_until__gte=day)


def visit_unanswered(day: date, policy: ContactRules) -> QuerySet:
    """The day after (domain 5)."""
    return Interaction.objects.unanswered(day)


OF_PEOPLE = (
    Rule(Kind.STALE, "stakeholder", "stakeholder_id", stale),
    Rule(Kind.LOST, "stakeholder", "stakeholder_id", lost),
    Rule(Kind.NEVER, "stakeholder", "stakeholder_id", never),
    Rule(Kind.TOO_OFTEN, "stakeholder", "stakeholder_id", too_often),
    Rule(Kind.DUE, "stakeholder", "stakeholder_id", due),
)
OF_INTERACTIONS = (Rule(Kind.VISIT_UNANSWERED, "interaction", "pk", visit_unanswered),)
RULES = (*OF_PEOPLE, *OF_INTERACTIONS)


def kind_of_silence(day: date) -> Case:
    """Which of the three a silent row is: each is one of them, so that one look opens all."""
    return Case(
        When(last_contact_on=None, then=Value(Kind.NEVER.value)),
        When(lost_on__lte=day, then=Value(Kind.LOST.value)),
        default=Value(Kind.STALE.value),
        output_field=CharField(),
    )


@dataclass(frozen=True)
class Opening:
    """What one statement opens: the rows, and of which kind an alert each of them becomes."""

    kinds: tuple[Kind, ...]
    rows: Callable[[date, ContactRules], QuerySet]
    kind: Callable[[date], Case | Value]


def alone(kind: Kind, rows: Callable[[date, ContactRules], QuerySet]) -> Opening:
    """All of one kind."""
    return Opening((kind,), rows, lambda day: Value(kind.value))


@dataclass(frozen=True)
class Matter:
    """What alerts are about: the column that names it in an alert, the one in the rows, and how they open and close."""

    subject: str
    key: str
    rules: tuple[Rule, ...]
    openings: tuple[Opening, ...]

    def hold(self, day: date, policy: ContactRules) -> Q:
        """Alerts whose rule holds on a day."""
        return reduce(or_, (Q(rule.holds(day, policy), kind=rule.kind) for rule in self.rules))


PEOPLE = Matter(
    "stakeholder",
    "stakeholder_id",
    OF_PEOPLE,
    (Opening(SILENCE, silent, kind_of_silence), alone(Kind.TOO_OFTEN, too_often), alone(Kind.DUE, due)),
)
INTERACTIONS = Matter("interaction", "pk", OF_INTERACTIONS, (alone(Kind.VISIT_UNANSWERED, visit_unanswered),))


def accounts_in(zones: list[str]) -> QuerySet:
    """The accounts that count (rule 4.0) in these time zones."""
    return Account.objects.present().active().filter(time_zone__in=zones)


def still_hold(days: Days, policy: ContactRules) -> Q:
    """Alerts whose rule holds today, each at its account's own day."""
    return reduce(or_, (holds_on(day, policy, accounts_in(zones)) for day, zones in days.items()))


def holds_on(day: date, policy: ContactRules, accounts: QuerySet) -> Q:
    """Alerts of these accounts whose rule holds on a day."""
    return Q(account__in=accounts) & reduce(or_, (Q(rule.holds(day, policy), kind=rule.kind) for rule in RULES))
