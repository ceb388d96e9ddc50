"""What lists and files know of alerts."""

from django.utils.translation import gettext_lazy as _

from records.record_types import Column, Kind, RecordType, Row
from reviews.models import Alert


def kind(row: Row) -> str:
    return dict(Alert.Kind.choices).get(row["kind"], row["kind"])


# The list adds subject and reason to its rows: a sentence that names the people.
ALERTS = RecordType(
    name="alerts",
    label=_("Alerts"),
    model=Alert,
    columns=(
        Column("subject", _("Whom it is about"), is_read=False),
        Column("kind", _("Kind"), Kind.CHOICE, choices=Alert.Kind, told=kind, is_read=False),
        Column("why", _("Reason"), is_read=False),
        Column("account", _("Account"), Kind.RECORD, needs=("account__name",), is_read=False),
        Column("owner", _("First responsible"), Kind.RECORD, needs=("account__owner__full_name",), is_read=False),
        Column("opened_on", _("Since"), Kind.DAY, order=("opened_on", "id"), is_read=False),
        Column("snoozed_until", _("Snoozed until"), Kind.DAY, is_read=False),
        Column("dismissed_on", _("Dismissed"), Kind.DAY, is_read=False),
        Column("reason", _("Dismissed because"), is_read=False),
        Column("handled_by", _("By"), Kind.RECORD, needs=("handled_by__full_name",), is_read=False),
    ),
)
