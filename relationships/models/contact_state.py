"""The stored days on which a person's contact state changes (rule 4.6)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.models import Account
from relationships import cadence
from stakeholders.models import Stakeholder
from users.models import User


class ContactStateQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ContactStateQuerySet":
        return self.filter(account__in=Account.objects.visible_to(user))

    def on(self, day: date) -> "ContactStateQuerySet":
        """One row per person: the stretch `day` falls in."""
        return self.filter(starts_on__lte=day, ends_on__gt=day)

    def gone_quiet(self, day: date) -> "ContactStateQuerySet":
        """Stale, lost or never contacted on `day`."""
        return self.on(day).filter(stale_on__lte=day)

    def due(self, day: date) -> "ContactStateQuerySet":
        """Due, and not stale yet."""
        return self.on(day).filter(due_on__lte=day, stale_on__gt=day)

    def too_often(self, day: date) -> "ContactStateQuerySet":
        return self.on(day).filter(too_often_until__gte=day)


class ContactState(models.Model):
    """A stretch of days under one cadence. Derived: rebuilt by `relationships.contact_state`, never edited.

    It is a function of records and policy and never of today; nobody who has left has one.
    """

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="contact_states")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    gap = models.PositiveSmallIntegerField()
    ceiling = models.PositiveSmallIntegerField()
    has_role = models.BooleanField()
    raises_alerts = models.BooleanField()
    known_since = models.DateField()
    last_contact_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    stale_on = models.DateField()
    lost_on = models.DateField(null=True)
    resting_until = models.DateField(null=True)
    too_often_until = models.DateField(null=True)

    objects = ContactStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stakeholder", "starts_on"], name="contact_state_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="contact_state_has_days"),
        ]
        indexes = [
            models.Index(fields=["account", "stale_on"], name="contact_state_by_account"),
            models.Index(Coalesce("last_contact_on", "known_since"), "stakeholder", name="contact_state_by_silence"),
            models.Index(fields=["stale_on"], condition=Q(raises_alerts=True), name="contact_state_stale"),
            models.Index(
                fields=["too_often_until"], condition=Q(too_often_until__isnull=False), name="contact_state_too_often"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} {self.starts_on}"

    @property
    def stretch(self) -> cadence.Stretch:
        """The same facts as the pure functions read them."""
        names = cadence.Stretch.__dataclass_fields__
        return cadence.Stretch(**{name: getattr(self, name) for name in names})

    def state(self, day: date) -> cadence.State:
        """How the silence reads on `day`."""
        return self.stretch.state(day)
