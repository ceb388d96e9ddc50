"""The numbers of rule 4.6, in the database where administrators change them."""

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from records.history import Tracked
from records.models import Policy, Record, RecordQuerySet
from relationships.cadence import Cadence, Rules, Table
from stakeholders.recount import recount
from users.models import User


class CadencePolicy(Record):
    """The longest gap and the ceiling for a decision role (empty: none) at accounts of a tier."""

    letter = models.CharField(_("role"), max_length=1, blank=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Account.Tier.choices)
    gap_days = models.PositiveSmallIntegerField(_("longest gap, days"))
    ceiling = models.PositiveSmallIntegerField(_("most contacts in 30 days"))

    objects = RecordQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("cadence")
        verbose_name_plural = _("cadences")
        constraints = [
            models.UniqueConstraint(fields=["letter", "tier"], name="cadence_once"),
            models.CheckConstraint(condition=Q(letter__in=["", *"ADSEI"]), name="cadence_letter_known"),
            models.CheckConstraint(condition=Q(tier__in=["strategic", "key", "standard"]), name="cadence_tier_known"),
            models.CheckConstraint(condition=Q(gap_days__range=(1, 3650)), name="cadence_gap_range"),
            models.CheckConstraint(condition=Q(ceiling__range=(1, 31)), name="cadence_ceiling_range"),
        ]

    def __str__(self) -> str:
        return f"{self.letter or '–'} {self.get_tier_display()} {self.gap_days}/{self.ceiling}"

    @classmethod
    def table(cls) -> Table:
        """The whole table in one query."""
        rows = cls.objects.values_list("letter", "tier", "gap_days", "ceiling")
        return {(letter, tier): Cadence(gap, ceiling) for letter, tier, gap, ceiling in rows}

    def change(self, *, by: User | None, **values) -> None:
        """Edit one cell; `change_all` brings the contact states after."""
        for field, value in values.items():
            setattr(self, field, value)
        self.full_clean()
        self.keep(by=by, because="cadence_changed")

    @classmethod
    def change_all(cls, cells: Mapping["CadencePolicy", Mapping[str, int]], *, by: User | None) -> bool:
        """Edit several cells and judge everybody by them once; False when a job does the judging."""
        with transaction.atomic():
            for cell, values in cells.items():
                cell.change(by=by, **values)
            return recount() if cells else True


class ContactRules(Policy):
    """The other numbers of contact keeping."""

    due_percent = models.PositiveSmallIntegerField(_("due from percent of the gap"), default=80)
    lost_multiple = models.PositiveSmallIntegerField(_("lost beyond gaps"), default=2)
    window_days = models.PositiveSmallIntegerField(_("ceiling counts days"), default=30)
    role_tail_days = models.PositiveSmallIntegerField(_("a role counts after closing, days"), default=180)
    crowd = models.PositiveSmallIntegerField(_("a crowd is more than"), default=10)
    hold_back_days = models.PositiveSmallIntegerField(_("a planned contact holds alerts back for days"), default=14)
    care_days_ahead = models.PositiveSmallIntegerField(_("care dates appear days ahead"), default=7)

    history = Tracked()

    class Meta(Policy.Meta):
        verbose_name = _("contact rules")
        verbose_name_plural = _("contact rules")
        constraints = [
            *Policy.Meta.constraints,
            models.CheckConstraint(condition=Q(due_percent__range=(1, 100)), name="contact_rules_due_range"),
            models.CheckConstraint(condition=Q(lost_multiple__range=(1, 20)), name="contact_rules_lost_range"),
            models.CheckConstraint(condition=Q(window_days__range=(1, 366)), name="contact_rules_window_range"),
        ]

    @property
    def rules(self) -> Rules:
        """What the pure functions read."""
        return Rules(self.due_percent, self.lost_multiple, self.window_days, self.role_tail_days, self.crowd)

    def change(self, *, by: User | None, **values) -> bool:
        """Edit the numbers, and where contact states follow from them judge everybody anew; False when a job does."""
        before = type(self).objects.get(pk=self.pk).rules  # a form may have set the new ones in hand
        for field, value in values.items():
            setattr(self, field, value)
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because="contact_rules_changed")
            return self.rules == before or recount()
