"""What becomes of units, colleagues and purchases when two accounts prove to be one customer.

Trees are hung together: units of one name at one place become one, with all beneath them.
"""

from collections.abc import Collection, Hashable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts.models import Account, AccountMember, AccountMerge, Contender, Opportunity, OrgUnit
from accounts.search_key import fold
from records.merging import MergeRule, Values, stays

Row = Any


def root_called(unit: Row) -> Hashable | None:
    return fold(unit.name) if unit.parent_id is None and unit.removed_at is None else None


def called(unit: Row) -> Hashable | None:
    return fold(unit.name) if unit.removed_at is None else None


def one_unit(stands: Row, comes: Row) -> Values:
    return {"function": stands.function or comes.function, "other_names": stands.other_names or comes.other_names}


def same_colleague(member: Row) -> Hashable | None:
    return member.user_id if member.removed_at is None else None


def one_member(stands: Row, comes: Row) -> Values:
    """Whoever is more than a member at one of them is it at both."""
    is_plain = stands.function == AccountMember.Function.MEMBER
    return {"function": comes.function if is_plain else stands.function}


def units_astray(
    accounts: Collection[UUID], since: datetime
) -> Iterator[tuple[type[OrgUnit], list[tuple[Row, Values]]]]:
    """Units below one of another account stand at the top."""
    units = OrgUnit._base_manager.filter(account__in=accounts).exclude(parent__account=F("account"))
    yield OrgUnit, [(unit, {"parent_id": None}) for unit in units.filter(parent__isnull=False)]


OF_ACCOUNTS = (
    MergeRule(OrgUnit, "account", alike=root_called, together=one_unit),
    MergeRule(AccountMember, "account", alike=same_colleague, together=one_member),
    MergeRule(Opportunity, "account"),
    MergeRule(Contender, "account"),
    MergeRule(Account, "parent"),
    MergeRule(Account, "merged_into"),
    stays(AccountMerge, "kept", because="an earlier merge is taken apart after the later one"),
    stays(AccountMerge, "twin", because="it names which one went"),
)
OF_UNITS = (MergeRule(OrgUnit, "parent", alike=called, together=one_unit),)
