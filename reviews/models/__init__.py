"""Records of this app."""

from reviews.models.alert import Alert, AlertQuerySet
from reviews.models.notification import AlertPolicy, Notification
from reviews.models.workday import DayException

__all__ = ["Alert", "AlertPolicy", "AlertQuerySet", "DayException", "Notification"]
