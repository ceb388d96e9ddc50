"""Contact states, rebuilt from interactions, roles, tiers, overrides and policy: one function for every verb,
for imports and for the repair job, by sets and never a query per person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from records.by_sets import new_row, upsert_rows
from relationships import cadence
from relationships.models import CadencePolicy, ContactRules, ContactState, Interaction, Participant
from stakeholders.departures import departures
from stakeholders.derived import everybody
from stakeholders.models import DecisionRole, Stakeholder

Key = tuple[UUID, date]
Facts = tuple[Any, ...]
Contacts = Mapping[UUID, Sequence[cadence.Contact]]
COLUMNS = tuple(field.attname for field in ContactState._meta.concrete_fields if not field.primary_key)
OF_STRETCH = COLUMNS[COLUMNS.index("known_since") :]
OF_PERSON = (
    "id", "created_at", "account_id", "account__tier", "account__time_zone", "gap_override", "ceiling_override",
    "is_key", "is_watched",
)  # fmt: skip


def rebuild(ids: Collection[UUID]) -> int:
    """Make the stored states of these people what rule 4.6 says; how many rows were written or dropped.

    The people are held first, so that of two verbs at once the second reads what the first wrote.
    """
    with transaction.atomic():
        Stakeholder.objects.hold(ids)
        wanted, stored = states_of(ids), stored_of(ids)
        gone = [key for key in stored if key not in wanted]
        changed = [facts for key, facts in wanted.items() if stored.get(key) != facts]
        drop(gone)
        return len(gone) + write(changed)


def begin(ids: Collection[UUID]) -> int:
    """The first states of people who came in with this transaction: nobody has met them, and nobody else sees them."""
    return write(states_of(ids, contacts={}).values())


def rebuild_all(after: UUID | None = None) -> int:
    """Everybody's states, chunk by chunk, each in its own transaction; how many rows changed."""
    return sum(rebuild(chunk) for chunk in everybody(after))


def write(rows: Iterable[Facts]) -> int:
    """Store these, new or known; how many they are."""
    states = [new_row(ContactState, **dict(zip(COLUMNS, facts, strict=True))) for facts in rows]
    return upsert_rows(ContactState, states, key=("stakeholder", "starts_on"))


def stored_of(ids: Collection[UUID]) -> dict[Key, Facts]:
    """The rows as they stand."""
    rows = ContactState.objects.filter(stakeholder__in=ids).values_list(*COLUMNS)
    person, starts_on = COLUMNS.index("stakeholder_id"), COLUMNS.index("starts_on")
    return {(row[person], row[starts_on]): row for row in rows}


def drop(keys: Collection[Key]) -> None:
    """Delete stretches that are no more, in one statement."""
    by_day = defaultdict(list)
    for person, starts_on in keys:
        by_day[starts_on].append(person)
    if by_day:
        some = [Q(starts_on=day, stakeholder__in=people) for day, people in by_day.items()]
        ContactState.objects.filter(Q(*some, _connector=Q.OR)).delete()


def states_of(ids: Collection[UUID], contacts: Contacts | None = None) -> dict[Key, Facts]:
    """The rows these people should have; six queries, however many they are. `contacts` are theirs, where known."""
    people = Stakeholder.objects.current().filter(pk__in=ids).values_list(*OF_PERSON)
    rules, table = ContactRules.load().rules, CadencePolicy.table()
    spans = spans_of(ids, rules)
    contacts = contacts_of(ids, rules) if contacts is None else contacts
    rows = {}
    for pk, created_at, account, tier, zone, gap, ceiling, is_key, is_watched in people:
        person = cadence.Person(day_in(zone, created_at), tier, tuple(spans.get(pk, ())), gap, ceiling)
        for stretch in cadence.stretches(person, contacts.get(pk, ()), table, rules):
            rows[pk, stretch.starts_on] = facts_of(stretch, pk, account, is_key or is_watched)
    return rows


def facts_of(stretch: cadence.Stretch, person: UUID, account: UUID, is_minded: bool) -> Facts:
    """A stretch as the table's columns; with a role, key or watched it raises alerts."""
    return (
        person, account, stretch.starts_on, stretch.ends_on, stretch.gap, stretch.ceiling, stretch.has_role,
        stretch.has_role or is_minded, *(getattr(stretch, name) for name in OF_STRETCH),
    )  # fmt: skip


def day_in(time_zone: str, moment: datetime) -> date:
    """The calendar day of a moment where the account is (rule 4.0)."""
    return moment.astimezone(ZoneInfo(time_zone or settings.TIME_ZONE)).date()


def spans_of(ids: Collection[UUID], rules: cadence.Rules) -> dict[UUID, list[cadence.RoleSpan]]:
    """The roles of each person with the days they count, at whichever active account."""
    roles = DecisionRole.objects.present().filter(
        Q(opportunity=None) | Q(opportunity__removed_at=None),
        stakeholder__in=ids, account__status="active", account__removed_at=None,
    ).values_list(
        "stakeholder_id", "account_id", "letter", "account__tier", "since", "until", "opportunity__closed_on"
    )  # fmt: skip
    gone, spans = departures({role[0] for role in roles}), defaultdict(list)
    for person, account, letter, tier, since, until, closed_on in roles:
        span = cadence.span_of(letter, tier, since, until, closed_on, rules)
        span = cadence.cut_by_leaving(span, gone.get((person, account)))
        if span.starts_on < span.ends_on:
            spans[person].append(span)
    return spans


def contacts_of(ids: Collection[UUID], rules: cadence.Rules) -> Contacts:
    """The contacts each person had, by any colleague, at any account."""
    rows = Participant.objects.filter(
        stakeholder__in=ids, interaction__state=Interaction.State.DONE, interaction__removed_at=None
    ).values_list(
        "stakeholder_id", "interaction__held_on", "interaction__activity_type__counts", "interaction__is_answered",
        "interaction__head_count", "was_spoken_to", "interaction__initiative", "interaction__is_service",
    )  # fmt: skip
    contacts = defaultdict(list)
    for person, day, counts, is_answered, heads, spoken, initiative, is_service in rows:
        held = cadence.Held(
            day, cadence.Counts(counts), is_answered, heads, spoken, initiative == Interaction.Side.THEIRS, is_service
        )
        if contact := cadence.contact_of(held, rules):
            contacts[person].append(contact)
    return contacts
