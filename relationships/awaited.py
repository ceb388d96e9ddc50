"""Contacts planned soon: they hold back the alerts of silence, and every list of those gone quiet (rule 4.6)."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from relationships.models import ActivityType, ContactRules, Interaction, Participant
from users.models import User


def planned_soon(day: date, policy: ContactRules) -> QuerySet:
    """Who takes part in a contact planned for that day or soon after it.

    Only one that will count as contact when it is held: no mail, and no crowd.
    """
    return Participant.objects.filter(
        Q(interaction__head_count__lte=policy.crowd) | Q(was_spoken_to=True),
        interaction__state=Interaction.State.PLANNED,
        interaction__removed_at=None,
        interaction__held_on__range=(day, day + timedelta(days=policy.hold_back_days)),
        interaction__activity_type__counts=ActivityType.CountsAs.ALWAYS,
    )


class ExistsForEach(Exists):
    """Looked up for each row by itself, where few rows ask. PostgreSQL would collect everybody with a plan first: it
    cannot know how few of millions of contacts are still to come."""

    template = "EXISTS(%(subquery)s OFFSET 0)"


def awaited(day: date, policy: ContactRules, person: str = "stakeholder") -> Exists:
    """Whether a contact is planned soon for whom the column `person` names."""
    return ExistsForEach(planned_soon(day, policy).filter(stakeholder=OuterRef(person)))


def next_contacts(people: Collection[UUID], day: date, policy: ContactRules, user: User) -> dict[UUID, Interaction]:
    """The next of these contacts of each person, as far as this user may see it; one query."""
    planned = planned_soon(day, policy).filter(
        stakeholder__in=people, interaction__in=Interaction.objects.visible_to(user)
    )
    rows = planned.select_related("interaction__activity_type").order_by("-interaction__held_on", "-interaction_id")
    return {row.stakeholder_id: row.interaction for row in rows}
