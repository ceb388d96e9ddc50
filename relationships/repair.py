"""Checking all that is derived of people, chunk by chunk, and mending what differs."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import transaction

from relationships.contact_state import rebuild
from stakeholders.derived import everybody, refresh_people

Counts = dict[str, int]


def repair(after: UUID | None = None, passed: Callable[[UUID], None] | None = None) -> Counts:
    """Check everybody behind `after` and count what was mended; `passed` hears each chunk's last id, to renew a
    lease or to note where to go on."""
    total = {"people": 0, "contact_states": 0}
    for last, mended in mending(after):
        total = {what: count + mended[what] for what, count in total.items()}
        if passed:
            passed(last)
    return total


def mending(after: UUID | None = None) -> Iterator[tuple[UUID, Counts]]:
    """Each chunk in its own transaction: its last id, and the rows that were wrong."""
    for chunk in everybody(after):
        with transaction.atomic():
            mended = {"people": refresh_people(chunk), "contact_states": rebuild(chunk)}
        yield chunk[-1], mended
