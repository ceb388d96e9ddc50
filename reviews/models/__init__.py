"""Records of this app."""

from reviews.models.alert import Alert, AlertQuerySet
from reviews.models.notification import AlertPolicy, Notification

__all__ = ["Alert", "AlertPolicy", "AlertQuerySet", "Notification"]
