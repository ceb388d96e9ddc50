"""Days on which this installation works otherwise than the calendar says."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.models import Record, RecordQuerySet


class DayException(Record):
    """A holiday of one's own, or a day worked instead; administrators keep the list."""

    day = models.DateField(_("day"))
    is_workday = models.BooleanField(_("working day"), default=False)
    note = models.CharField(_("note"), max_length=120, blank=True)

    objects = RecordQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("exceptional day")
        verbose_name_plural = _("exceptional days")
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(removed_at=None),
                name="day_exception_once",
                violation_error_message=_("This day stands on the list already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.day)
