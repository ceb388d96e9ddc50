"""Parts of an interaction: who of theirs, who of ours, and its checklist."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.models import Part
from stakeholders.models import Stakeholder


class Participant(Part):
    """A person of the customer who took part, or shall."""

    interaction = models.ForeignKey("relationships.Interaction", models.CASCADE, related_name="participants")
    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="participations", verbose_name=_("person")
    )
    was_spoken_to = models.BooleanField(_("was spoken to"), default=False)

    part_of = "interaction"
    history = Tracked()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint(fields=["interaction", "stakeholder"], name="participant_once")]

    def __str__(self) -> str:
        return str(self.stakeholder)


class Colleague(Part):
    """One of ours who took part, or shall."""

    interaction = models.ForeignKey("relationships.Interaction", models.CASCADE, related_name="colleagues")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances", verbose_name=_("colleague")
    )

    part_of = "interaction"
    history = Tracked()

    class Meta:
        verbose_name = _("colleague")
        verbose_name_plural = _("colleagues")
        constraints = [models.UniqueConstraint(fields=["interaction", "user"], name="colleague_once")]

    def __str__(self) -> str:
        return str(self.user)


class ChecklistItem(Part):
    """A point to prepare or see to, copied from the activity type when the interaction was planned (rule 4.17)."""

    interaction = models.ForeignKey("relationships.Interaction", models.CASCADE, related_name="checklist")
    place = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("item"), max_length=300)
    is_done = models.BooleanField(_("done"), default=False)

    part_of = "interaction"
    history = Tracked()

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist")

    def __str__(self) -> str:
        return self.text
