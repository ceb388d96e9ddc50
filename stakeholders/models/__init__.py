"""Records of this app."""

from stakeholders.models.care_date import CareDate
from stakeholders.models.contact_method import ContactMethod
from stakeholders.models.decision_role import DecisionRole
from stakeholders.models.influence import Influence
from stakeholders.models.merge import PersonMerge, SuspectedTwins
from stakeholders.models.policy import KeyPersonPolicy, RolePower
from stakeholders.models.position import Position
from stakeholders.models.search_entry import SearchEntry
from stakeholders.models.stakeholder import Level, Stakeholder, StakeholderQuerySet

__all__ = [
    "CareDate",
    "ContactMethod",
    "DecisionRole",
    "Influence",
    "KeyPersonPolicy",
    "Level",
    "PersonMerge",
    "Position",
    "RolePower",
    "SearchEntry",
    "Stakeholder",
    "StakeholderQuerySet",
    "SuspectedTwins",
]
