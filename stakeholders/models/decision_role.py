"""Decision roles: who approves, decides, supports, evaluates, influences (rule 4.1)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Opportunity
from records.history import Tracked
from records.models import Record, RecordQuerySet
from stakeholders.in_force import in_force
from stakeholders.models.policy import RolePower
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.upkeep import people_changed
from users.models import User


class DecisionRoleQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "DecisionRoleQuerySet":
        return self.present().filter(account__in=Account.objects.visible_to(user))

    def on(self, day: date) -> "DecisionRoleQuerySet":
        """Roles in force that day."""
        return self.filter(in_force(day))

    def lasting_beyond(self, day: date) -> "DecisionRoleQuerySet":
        """Roles that do not end by that day, begun or not."""
        return self.present().filter(Q(until=None) | Q(until__gt=day))

    def standing(self) -> "DecisionRoleQuerySet":
        """The account's own chain, beside every opportunity."""
        return self.filter(opportunity=None)


class DecisionRole(Record):
    """A role a person holds in an account's standing chain, or in one opportunity."""

    class Letter(models.TextChoices):
        APPROVER = "A", _("Approver")
        DECISION_MAKER = "D", _("Decision maker")
        SUPPORTER = "S", _("Supporter")
        EVALUATOR = "E", _("Technical evaluator")
        INFLUENCER = "I", _("Influencer")

    class Power(models.IntegerChoices):
        CONSULTED = 1, _("Consulted")
        STRONG_VOICE = 2, _("Strong voice")
        DECIDES = 3, _("Decides")

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="roles", verbose_name=_("person"))
    account = models.ForeignKey(Account, models.CASCADE, related_name="roles", verbose_name=_("account"))
    opportunity = models.ForeignKey(
        Opportunity, models.CASCADE, null=True, blank=True, related_name="roles", verbose_name=_("opportunity")
    )
    letter = models.CharField(_("role"), max_length=1, choices=Letter.choices)
    power = models.PositiveSmallIntegerField(_("power"), choices=Power.choices)
    is_primary = models.BooleanField(_("primary role"), default=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    label_needs = ("stakeholder",)
    objects = DecisionRoleQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("decision role")
        verbose_name_plural = _("decision roles")
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "account", "letter"],
                condition=Q(opportunity=None, until=None, removed_at=None),
                name="role_standing_once",
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "opportunity", "letter"],
                condition=Q(opportunity__isnull=False, until=None, removed_at=None),
                name="role_in_opportunity_once",
            ),
            models.CheckConstraint(condition=Q(letter__in=list("ADSEI")), name="role_letter_known"),
            models.CheckConstraint(condition=Q(power__range=(1, 3)), name="role_power_in_range"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="role_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "letter"], name="role_by_account"),
            models.Index(fields=["stakeholder"], name="role_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.stakeholder}"

    def clean(self) -> None:
        """Dates in order and not ahead of today; an opportunity of the same account."""
        if self.since and self.since > self.account.today():
            raise ValidationError({"since": _("This day is in the future.")})
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _("A role cannot end before it begins.")})
        if self.opportunity_id and self.opportunity.account_id != self.account_id:
            raise ValidationError({"opportunity": _("This opportunity belongs to another account.")})

    # Verbs

    @classmethod
    def assign(
        cls,
        stakeholder: Stakeholder,
        account: Account,
        letter: str,
        *,
        by: User | None,
        power: int | None = None,
        opportunity: Opportunity | None = None,
        since: date | None = None,
        is_primary: bool | None = None,
    ) -> "DecisionRole":
        """Give a role; without a power the policy's, and the first role of a chain is the primary one."""
        chain = cls.objects.filter(stakeholder=stakeholder, account=account, opportunity=opportunity).on(
            account.today()
        )
        role = cls(
            stakeholder=stakeholder,
            account=account,
            opportunity=opportunity,
            letter=letter,
            power=power or RolePower.table()[letter],
            since=since or account.today(),
            is_primary=not chain.exists() if is_primary is None else is_primary,
        )
        role.check_once()
        with transaction.atomic():
            if role.is_primary:
                role.demote_others(by=by)
            role.full_clean()
            role.keep(by=by, because="role_assigned")
            people_changed([stakeholder.pk])
        return role

    def check_once(self) -> None:
        """A role is held once in each chain."""
        same = DecisionRole.objects.present().filter(
            stakeholder=self.stakeholder,
            account=self.account,
            opportunity=self.opportunity,
            letter=self.letter,
            until=None,
        )
        if same.exists():
            raise ValidationError({"letter": _("%(name)s holds this role already.") % {"name": self.stakeholder}})

    def demote_others(self, *, by: User | None) -> None:
        """One role of a chain is primary: the others stop being it."""
        others = DecisionRole.objects.present().filter(
            stakeholder=self.stakeholder,
            account=self.account,
            opportunity=self.opportunity,
            is_primary=True,
            until=None,
        )
        for other in others.exclude(pk=self.pk):
            other.is_primary = False
            other.keep(by=by, because="role_changed")

    def change(self, *, by: User | None, **values) -> None:
        """Correct power, dates or the primary mark."""
        for field, value in values.items():
            setattr(self, field, value)
        with transaction.atomic():
            if self.is_primary:
                self.demote_others(by=by)
            self.full_clean()
            self.keep(by=by, because="role_changed")
            people_changed([self.stakeholder_id])

    def end(self, day: date, *, by: User | None) -> None:
        """The role ends on `day`, its first day not in force."""
        if day > self.account.today():
            raise ValidationError({"until": _("This day is in the future.")})
        self.until = day
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because="role_ended")
            people_changed([self.stakeholder_id])

    def withdraw(self, *, by: User | None) -> None:
        """It was a mistake, or the person had left by then: the role never was."""
        with transaction.atomic():
            self.remove(by=by, because="role_withdrawn")
            people_changed([self.stakeholder_id])
