"""Where people stand toward us and our competitors in an opportunity."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Competitor, Contender, Opportunity
from records.history import Tracked
from records.models import Policy, Record, RecordQuerySet
from relationships.support import HIGHEST, LOWEST, Limits
from stakeholders.chain import DECIDING
from stakeholders.models import RolePower, Stakeholder
from users.models import User


class StanceQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "StanceQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def oldest_first(self) -> "StanceQuerySet":
        """So that the last one of a person toward a supplier is the one that holds."""
        return self.order_by("on", "created_at", "pk")


class Stance(Record):
    """A judgement of one person toward one supplier; nothing is overwritten, the latest holds."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", editable=False, verbose_name=_("account"))
    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="stances", verbose_name=_("opportunity"))
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="stances", verbose_name=_("person"))
    competitor = models.ForeignKey(
        Competitor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competitor")
    )
    value = models.SmallIntegerField(_("stance"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    on = models.DateField(_("day"))
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False, verbose_name=_("author")
    )

    label_needs = ("stakeholder", "competitor")
    objects = StanceQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        constraints = [
            models.CheckConstraint(condition=Q(value=None) | Q(value__range=(LOWEST, HIGHEST)), name="stance_in_range")
        ]
        indexes = [models.Index(fields=["opportunity", "stakeholder", "on"], name="stance_by_opportunity")]

    def __str__(self) -> str:
        return f"{self.stakeholder} → {self.competitor or _('us')}: {self.shown}"

    @property
    def shown(self) -> str:
        """The value with its sign, a question mark for unknown."""
        return "?" if self.value is None else f"{self.value:+d}".replace("+0", "0").replace("-", "−")

    def clean(self) -> None:
        """−2 to 2 or unknown, not ahead of today, toward us or somebody who takes part."""
        if self.value is not None and not LOWEST <= self.value <= HIGHEST:
            raise ValidationError({"value": _("A stance is −2, −1, 0, 1 or 2, or ? for unknown.")})
        if self.on and self.on > self.account.today():
            raise ValidationError({"on": _("This day is in the future.")})
        takes_part = Contender.objects.present().filter(opportunity=self.opportunity, competitor=self.competitor)
        if self.competitor_id and not takes_part.exists():
            raise ValidationError({"competitor": _("%(name)s does not take part here.") % {"name": self.competitor}})

    @classmethod
    def judge(
        cls,
        opportunity: Opportunity,
        stakeholder: Stakeholder,
        competitor: Competitor | None,
        value: int | None,
        *,
        by: User | None,
        note: str = "",
        on: date | None = None,
    ) -> "Stance":
        """From `on` this person stands so toward the competitor, toward us where none is named; None is unknown."""
        stance = cls(
            account=opportunity.account,
            opportunity=opportunity,
            stakeholder=stakeholder,
            competitor=competitor,
            value=value,
            note=note,
            on=on or opportunity.account.today(),
            author=by,
        )
        stance.full_clean()
        return stance.keep(by=by, because="stance_judged")


class SupportRules(Policy):
    """The numbers of an opportunity's support (rule 4.11)."""

    fresh_days = models.PositiveSmallIntegerField(_("a stance is known for days"), default=180)
    win_from_power = models.PositiveSmallIntegerField(_("people to win have a power of at least"), default=2)

    history = Tracked()

    class Meta(Policy.Meta):
        verbose_name = _("support rules")
        verbose_name_plural = _("support rules")
        constraints = [
            *Policy.Meta.constraints,
            models.CheckConstraint(condition=Q(fresh_days__range=(1, 3650)), name="support_rules_days_range"),
            models.CheckConstraint(condition=Q(win_from_power__range=(1, 3)), name="support_rules_power_range"),
        ]

    @property
    def limits(self) -> Limits:
        """What the pure functions read; a vacant seat weighs what its role does."""
        powers = RolePower.table()
        return Limits(self.fresh_days, {letter: powers[letter] for letter in DECIDING}, self.win_from_power)

    def change(self, *, by: User | None, **values) -> None:
        """Edit the numbers; pages judge by them at once."""
        for field, value in values.items():
            setattr(self, field, value)
        self.full_clean()
        self.keep(by=by, because="support_rules_changed")
