"""Other suppliers."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.models import Record, RecordQuerySet
from users.models import Team, User


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

    def clean(self) -> None:
        """We compete with others: refuse what one of our own teams is called."""
        if Team.objects.present().filter(name__iexact=self.name).exists():
            raise ValidationError({"name": _("“%(name)s” is one of our own teams.") % {"name": self.name}})

    @classmethod
    def named(cls, name: str, *, by: User | None) -> "Competitor":
        """The one that goes by this name, however it is capitalised; a new one where nobody does."""
        known = cls.objects.present().filter(name__iexact=name).order_by("pk").first()
        if known is not None:
            return known
        competitor = cls(name=name)
        competitor.full_clean()
        return competitor.keep(by=by, because="competitor_added")
