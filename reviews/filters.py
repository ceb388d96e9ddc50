"""What the list of alerts can be narrowed to."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.calendar import days_for, on_each_day
from accounts.choices import accounts_of
from accounts.models import Account
from pages.filters import AnyOfFilter, ListFilters, OneOfFilter, RecordFilter
from reviews.alert_rules import Kind
from reviews.models import AlertQuerySet
from users.choices import colleagues

SNOOZED, DISMISSED = "snoozed", "dismissed"
MINE, ALL = "mine", "all"


class AlertFilters(ListFilters):
    """What waits today: one's own, or of all one sees for whoever leads a team."""

    show = OneOfFilter(
        label=_("Show"),
        choices=[(SNOOZED, _("Snoozed")), (DISMISSED, _("Dismissed"))],
        usual=_("Waiting"),
        method="standing",
    )
    of = OneOfFilter(label=_("Whose"), choices=[(MINE, _("Mine")), (ALL, _("All I see"))], method="belonging")
    kind = AnyOfFilter("kind", label=_("Kind"), choices=Kind.choices)
    account = RecordFilter("account", label=_("Account"), choices=accounts_of)
    owner = RecordFilter("account__owner", label=_("First responsible"), choices=lambda reader: colleagues())
    older = OneOfFilter(
        label=_("Open for"),
        choices=[("7", _("more than a week")), ("14", _("more than two weeks")), ("30", _("more than 30 days"))],
        method="aged",
    )

    def filter_queryset(self, alerts: QuerySet) -> QuerySet:
        alerts = super().filter_queryset(alerts)
        if "of" not in self.asked and "owner" not in self.asked and not self.sees_more:
            alerts = self.belonging(alerts, "of", MINE)
        return alerts if "show" in self.asked else alerts.waiting_now(days_for(self.reader))

    @property
    def sees_more(self) -> bool:
        """Whoever leads a team or sees everything begins with all of it."""
        return self.reader.leads_a_team or self.reader.sees_everything

    def standing(self, alerts: AlertQuerySet, name: str, show: str) -> AlertQuerySet:
        return alerts.dismissed() if show == DISMISSED else alerts.snoozed_now(days_for(self.reader))

    def belonging(self, alerts: AlertQuerySet, name: str, whose: str) -> AlertQuerySet:
        if whose != MINE:
            return alerts
        return alerts.filter(account__in=Account.objects.mine(self.reader))

    def aged(self, alerts: AlertQuerySet, name: str, days: str) -> AlertQuerySet:
        def open_since(today: date) -> Q:
            return Q(opened_on__lt=today - timedelta(days=int(days)))

        return alerts.filter(on_each_day(days_for(self.reader), open_since))
