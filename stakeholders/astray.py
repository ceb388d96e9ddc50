"""Posts, roles and influence that lead to another account than their own, since two were one for a while."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from records.merging import Values
from stakeholders.models import DecisionRole, Influence, Position

Mended = Iterator[tuple[type[Any], list[tuple[Any, Values]]]]
OF_POSTS = ("unit", "reports_to", "succeeded_by")


def posts_astray(accounts: Collection[UUID], since: datetime) -> Mended:
    """Posts let go of a unit, a boss and a successor at another account."""
    posts = Position._base_manager.filter(account__in=accounts)
    for name in OF_POSTS:
        led = posts.filter(**{f"{name}__isnull": False}).exclude(**{f"{name}__account": F("account")})
        yield Position, [(post, {f"{name}_id": None}) for post in led]


def roles_astray(accounts: Collection[UUID], since: datetime) -> Mended:
    """Roles go with their opportunity, or with whoever works at the other account alone; influence with the person
    influenced. What stood before the two were one is as it was: an outsider may hold a role anywhere."""
    roles = DecisionRole._base_manager.filter(account__in=accounts, created_at__gte=since)
    bought = roles.filter(opportunity__isnull=False).exclude(opportunity__account=F("account"))
    yield DecisionRole, [(r, {"account_id": r.opportunity.account_id}) for r in bought.select_related("opportunity")]
    alone = roles.filter(opportunity=None, stakeholder__account__in=accounts).exclude(stakeholder__account=F("account"))
    going = alone.filter(~Exists(posts_here()), ~Exists(same_role())).select_related("stakeholder")
    yield DecisionRole, [(role, {"account_id": role.stakeholder.account_id}) for role in going]
    edges = Influence._base_manager.filter(account__in=accounts, created_at__gte=since, target__account__in=accounts)
    led = edges.exclude(target__account=F("account")).select_related("target")
    yield Influence, [(edge, {"account_id": edge.target.account_id}) for edge in led]


def posts_here() -> QuerySet:
    """What the holder of a role has, or had, at its account."""
    return Position.objects.present().filter(stakeholder=OuterRef("stakeholder"), account=OuterRef("account"))


def same_role() -> QuerySet:
    """The same role at the account where its holder works."""
    there = {"stakeholder": OuterRef("stakeholder"), "account": OuterRef("stakeholder__account")}
    return DecisionRole.objects.present().filter(**there, letter=OuterRef("letter"), opportunity=None, until=None)
