"""Contact states, rebuilt from interactions, roles, tiers, overrides and policy: one function for every verb,
for imports and for the repair job, by sets and never a query per person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from relationships import cadence
from relationships.models import CadencePolicy, ContactRules, ContactState, Interaction, Participant
from stakeholders.models import DecisionRole, Stakeholder

CHUNK = 1000
FIELDS = tuple(cadence.Stretch.__dataclass_fields__)


def rebuild(ids: Collection[UUID]) -> int:
    """Make the stored states of these people what rule 4.6 says; how many rows were written or dropped."""
    with transaction.atomic():
        wanted = states_of(ids)
        stored = {(row.stakeholder_id, row.starts_on): row for row in ContactState.objects.filter(stakeholder__in=ids)}
        gone = [row.pk for key, row in stored.items() if key not in wanted]
        fresh = [row for key, row in wanted.items() if key not in stored]
        moved = [renewed(stored[key], row) for key, row in wanted.items() if key in stored and differs(stored[key], row)]
        ContactState.objects.filter(pk__in=gone).delete()
        ContactState.objects.bulk_create(fresh, batch_size=500)
        ContactState.objects.bulk_update(moved, ["account", "raises_alerts", *(f for f in FIELDS if f != "starts_on")], batch_size=500)
        return len(gone) + len(fresh) + len(moved)


def rebuild_all(ids: Iterable[UUID] | None = None) -> int:
    """The repair job and policy changes: everybody, chunk by chunk, each in its own transaction."""
    people = Stakeholder.objects.present().order_by("pk") if ids is None else Stakeholder.objects.filter(pk__in=list(ids)).order_by("pk")
    changed, last = 0, None
    while chunk := list((people.filter(pk__gt=last) if last else people).values_list("pk", flat=True)[:CHUNK]):
        changed += rebuild(chunk)
        last = chunk[-1]
    return changed


def states_of(ids: Collection[UUID]) -> dict[tuple[UUID, date], ContactState]:
    """The rows these people should have; five queries, however many they are."""
    people = list(Stakeholder.objects.current().filter(pk__in=ids).select_related("account"))
    rules, table = ContactRules.load().rules, CadencePolicy.table()
    spans, contacts = spans_of(ids, rules), contacts_of(ids, rules)
    rows = {}
    for person in people:
        for stretch in cadence.stretches(facts_of(person, spans[person.pk]), contacts[person.pk], table, rules):
            rows[person.pk, stretch.starts_on] = ContactState(
                stakeholder=person, account_id=person.account_id,
                raises_alerts=stretch.has_role or person.is_key or person.is_watched,
                **{name: getattr(stretch, name) for name in FIELDS},
            )
    return rows


def facts_of(person: Stakeholder, spans: list[cadence.RoleSpan]) -> cadence.Person:
    """The person as rule 4.6 reads them."""
    known_since = person.created_at.astimezone(person.account.zone).date()
    return cadence.Person(
        known_since, person.account.tier, tuple(spans), person.gap_override, person.ceiling_override
    )


def spans_of(ids: Collection[UUID], rules: cadence.Rules) -> dict[UUID, list[cadence.RoleSpan]]:
    """The roles of each person with the days they count."""
    roles = DecisionRole.objects.present().filter(stakeholder__in=ids, account__status="active").select_related("account", "opportunity")
    spans = defaultdict(list)
    for role in roles:
        closed_on = role.opportunity.closed_on if role.opportunity else None
        span = cadence.span_of(role.letter, role.account.tier, role.since, role.until, closed_on, rules)
        if span.starts_on < span.ends_on:
            spans[role.stakeholder_id].append(span)
    return spans


def contacts_of(ids: Collection[UUID], rules: cadence.Rules) -> dict[UUID, list[cadence.Contact]]:
    """The contacts each person had, by any colleague, at any account."""
    rows = Participant.objects.filter(
        stakeholder__in=ids, interaction__state=Interaction.State.DONE, interaction__removed_at=None
    ).values_list(
        "stakeholder_id", "interaction__held_on", "interaction__activity_type__counts", "interaction__is_answered",
        "interaction__head_count", "was_spoken_to", "interaction__initiative", "interaction__is_service",
    )
    contacts = defaultdict(list)
    for person, day, counts, is_answered, heads, spoken, initiative, is_service in rows:
        held = cadence.Held(
            day, cadence.Counts(counts), is_answered, heads, spoken, initiative == Interaction.Side.THEIRS, is_service
        )
        if contact := cadence.contact_of(held, rules):
            contacts[person].append(contact)
    return contacts


def differs(stored: ContactState, wanted: ContactState) -> bool:
    """Whether any fact of the row changed."""
    return any(getattr(stored, name) != getattr(wanted, name) for name in ("account_id", "raises_alerts", *FIELDS))


def renewed(stored: ContactState, wanted: ContactState) -> ContactState:
    """The wanted facts in the stored row."""
    wanted.pk = stored.pk
    return wanted
