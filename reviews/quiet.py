"""Who is out of sight: people whose alert somebody snoozed or dismissed, for the whole account team (domain 5)."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from relationships.models import ContactRules
from reviews.alert_rules import OF_PEOPLE
from reviews.models import Alert


def shut(day: date, kinds: Collection[str], policy: ContactRules, person: str = "stakeholder") -> Exists:
    """True for rows whose `person` column names somebody with an alert that is snoozed beyond `day` or dismissed.

    An alert whose rule has stopped meanwhile shuts nobody: who fell from *stale* to *lost* comes up again at once
    and not with the next run.
    """
    rules = [rule for rule in OF_PEOPLE if rule.kind in kinds]
    holds = reduce(or_, (Q(rule.holds(day, policy), kind=rule.kind) for rule in rules))
    return Exists(Alert.objects.open().shut(day).filter(holds, stakeholder=OuterRef(person)))
