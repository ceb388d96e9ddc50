"""Contacts planned soon: they hold back the alerts of silence, and every list of those gone quiet (rule 4.6)."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from relationships.models import ActivityType, ContactRules, Interaction, InteractionQuerySet, Participant
from users.models import User


def planned_soon(day: date, policy: ContactRules) -> InteractionQuerySet:
    """Contacts planned for that day or soon after it, of a type that will count when they are held: no mail."""
    return Interaction.objects.present().filter(
        state=Interaction.State.PLANNED,
        held_on__range=(day, day + timedelta(days=policy.hold_back_days)),
        activity_type__counts=ActivityType.CountsAs.ALWAYS,
    )


def met_in(policy: ContactRules) -> Q:
    """Participants whom a contact counts for: in no crowd, unless they were spoken to in it."""
    return Q(was_spoken_to=True) | Q(interaction__head_count__lte=policy.crowd)


class ExistsForEach(Exists):
    """Looked up for each row by itself: for each person their contacts, and for each contact whether it is planned.

    PostgreSQL cannot know how few of millions of contacts are still to come. Left to itself it collects everybody with
    a plan first, or goes through all that is planned again for each person: with 2,500 planned, a millisecond each.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


def awaited(day: date, policy: ContactRules, person: str = "stakeholder") -> Exists:
    """Whether a contact is planned soon for whom the column `person` names; no crowd, unless they were spoken to."""
    was_spoken_to = ExpressionWrapper(OuterRef("was_spoken_to"), output_field=BooleanField())
    counting = planned_soon(day, policy).filter(Q(was_spoken_to) | Q(head_count__lte=policy.crowd))
    theirs = Participant.objects.filter(stakeholder=OuterRef(person))
    return ExistsForEach(theirs.filter(ExistsForEach(counting.filter(pk=OuterRef("interaction")))))


def awaited_of_all(day: date, policy: ContactRules, person: str = "stakeholder") -> Q:
    """The same where everybody is asked about: by all that is planned, which is little beside all that was."""
    theirs = Participant.objects.filter(met_in(policy), interaction__in=planned_soon(day, policy))
    return Q(**{f"{person}__in": theirs.values("stakeholder")})


def next_contacts(people: Collection[UUID], day: date, policy: ContactRules, user: User) -> dict[UUID, Interaction]:
    """The next of these contacts of each person, as far as this user may see it; one query."""
    planned = planned_soon(day, policy).visible_to(user)
    rows = Participant.objects.filter(met_in(policy), stakeholder__in=people, interaction__in=planned)
    rows = rows.select_related("interaction__activity_type").order_by("-interaction__held_on", "-interaction_id")
    return {row.stakeholder_id: row.interaction for row in rows}
