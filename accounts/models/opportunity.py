"""What an account may buy, and from whom else."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.upkeep import opportunities_turned
from records.history import Tracked
from records.models import Record, RecordQuerySet
from users.models import User


class CompetitorQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "CompetitorQuerySet":
        """The name of a competitor is no customer's secret."""
        return self.present()


class Competitor(Record):
    """Another supplier."""

    name = models.CharField(_("name"), max_length=120)
    other_names = models.CharField(_("other names"), max_length=300, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    objects = CompetitorQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("competitor")
        verbose_name_plural = _("competitors")
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(removed_at=None), name="competitor_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="competitor_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class OpportunityQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "OpportunityQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def open(self) -> "OpportunityQuerySet":
        return self.present().filter(outcome="")


class Opportunity(Record):
    """A purchase the account may make, in one business domain."""

    class Outcome(models.TextChoices):
        WON = "won", _("Won")
        LOST = "lost", _("Lost")
        DROPPED = "dropped", _("Dropped by the customer")

    account = models.ForeignKey(Account, models.CASCADE, related_name="opportunities", verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=200)
    business_domain = models.CharField(_("business domain"), max_length=120, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    expected_close_on = models.DateField(_("expected close"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    outcome_reason = models.CharField(_("why"), max_length=500, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    lost_to = models.ForeignKey(
        Competitor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lost to")
    )

    objects = OpportunityQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="opportunity_has_name"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "won", "lost", "dropped"]), name="opportunity_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_on=None) | (~Q(outcome="") & Q(closed_on__isnull=False)),
                name="opportunity_closed_with_outcome",
            ),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="opportunity_value_not_negative"),
        ]
        indexes = [models.Index(fields=["account", "closed_on"], name="opportunity_by_account")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return not self.outcome

    # Verbs

    def close(
        self, outcome: str, day: date, *, by: User | None, reason: str = "", lost_to: Competitor | None = None
    ) -> None:
        """It was decided on `day`; roles in it count on for a while (rule 4.6), then no more."""
        if self.outcome:
            raise ValidationError({"outcome": _("This opportunity is closed already.")})
        if day > self.account.today():
            raise ValidationError({"closed_on": _("This day is in the future.")})
        self.outcome, self.closed_on, self.outcome_reason, self.lost_to = outcome, day, reason, lost_to
        self.settle(by=by, because="opportunity_closed")

    def reopen(self, *, by: User | None) -> None:
        """It is open again, as if never closed."""
        self.outcome, self.closed_on, self.outcome_reason, self.lost_to = "", None, "", None
        self.settle(by=by, because="opportunity_reopened")

    def settle(self, *, by: User | None, because: str) -> None:
        """Keep it, and judge anew who holds a role in it."""
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because=because)
            opportunities_turned([self.pk])
