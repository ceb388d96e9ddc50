"""Influence of one person on another (rule 4.3)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account
from records.history import Tracked
from records.models import Record, RecordQuerySet
from stakeholders.in_force import in_force
from stakeholders.models.stakeholder import Stakeholder
from stakeholders.upkeep import people_changed
from users.models import User


class InfluenceQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "InfluenceQuerySet":
        """Both ends must be seen, or the edge would give the other one away."""
        people = Stakeholder.objects.visible_to(user)
        return self.present().filter(source__in=people, target__in=people)

    def on(self, day: date) -> "InfluenceQuerySet":
        """Edges in force that day."""
        return self.filter(in_force(day))


class Influence(Record):
    """A directed edge; separate from reporting lines, may cross units and accounts."""

    class Tone(models.TextChoices):
        POSITIVE = "positive", _("Positive")
        CONFLICT = "conflict", _("Conflict")

    class Nature(models.TextChoices):
        FORMAL_ADVICE = "formal_advice", _("Formal advice")
        PERSONAL = "personal", _("Personal")
        FORMER_COLLEAGUE = "former_colleague", _("Former colleague")
        FAMILY = "family", _("Family")
        OTHER = "other", _("Other")

    STRENGTHS = {
        1: pgettext_lazy("influence", "Slight"),
        2: pgettext_lazy("influence", "Clear"),
        3: pgettext_lazy("influence", "Strong"),
    }

    source = models.ForeignKey(Stakeholder, models.CASCADE, related_name="influences", verbose_name=_("from"))
    target = models.ForeignKey(Stakeholder, models.CASCADE, related_name="influenced_by", verbose_name=_("onto"))
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", editable=False, verbose_name=_("account"))
    strength = models.PositiveSmallIntegerField(_("strength"), default=1)
    tone = models.CharField(_("tone"), max_length=8, choices=Tone.choices, default=Tone.POSITIVE)
    nature = models.CharField(_("nature"), max_length=20, choices=Nature.choices, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    label_needs = ("source", "target")
    objects = InfluenceQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("influence")
        verbose_name_plural = _("influences")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "tone"], condition=Q(until=None, removed_at=None), name="influence_once"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="influence_not_onto_oneself"),
            models.CheckConstraint(condition=Q(strength__range=(1, 3)), name="influence_strength_range"),
            models.CheckConstraint(condition=Q(tone__in=["positive", "conflict"]), name="influence_tone_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="influence_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def strength_word(self) -> str:
        """The strength in a word."""
        return str(self.STRENGTHS[self.strength])

    def clean(self) -> None:
        """Nobody influences oneself; dates in order."""
        if self.source_id == self.target_id:
            raise ValidationError({"target": _("Nobody is their own influencer.")})
        if self.until and self.until < self.since:
            raise ValidationError({"until": _("It cannot end before it begins.")})

    @classmethod
    def draw(cls, source: Stakeholder, target: Stakeholder, *, by: User | None, **values) -> "Influence":
        """A new edge; it belongs to the account of the person influenced."""
        values.setdefault("since", target.account.today())
        edge = cls(source=source, target=target, account=target.account, **values)
        edge.check_once()
        edge.full_clean()
        with transaction.atomic():
            edge.keep(by=by, because="influence_drawn")
            people_changed([source.pk, target.pk])
        return edge

    def check_once(self) -> None:
        """One edge of a tone leads from one person to another; it is changed, not drawn twice."""
        same = Influence.objects.present().filter(source=self.source, target=self.target, tone=self.tone, until=None)
        if same.exclude(pk=self.pk).exists():
            told = {"source": self.source, "target": self.target}
            raise ValidationError(
                _("It is noted already that %(source)s influences %(target)s so: change it there.") % told
            )

    def change(self, *, by: User | None, **values) -> None:
        """Correct strength, tone, nature, note or the day it began."""
        for field, value in values.items():
            setattr(self, field, value)
        self.check_once()
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because="influence_changed")
            people_changed([self.source_id, self.target_id])

    def end(self, day: date, *, by: User | None) -> None:
        """The edge ends on `day`."""
        with transaction.atomic():
            self.until = max(day, self.since)
            self.keep(by=by, because="influence_ended")
            people_changed([self.source_id, self.target_id])

    def resume(self, until: date | None, *, by: User | None) -> None:
        """Undo an end: it lasts until `until` again."""
        self.until = until
        if until is None:
            self.check_once()
        self.full_clean()
        with transaction.atomic():
            self.keep(by=by, because="influence_resumed")
            people_changed([self.source_id, self.target_id])
