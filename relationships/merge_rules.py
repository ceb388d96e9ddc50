"""What becomes of visits and next steps when two people prove to be one (rule 4.19): one visit counts once."""

from collections.abc import Sequence

from django.db.models import Count, OuterRef, Subquery

from records.merging import MergeRule, Values, stays
from relationships.models import Action, ContactState, Interaction, Participant, Stance
from relationships.upkeep import contacts_changed


def same_visit(row: Participant) -> object:
    return row.interaction_id


def one_presence(stands: Participant, comes: Participant) -> Values:
    """Who was spoken to under either name was spoken to."""
    return {"was_spoken_to": stands.was_spoken_to or comes.was_spoken_to}


def count_heads(rows: Sequence[Participant]) -> None:
    """One head less, or more again, may be few enough to count for everybody there (rule 4.6)."""
    visits = Interaction.objects.filter(pk__in={row.interaction_id for row in rows})
    heads = Participant.objects.filter(interaction=OuterRef("pk")).order_by().values("interaction")
    visits.update(head_count=Subquery(heads.annotate(heads=Count("pk")).values("heads")))
    others = Participant.objects.filter(interaction__in=visits).values_list("stakeholder_id", flat=True)
    contacts_changed(set(others))


OF_PEOPLE = (
    MergeRule(Participant, "stakeholder", alike=same_visit, together=one_presence, then=count_heads),
    MergeRule(Action, "stakeholder"),
    MergeRule(Stance, "stakeholder"),
    stays(ContactState, "stakeholder", because="worked out anew by `contact_state.rebuild`"),
)
OF_ACCOUNTS = (
    MergeRule(Interaction, "account"),
    MergeRule(Action, "account"),
    MergeRule(Stance, "account"),
    stays(ContactState, "account", because="worked out anew by `contact_state.rebuild`"),
)
