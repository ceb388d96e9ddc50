"""Why an alert stands, in a sentence that names the people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.calendar import Days, on_each_day
from accounts.models import Account
from pages.days import day_in_words
from relationships.models import ContactRules, ContactState
from reviews.alert_rules import Kind
from reviews.models import Alert, AlertQuerySet
from users.models import User

NAMED = 3


@dataclass(frozen=True)
class Line:
    """An alert as a list shows it."""

    alert: Alert
    subject: str
    reason: str
    may_change: bool = False

    @property
    def sentence(self) -> str:
        """Both in one."""
        return _("%(name)s: %(reason)s") % {"name": self.subject, "reason": self.reason}

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
        Line(alert, subject(alert), reason(alert, states.get(alert.stakeholder_id), window), alert.account_id in worked)
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
    today = on_each_day(days, lambda day: Q(starts_on__lte=day, ends_on__gt=day))
    return {row.stakeholder_id: row for row in ContactState.objects.filter(today, stakeholder__in=people)}


def subject(alert: Alert) -> str:
    """Whom or what it is about: the person, or the visit with its people."""
    if alert.stakeholder:
        return alert.stakeholder.name
    names = [row.stakeholder.name for row in alert.interaction.participants.all()]
    named = pgettext("between names", ", ").join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    return _("%(activity)s with %(names)s") % {"activity": alert.interaction.activity_type, "names": named}


def reason(alert: Alert, state: ContactState | None, window: int) -> str:
    """What is wrong, in words."""
    today = alert.account.today()
    if alert.kind == Kind.VISIT_UNANSWERED:
        return _("planned for %(day)s, what happened?") % {"day": day_in_words(alert.interaction.held_on, today)}
    if state is None:  # rebuilt a moment ago: the rule no longer holds
        return alert.get_kind_display()
    if alert.kind == Kind.TOO_OFTEN:
        return of_crowding(state, window, today)
    return of_silence(state, today)


def of_silence(state: ContactState, today: date) -> str:
    """How long nobody of ours was in contact."""
    days = (today - (state.last_contact_on or state.known_since)).days
    if state.last_contact_on is None:
        text = ngettext(
            "never contacted, known for %(days)d day, %(gap)d agreed",
            "never contacted, known for %(days)d days, %(gap)d agreed", days,
        )  # fmt: skip
    else:
        text = ngettext(
            "no contact for %(days)d day, %(gap)d agreed", "no contact for %(days)d days, %(gap)d agreed", days
        )
    return text % {"days": days, "gap": state.gap}


def of_crowding(state: ContactState, window: int, today: date) -> str:
    """How much more often than agreed somebody was sought."""
    until = day_in_words(state.too_often_until or today, today)
    told = {"ceiling": state.ceiling, "window": window, "day": until}
    return _("more than %(ceiling)d contacts in %(window)d days, let them rest until %(day)s") % told


def with_details(alerts: AlertQuerySet) -> AlertQuerySet:
    """The alerts with all that their sentences read."""
    return alerts.select_related(
        "account", "stakeholder", "interaction__activity_type", "handled_by"
    ).prefetch_related("interaction__participants__stakeholder")  # fmt: skip
