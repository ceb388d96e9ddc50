"""The rows people are searched in, worked out from the people and their posts; one function, whoever writes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from accounts.calendar import Today
from accounts.search_key import fold, spoken
from records.by_sets import insert_rows, new_row, update_rows
from stakeholders.models import SearchEntry, Stakeholder
from stakeholders.search_keys import key_of_post
from stakeholders.seats import Seat, speaking

LEFT, NOT_KEY = 10, 9
LONGEST = 120


class Entry(NamedTuple):
    """The columns of a row, in their order."""

    seat: UUID
    stakeholder_id: UUID
    account_id: UUID
    since: date | None
    until: date | None
    standing: int
    sort_key: str
    name: str
    pinyin: str
    initials: str
    lines: str


def entries_of(person: Stakeholder, seats: Collection[Seat], days: Today) -> list[Entry]:
    """One for each post that lasts, today or from a later day. That of the post which speaks for the person has no
    days: through the person's own account they are always seen."""
    speaks = speaking(seats, days)
    if speaks is None:
        return [entry_of(person, person.pk, person.account_id)]
    lasting = [seat for seat in seats if seat.until is None or seat.until > days.in_zone(seat.time_zone)]
    others = [seat for seat in lasting if seat.pk != speaks.pk]
    return [
        entry_of(person, speaks.pk, speaks.account_id, seat=speaks),
        *(entry_of(person, seat.pk, seat.account_id, seat=seat, days=(seat.since, seat.until)) for seat in others),
    ]


def entry_of(
    person: Stakeholder,
    pk: UUID,
    account: UUID,
    *,
    seat: Seat | None = None,
    days: tuple[date | None, date | None] = (None, None),
) -> Entry:
    """What is told of a person through one post; key status is told at the person's own account alone."""
    standing = (person.key_rank if account == person.account_id else NOT_KEY) + LEFT * person.has_left
    post = key_of_post(seat.title, seat.unit_name or "") if seat else ""
    pinyin, initials = spoken(person.name)
    return Entry(
        pk, person.pk, account, *days, standing, person.sort_key, fold(person.name)[:LONGEST], pinyin[:LONGEST],
        initials[:LONGEST], "\n".join(filter(None, (person.search_key, post))),
    )  # fmt: skip


def refresh_entries(people: Iterable[Stakeholder], seats: Mapping[UUID, list[Seat]], days: Today) -> set[UUID]:
    """Write the rows of these people where they differ; whose they are. Whoever is removed has none."""
    people = list(people)
    there = [person for person in people if not person.is_removed]
    wanted = {entry.seat: entry for person in there for entry in entries_of(person, seats.get(person.pk, []), days)}
    entries = SearchEntry.objects.filter(stakeholder__in=[person.pk for person in people])
    stored = {row[0]: Entry(*row) for row in entries.values_list(*Entry._fields)}
    gone = [entry for seat, entry in stored.items() if seat not in wanted]
    fresh = [entry for seat, entry in wanted.items() if seat not in stored]
    changed = [entry for seat, entry in wanted.items() if seat in stored and entry != stored[seat]]
    if gone:
        SearchEntry.objects.filter(seat__in=[entry.seat for entry in gone]).delete()
    insert_rows(SearchEntry, rows(fresh))
    update_rows(SearchEntry, rows(changed), COLUMNS)
    return {entry.stakeholder_id for entry in (*gone, *fresh, *changed)}


def write_first_entries(people: Iterable[Stakeholder], seats: Mapping[UUID, list[Seat]], days: Today) -> None:
    """The rows of people who have none yet."""
    insert_rows(SearchEntry, rows(entry for p in people for entry in entries_of(p, seats.get(p.pk, []), days)))


COLUMNS = [name.removesuffix("_id") for name in Entry._fields if name != "seat"]


def rows(entries: Iterable[Entry]) -> list[SearchEntry]:
    return [new_row(SearchEntry, **entry._asdict()) for entry in entries]
