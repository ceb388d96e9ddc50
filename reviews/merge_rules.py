"""What becomes of alerts when two people prove to be one: one open alert a kind, told to each colleague once."""

from collections.abc import Hashable

from records.merging import MergeRule, Values
from reviews.models import Alert, Notification


def open_of_kind(alert: Alert) -> Hashable | None:
    return alert.kind if alert.closed_on is None and alert.removed_at is None else None


def one_alert(stands: Alert, comes: Alert) -> Values:
    """It has stood open since the first of them; what somebody decided about the one that stands holds."""
    return {"opened_on": min(stands.opened_on, comes.opened_on)}


def told_to(notice: Notification) -> Hashable:
    return notice.user_id


OF_PEOPLE = (MergeRule(Alert, "stakeholder", alike=open_of_kind, together=one_alert),)
OF_ACCOUNTS = (MergeRule(Alert, "account"),)
OF_ALERTS = (MergeRule(Notification, "alert", alike=told_to),)
