"""What kinds of contact there are; administrators edit them."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.models import Labelled, Record, RecordQuerySet
from relationships.cadence import Counts
from stakeholders.recount import recount
from users.models import User


class ActivityTypeQuerySet(RecordQuerySet):
    def offered(self) -> "ActivityTypeQuerySet":
        """The buttons of the log page, in their order."""
        return self.present().filter(is_offered=True).order_by("place", "id")


class ActivityType(Labelled, Record):
    """A kind of activity: how it counts, and the checklist that planning one copies (rule 4.17)."""

    class CountsAs(models.TextChoices):
        ALWAYS = Counts.ALWAYS.value, _("Counts as contact")
        ANSWERED = Counts.ANSWERED.value, _("Counts when answered")
        NEVER = Counts.NEVER.value, _("Does not count")

    place = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "place"), default=100)
    counts = models.CharField(_("as contact"), max_length=10, choices=CountsAs.choices, default=CountsAs.ALWAYS)
    is_key_action = models.BooleanField(_("key action"), default=False)
    is_face_to_face = models.BooleanField(_("face to face"), default=True)
    is_service = models.BooleanField(
        _("support or delivery work"), default=False, help_text=_("Never adds to “too often”.")
    )
    is_offered = models.BooleanField(_("offered"), default=True)
    checklist_en = models.TextField(_("checklist in English"), blank=True, help_text=_("One item a line."))
    checklist_zh = models.TextField(_("checklist in Chinese"), blank=True, help_text=_("One item a line."))

    objects = ActivityTypeQuerySet.as_manager()
    history = Tracked()

    class Meta(Labelled.Meta):
        verbose_name = _("activity type")
        verbose_name_plural = _("activity types")
        constraints = [
            *Labelled.Meta.constraints,
            models.CheckConstraint(
                condition=Q(counts__in=["always", "answered", "never"]), name="activity_type_counts_known"
            ),
        ]

    @property
    def checklist(self) -> list[str]:
        """Its items in the reader's language, else in the other."""
        zh_first = (get_language() or "").startswith("zh")
        texts = (self.checklist_zh, self.checklist_en) if zh_first else (self.checklist_en, self.checklist_zh)
        return [line.strip() for line in (texts[0] or texts[1]).splitlines() if line.strip()]

    @classmethod
    def add(cls, *, by: User | None, **values) -> "ActivityType":
        """A new kind of activity."""
        kind = cls(**values)
        kind.full_clean()
        kind.keep(by=by, because="activity_type_added")
        return kind

    def change(self, *, by: User | None, **values) -> bool:
        """Edit it; when it counts differently, people are judged anew: False when a job does that.

        Whether one was support or delivery work stands on the interaction itself: what was logged stays as it was.
        """
        before = type(self).objects.get(pk=self.pk).counts  # a form may have set the new one in hand
        for field, value in values.items():
            setattr(self, field, value)
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because="activity_type_changed")
            return self.counts == before or recount()
