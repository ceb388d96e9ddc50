"""Why an alert stands, in a sentence that names the people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.calendar import where_it_is
from accounts.models import Account
from relationships.models import ContactRules, ContactState, Interaction
from reviews.alert_rules import Days, Kind
from reviews.models import Alert, AlertQuerySet
from users.models import User

NAMED = 3


@dataclass(frozen=True)
class Line:
    """An alert as a list shows it."""

    alert: Alert
    sentence: str
    may_change: bool = False

    @property
    def url(self) -> str:
        """The record behind it."""
        return (self.alert.stakeholder or self.alert.interaction).get_absolute_url()


def lines(alerts: Iterable[Alert], days: Days, reader: User | None = None) -> list[Line]:
    """The alerts with their reasons; the same few queries however many there are."""
    alerts = list(alerts)
    states = states_of({alert.stakeholder_id for alert in alerts if alert.stakeholder_id}, days)
    window = ContactRules.load().window_days
    worked = worked_accounts(alerts, reader)
    return [
        Line(alert, sentence(alert, states.get(alert.stakeholder_id), window), alert.account_id in worked)
        for alert in alerts
    ]


def worked_accounts(alerts: list[Alert], reader: User | None) -> set[UUID]:
    """The accounts among these whose alerts the reader may quiet."""
    if reader is None:
        return set()
    ids = {alert.account_id for alert in alerts}
    return set(Account.objects.worked_by(reader).filter(pk__in=ids).values_list("pk", flat=True))


def states_of(people: set[UUID], days: Days) -> dict[UUID, ContactState]:
    """Where each person stands today, at their account's own day."""
    today = reduce(or_, (where_it_is(zones) & Q(starts_on__lte=day, ends_on__gt=day) for day, zones in days.items()))
    return {row.stakeholder_id: row for row in ContactState.objects.filter(today, stakeholder__in=people)}


def sentence(alert: Alert, state: ContactState | None, window: int) -> str:
    """The reason in words."""
    if alert.kind == Kind.VISIT_UNANSWERED:
        return of_visit(alert.interaction)
    if state is None:  # rebuilt a moment ago: the rule no longer holds
        return f"{alert.stakeholder}: {alert.get_kind_display()}"
    if alert.kind == Kind.TOO_OFTEN:
        return of_crowding(alert.stakeholder.name, state, window)
    return of_silence(alert.stakeholder.name, state, alert.account.today())


def of_silence(name: str, state: ContactState, day: date) -> str:
    """For whom nobody of ours was in contact."""
    days = (day - (state.last_contact_on or state.known_since)).days
    told = {"name": name, "days": days, "gap": state.gap}
    if state.last_contact_on is None:
        text = ngettext(
            "%(name)s: never contacted, known for %(days)d day, %(gap)d agreed",
            "%(name)s: never contacted, known for %(days)d days, %(gap)d agreed", days,
        )  # fmt: skip
    else:
        text = ngettext(
            "%(name)s: no contact for %(days)d day, %(gap)d agreed",
            "%(name)s: no contact for %(days)d days, %(gap)d agreed", days,
        )  # fmt: skip
    return text % told


def of_crowding(name: str, state: ContactState, window: int) -> str:
    """Who was sought more often than agreed."""
    told = {"name": name, "ceiling": state.ceiling, "window": window, "day": short(state.too_often_until)}
    return _("%(name)s: more than %(ceiling)d contacts in %(window)d days, let them rest until %(day)s") % told


def of_visit(visit: Interaction) -> str:
    """What was planned and nobody said what became of it."""
    names = [row.stakeholder.name for row in visit.participants.all()]
    named = pgettext("between names", ", ").join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    told = {"activity": visit.activity_type, "names": named, "day": short(visit.held_on)}
    return _("%(activity)s with %(names)s, planned for %(day)s: what happened?") % told


def short(day: date | None) -> str:
    return date_format(day, "MONTH_DAY_FORMAT") if day else ""


def with_details(alerts: AlertQuerySet) -> AlertQuerySet:
    """The alerts with all that their sentences read."""
    return alerts.select_related(
        "account", "stakeholder", "interaction__activity_type", "handled_by"
    ).prefetch_related("interaction__participants__stakeholder")  # fmt: skip
