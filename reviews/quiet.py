"""Who is out of sight: people whose alert somebody snoozed or dismissed, for the whole account team (domain 5)."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from reviews.models import Alert

SILENCE = (Alert.Kind.STALE, Alert.Kind.LOST, Alert.Kind.NEVER)


def shut(day: date, kinds: Collection[str] = SILENCE, person: str = "stakeholder") -> Exists:
    """True for rows whose `person` column names somebody with an open alert that is snoozed beyond `day` or dismissed."""
    away = Q(snoozed_until__gt=day) | Q(dismissed_on__isnull=False)
    return Exists(Alert.objects.open().filter(away, stakeholder=OuterRef(person), kind__in=list(kinds)))
