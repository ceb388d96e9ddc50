"""What a digest has told to whom, so that nobody hears the same thing twice."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.identity import new_id
from records.models import Policy
from reviews.models.alert import Alert
from users.models import User


class NotificationQuerySet(models.QuerySet):
    def claimable(self, lapsed: datetime) -> "NotificationQuerySet":
        """Not sent, and in nobody's hands: claimed never, or not since that moment."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lte=lapsed), sent_at=None)


class Notification(models.Model):
    """An alert that goes to a user's next digest: `claimed_at` says when a mail took it up, `sent_at` when it went."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey(Alert, models.CASCADE, related_name="notifications")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "user"], name="notification_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} → {self.user_id}"


class AlertPolicy(Policy):
    """The numbers of domain 5."""

    escalate_after_days = models.PositiveSmallIntegerField(_("also to the manager after open days"), default=14)

    history = Tracked()

    class Meta(Policy.Meta):
        verbose_name = _("alert policy")
        verbose_name_plural = _("alert policy")

    def change(self, *, by: User | None, **values) -> None:
        """Edit the numbers."""
        for field, value in values.items():
            setattr(self, field, value)
        self.full_clean()
        self.keep(by=by, because="alert_policy_changed")
