"""What an account may buy."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.competitor import Competitor
from accounts.search_key import sort_key
from accounts.upkeep import opportunities_turned
from pages.addresses import page_of
from records.fields import SortKeyField
from records.history import Tracked
from records.models import Record, RecordQuerySet
from users.models import User


class OpportunityQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "OpportunityQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def worked_by(self, user: User) -> "OpportunityQuerySet":
        """Those this user may change: on the account's team, or leading it."""
        return self.present().filter(account__in=Account.objects.worked_by(user))

    def restorable_by(self, user: User) -> "OpportunityQuerySet":
        """Those whose removal this user may undo, present ones too: undo may be pressed twice."""
        return self.filter(account__in=Account.objects.worked_by(user))

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
    value = models.DecimalField(
        _("value"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    expected_close_on = models.DateField(_("expected close"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    outcome_reason = models.CharField(_("why"), max_length=500, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    lost_to = models.ForeignKey(
        Competitor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lost to")
    )
    sort_key = SortKeyField(max_length=200, editable=False, default="")
    ends_on = models.DateField(editable=False, default=date.max)  # closed or expected to close, else never

    objects = OpportunityQuerySet.as_manager()
    history = Tracked(excluded_fields=["sort_key", "ends_on"])

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
        indexes = [
            models.Index(fields=["account", "closed_on"], name="opportunity_by_account"),
            models.Index(fields=["sort_key", "id"], condition=Q(removed_at=None), name="opportunity_by_name"),
            models.Index(fields=["ends_on", "id"], condition=Q(removed_at=None), name="opportunity_by_end"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("opportunities:detail", self.pk)

    @property
    def is_open(self) -> bool:
        return not self.outcome

    @property
    def worth(self) -> str:
        """Its value with the currency, without cents; empty while unknown."""
        return "" if self.value is None else f"{self.currency} {self.value:,.0f}"

    @property
    def in_short(self) -> str:
        """Domain, stage and value on one line."""
        return " · ".join(part for part in (self.business_domain, self.stage, self.worth) if part)

    def clean(self) -> None:
        """A currency is three letters; nothing is lost to anybody but when it is lost."""
        self.currency = self.currency.upper()
        if not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isalpha()):
            raise ValidationError({"currency": _("Three letters, such as CNY or EUR.")})
        if self.lost_to_id and self.outcome != self.Outcome.LOST:
            raise ValidationError({"lost_to": _("Only a lost opportunity was lost to somebody.")})

    # Verbs

    @classmethod
    def open(cls, account: Account, *, by: User | None, **values) -> "Opportunity":
        """The account may buy something."""
        opportunity = cls(account=account, **values)
        opportunity.derive()
        opportunity.full_clean()
        return opportunity.keep(by=by, because="opportunity_opened")

    def change(self, *, by: User | None, **values) -> None:
        """Change what is known of it."""
        for field, value in values.items():
            setattr(self, field, value)
        self.derive()
        self.full_clean()
        self.keep(by=by, because="opportunity_changed")

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
        self.derive()
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because=because)
            opportunities_turned([self.pk])

    def derive(self) -> None:
        """Fill the columns lists sort by."""
        self.sort_key = sort_key(self.name)
        self.ends_on = self.closed_on or self.expected_close_on or date.max

    def remove(self, *, by: User | None, because: str = "opportunity_removed") -> "Opportunity":
        """Take it out of sight; its roles make nobody a key person any more."""
        return self.judged_anew(super().remove, by=by, because=because)

    def restore(self, *, by: User | None, because: str = "opportunity_restored") -> "Opportunity":
        """Bring it back, and its roles with it."""
        return self.judged_anew(super().restore, by=by, because=because)

    def judged_anew(self, verb, *, by: User | None, because: str) -> "Opportunity":
        with transaction.atomic():
            verb(by=by, because=because)
            opportunities_turned([self.pk])
        return self
