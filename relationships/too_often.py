"""The warning before a plan: one more contact would be too often (rule 4.6)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from relationships import cadence
from relationships.models import ActivityType, ContactRules, ContactState, Interaction, Participant
from stakeholders.models import Stakeholder
from users.models import User


@dataclass(frozen=True)
class TooOften:
    """A person, and how full the days before the planned one would be."""

    person: Stakeholder
    contacts: int
    ceiling: int
    window_days: int


def warnings(
    people: Sequence[Stakeholder],
    planned: date,
    activity_type: ActivityType,
    *,
    reader: User,
    asked_by_them: bool = False,
    besides: UUID | None = None,
) -> list[TooOften]:
    """Whom one more contact on that day would be too much for; three queries, however many people.

    `besides` is the interaction being edited. What they asked for, service and what is no contact weigh nothing. Of
    somebody whose own account is out of the reader's sight nothing is told: when others met them is not the reader's.
    """
    if asked_by_them or activity_type.is_service or activity_type.counts != cadence.Counts.ALWAYS:
        return []
    rules = ContactRules.load().rules
    states = ContactState.objects.visible_to(reader).on(planned).filter(stakeholder__in=people)
    ceilings = dict(states.values_list("stakeholder_id", "ceiling"))
    sought = sought_days([person.pk for person in people], planned, rules, besides)
    return [
        TooOften(person, len(sought[person.pk] | {planned}), ceilings[person.pk], rules.window_days)
        for person in people
        if person.pk in ceilings and cadence.would_be_too_often(sought[person.pk], planned, ceilings[person.pk], rules)
    ]


def warnings_of(plan: Interaction, reader: User) -> list[TooOften]:
    """The same of a plan that stands."""
    people = [row.stakeholder for row in plan.participants.select_related("stakeholder").order_by("id")]
    by_them = plan.initiative == Interaction.Side.THEIRS
    return warnings(people, plan.held_on, plan.activity_type, reader=reader, asked_by_them=by_them, besides=plan.pk)


def sought_days(
    people: Collection[UUID], planned: date, rules: cadence.Rules, besides: UUID | None
) -> dict[UUID, set[date]]:
    """The days before `planned` on which we were, or shall be, in contact of our own wish; one query."""
    rows = Participant.objects.filter(
        stakeholder__in=people,
        interaction__removed_at=None,
        interaction__state__in=[Interaction.State.DONE, Interaction.State.PLANNED],
        interaction__held_on__range=(planned - timedelta(days=rules.window_days), planned),
    ).exclude(interaction=besides)
    days = defaultdict(set)
    for person, day, counts, is_answered, heads, spoken, initiative, is_service in rows.values_list(
        "stakeholder_id",
        "interaction__held_on",
        "interaction__activity_type__counts",
        "interaction__is_answered",
        "interaction__head_count",
        "was_spoken_to",
        "interaction__initiative",
        "interaction__is_service",
    ):
        asked = initiative == Interaction.Side.THEIRS
        held = cadence.Held(day, cadence.Counts(counts), is_answered, heads, spoken, asked, is_service)
        contact = cadence.contact_of(held, rules)
        if contact and contact.sought:
            days[person].add(day)
    return days
