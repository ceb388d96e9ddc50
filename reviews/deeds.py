"""What can be done to alerts in their list, to many at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from pages.forms import DayInput
from records.deeds import Asked, Deed, DeedForm
from records.record_types import Text
from reviews.models import Alert
from users.models import User


class QuietenForm(DeedForm):
    """Whoever quiets an alert is named with it."""

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"handled_by": self.reader}


class SnoozeManyForm(QuietenForm):
    snoozed_until = forms.DateField(label=_("Snooze until"), widget=DayInput)


class DismissManyForm(QuietenForm):
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Your team reads this."))


def worked(alerts: QuerySet, user: User) -> QuerySet:
    """The account's team's, and the managers' above."""
    return alerts.filter(account__in=Account.objects.worked_by(user).values("pk"))


def snoozed(alert: Alert, asked: Asked) -> dict[str, Any]:
    return {"dismissed_on": None, "reason": "", **asked}


def too_soon(alerts: Sequence[Alert], asked: Asked) -> dict[UUID, Text]:
    """A day to come, at each account."""
    until: date = asked["snoozed_until"]
    return {alert.pk: _("Choose a day to come.") for alert in alerts if until <= alert.account.today()}


def dismissed(alert: Alert, asked: Asked) -> dict[str, Any]:
    return {"dismissed_on": alert.account.today(), "snoozed_until": None, **asked}


ALERT_DEEDS = (
    Deed("snooze", _("Snooze"), SnoozeManyForm, snoozed, worked, objections=too_soon, needs=("account",)),
    Deed("dismiss", _("Dismiss"), DismissManyForm, dismissed, worked, needs=("account",)),
)
