"""Numbers of rules 4.1 and 4.2, kept in the database where administrators change them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.models import Policy, Record, RecordQuerySet


class KeyPersonPolicy(Policy):
    """Rule 4.2."""

    min_influence_strength = models.PositiveSmallIntegerField(
        _("influence counts from strength"),
        default=2,
        help_text=_("An edge of this strength onto an executive or a holder of A, D or E makes a key person."),
    )
    confirm_within_days = models.PositiveSmallIntegerField(
        _("key status holds for days"), default=180, help_text=_("After that somebody should confirm who is key.")
    )

    history = Tracked()

    class Meta(Policy.Meta):
        verbose_name = _("key person policy")
        verbose_name_plural = _("key person policy")
        constraints = [
            *Policy.Meta.constraints,
            models.CheckConstraint(condition=Q(min_influence_strength__range=(1, 3)), name="key_policy_strength_range"),
            models.CheckConstraint(condition=Q(confirm_within_days__range=(1, 3650)), name="key_policy_days_range"),
        ]


class RolePower(Record):
    """The power a decision role has when none is given (rule 4.1)."""

    letter = models.CharField(_("role"), max_length=1)
    power = models.PositiveSmallIntegerField(_("power"))

    objects = RecordQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("power of a role")
        verbose_name_plural = _("power of roles")
        constraints = [
            models.UniqueConstraint(fields=["letter"], name="role_power_once"),
            models.CheckConstraint(condition=Q(letter__in=list("ADSEI")), name="role_power_letter_known"),
            models.CheckConstraint(condition=Q(power__range=(1, 3)), name="role_power_range"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.power}"

    @classmethod
    def table(cls) -> dict[str, int]:
        """Letter → power, the five of them in one query."""
        return dict(cls.objects.values_list("letter", "power"))
