"""Who has gone from which account, since which day (rules 4.0, 4.19): whoever left counts nowhere there."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from stakeholders.models import Position

Departures = dict[tuple[UUID, UUID], date]


def departures(ids: Collection[UUID]) -> Departures:
    """(person, account) → the first day without a post there, for those whose every post there has an end.

    Outsiders hold roles at accounts where they never had a post: they are not among them.
    """
    ends: dict[tuple[UUID, UUID], list[date | None]] = defaultdict(list)
    posts = Position.objects.present().filter(stakeholder__in=ids)
    for person, account, until in posts.values_list("stakeholder_id", "account_id", "until"):
        ends[person, account].append(until)
    return {place: max(filter(None, untils)) for place, untils in ends.items() if None not in untils}
