"""Records of this app."""

from accounts.models.account import Account, AccountQuerySet, StillInUse
from accounts.models.account_member import AccountMember
from accounts.models.competitor import Competitor
from accounts.models.contender import Contender
from accounts.models.merge import AccountMerge
from accounts.models.opportunity import Opportunity
from accounts.models.org_unit import OrgUnit

__all__ = [
    "Account",
    "AccountMember",
    "AccountMerge",
    "AccountQuerySet",
    "Competitor",
    "Contender",
    "Opportunity",
    "OrgUnit",
    "StillInUse",
]
