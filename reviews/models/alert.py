"""Alerts: one open per kind and subject, from when a rule starts to hold until it stops (domain 5)."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.calendar import Days, on_each_day
from accounts.models import Account
from records.history import Tracked
from records.models import Record, RecordQuerySet
from relationships.models import ContactRules, Interaction
from reviews.alert_rules import LINES, Kind, still_hold
from stakeholders.models import Stakeholder
from users.models import User


class AlertQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "AlertQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def open(self) -> "AlertQuerySet":
        """The rule held when the job last looked, whether or not somebody wants to see it now."""
        return self.present().filter(closed_on=None)

    def holding(self, days: Days, policy: ContactRules | None = None) -> "AlertQuerySet":
        """Open, and the rule holds still: what a page shows, since a visit may have been logged after the last run."""
        return self.open().filter(still_hold(days, policy or ContactRules.load()))

    def heard_of(self) -> "AlertQuerySet":
        """Those that are alerts, and not lines that somebody put off."""
        return self.exclude(kind__in=LINES)

    def waiting_now(self, days: Days) -> "AlertQuerySet":
        """Those that wait today, each at its account's own day: not dismissed, and not snoozed beyond it."""
        return self.heard_of().filter(on_each_day(days, lambda day: ~asleep(day)), dismissed_on=None)

    def snoozed_now(self, days: Days) -> "AlertQuerySet":
        """Those that sleep today, each at its account's own day."""
        return self.filter(on_each_day(days, asleep), dismissed_on=None)

    def dismissed(self) -> "AlertQuerySet":
        return self.filter(dismissed_on__isnull=False)

    def shut(self, day: date) -> "AlertQuerySet":
        """Dismissed, or snoozed beyond `day`."""
        return self.filter(asleep(day) | Q(dismissed_on__isnull=False))

    def of(self, user: User) -> "AlertQuerySet":
        """Those that go to this user as first responsible."""
        return self.filter(account__owner=user)


def asleep(day: date) -> Q:
    """Snoozed beyond `day`; false and not unknown where nobody snoozed, so that it can be turned round."""
    return Q(snoozed_until__isnull=False, snoozed_until__gt=day)


class Alert(Record):
    """A rule that holds for a subject; it closes itself, and shut by a person it stays shut until the rule stopped."""

    Kind = Kind

    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    account = models.ForeignKey(Account, models.CASCADE, related_name="alerts", verbose_name=_("account"))
    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, null=True, related_name="alerts", verbose_name=_("person")
    )
    interaction = models.ForeignKey(
        Interaction, models.CASCADE, null=True, related_name="alerts", verbose_name=_("interaction")
    )
    opened_on = models.DateField(_("since"))
    closed_on = models.DateField(_("closed"), null=True)
    snoozed_until = models.DateField(_("snoozed until"), null=True)
    dismissed_on = models.DateField(_("dismissed"), null=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    blocks_removal = False  # it closes itself when its subject goes
    objects = AlertQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "stakeholder"],
                condition=Q(closed_on=None, removed_at=None, stakeholder__isnull=False),
                name="alert_open_once_person",
            ),
            models.UniqueConstraint(
                fields=["kind", "interaction"],
                condition=Q(closed_on=None, removed_at=None, interaction__isnull=False),
                name="alert_open_once_interaction",
            ),
            models.CheckConstraint(
                condition=Q(stakeholder__isnull=False, interaction=None)
                | Q(stakeholder=None, interaction__isnull=False),
                name="alert_has_one_subject",
            ),
            models.CheckConstraint(condition=Q(dismissed_on=None) | ~Q(reason=""), name="alert_dismissed_with_reason"),
        ]
        indexes = [
            models.Index(fields=["account", "kind"], condition=Q(closed_on=None), name="alert_open_by_account"),
            models.Index(fields=["opened_on", "id"], condition=Q(closed_on=None), name="alert_open_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.stakeholder or self.interaction}"

    # Verbs

    def can_be_handled_by(self, user: User) -> bool:
        """The account's team and the managers above: what one of them decides holds for all of them."""
        return self.account.is_on_team(user)

    @property
    def is_shut(self) -> bool:
        """Out of sight today."""
        return self.dismissed_on is not None or (self.snoozed_until or date.min) > self.account.today()

    def snooze(self, until: date, *, by: User) -> None:
        """Out of sight until that day, for the whole account team."""
        if until <= self.account.today():
            raise ValidationError({"until": _("Choose a day to come.")})
        self.snoozed_until, self.dismissed_on, self.reason, self.handled_by = until, None, "", by
        self.keep(by=by, because="alert_snoozed")

    def dismiss(self, reason: str, *, by: User) -> None:
        """Out of sight until the rule has stopped and starts again; says why, for the whole account team."""
        reason = self._meta.get_field("reason").clean(reason.strip(), self)
        if not reason:
            raise ValidationError({"reason": _("Say why.")})
        self.dismissed_on, self.snoozed_until = self.account.today(), None
        self.reason, self.handled_by = reason, by
        self.keep(by=by, because="alert_dismissed")

    def wake(self, *, by: User) -> None:
        """Undo a snooze or a dismissal."""
        if self.snoozed_until is None and self.dismissed_on is None:
            return
        self.snoozed_until = self.dismissed_on = self.handled_by = None
        self.reason = ""
        self.keep(by=by, because="alert_woken")
