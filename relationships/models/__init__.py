"""Records of this app."""

from relationships.models.action import Action
from relationships.models.activity_type import ActivityType
from relationships.models.cadence_policy import CadencePolicy, ContactRules
from relationships.models.contact_state import ContactState
from relationships.models.interaction import Interaction, InteractionQuerySet
from relationships.models.parts import ChecklistItem, Colleague, Participant
from relationships.models.stance import Stance, SupportRules

__all__ = [
    "Action",
    "ActivityType",
    "CadencePolicy",
    "ChecklistItem",
    "Colleague",
    "ContactRules",
    "ContactState",
    "Interaction",
    "InteractionQuerySet",
    "Participant",
    "Stance",
    "SupportRules",
]
