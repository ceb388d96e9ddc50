"""Days to think of a person: birthdays by either calendar, certificates, promotions, anniversaries."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.models import Part
from stakeholders import care_days


class CareDate(Part):
    """A yearly day of care (domain 3), by the solar or the lunar calendar; the year is kept where it is known."""

    class Kind(models.TextChoices):
        BIRTHDAY = "birthday", _("Birthday")
        CERTIFICATE = "certificate", _("Certificate")
        PROMOTION = "promotion", _("Promotion")
        ANNIVERSARY = "anniversary", _("Anniversary")

    stakeholder = models.ForeignKey(
        "stakeholders.Stakeholder", models.CASCADE, related_name="care_dates", verbose_name=_("person")
    )
    kind = models.CharField(_("occasion"), max_length=12, choices=Kind.choices, default=Kind.BIRTHDAY)
    is_lunar = models.BooleanField(_("lunar calendar"), default=False)
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    SAYS = ("kind", "is_lunar", "month", "day", "year", "note")

    part_of = "stakeholder"
    history = Tracked()

    class Meta:
        verbose_name = _("care date")
        verbose_name_plural = _("care dates")
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="care_date_month_range"),
            models.CheckConstraint(condition=Q(day__range=(1, 31)), name="care_date_day_range"),
            models.CheckConstraint(
                condition=Q(kind__in=["birthday", "certificate", "promotion", "anniversary"]),
                name="care_date_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.month}-{self.day}"

    def clean(self) -> None:
        """Refuse a day no year has."""
        if self.month and self.day and not care_days.exists(self.month, self.day, self.is_lunar):
            raise ValidationError({"day": _("There is no such day.")})

    def says_the_same(self, other: "CareDate") -> bool:
        """Whether both name the same occasion on the same day with the same words."""
        return all(getattr(self, name) == getattr(other, name) for name in self.SAYS)

    def next_on(self, today: date) -> date | None:
        """When it comes round next."""
        return care_days.next_on(self.month, self.day, self.is_lunar, today)
