"""The questions every page of a person begins with: is the person there for this user, and may they change what."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.calendar import days_for, on_each_day
from accounts.models import Account
from stakeholders.in_force import in_force
from stakeholders.models import DecisionRole, Position, Stakeholder
from users.models import User


def seen_person(request: HttpRequest, pk: Any) -> Stakeholder:
    """The person, or 404 as if they were not there."""
    people = Stakeholder.objects.visible_to(request.user).select_related("account", "unit", "counterpart")
    return get_object_or_404(people, pk=pk)


def survivor_seen(request: HttpRequest, pk: Any) -> Stakeholder | None:
    """Who a merged twin has become, if this user sees them."""
    survivors = Stakeholder.objects.filter(pk=pk).values("merged_into")
    return Stakeholder.objects.visible_to(request.user).filter(pk__in=survivors).first()


def worked_person(request: HttpRequest, pk: Any) -> Stakeholder:
    """The person, for the team of the account they belong to and the managers above; 403 for who may only look."""
    person = seen_person(request, pk)
    if not person.account.is_on_team(request.user):
        raise PermissionDenied
    return person


def reached_person(request: HttpRequest, pk: Any) -> Stakeholder:
    """The person, for whoever works on any account they hold a post at: ways to reach them help everybody."""
    person = seen_person(request, pk)
    if not works_with(request.user, person):
        raise PermissionDenied
    return person


def works_with(user: User, person: Stakeholder) -> bool:
    """On the team of the person's own account, or of another one where they hold a post now."""
    if person.account.is_on_team(user):
        return True
    held = Position.objects.filter(on_each_day(days_for(user), in_force), stakeholder=person)
    return Account.objects.worked_by(user).filter(pk__in=held.values("account")).exists()


def asked_id(text: str) -> UUID | None:
    """An id an address names after its question mark; None for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def worked_accounts(user: User) -> QuerySet[Account]:
    """Where this user may put people, by name."""
    return Account.objects.worked_by(user).order_by("sort_key", "id")


def worked_post(request: HttpRequest, pk: Any) -> Position:
    """A post for its account's team; 404 when the account is not in sight."""
    posts = Position.objects.visible_to(request.user).filter(stakeholder__removed_at=None)
    post = get_object_or_404(posts.select_related("account", "stakeholder", "unit"), pk=pk)
    if not post.account.is_on_team(request.user):
        raise PermissionDenied
    return post


def worked_role(request: HttpRequest, pk: Any) -> DecisionRole:
    """A decision role for its account's team; 404 when the account is not in sight."""
    roles = DecisionRole.objects.visible_to(request.user).filter(stakeholder__removed_at=None)
    role = get_object_or_404(roles.select_related("account", "stakeholder", "opportunity"), pk=pk)
    if not role.account.is_on_team(request.user):
        raise PermissionDenied
    return role
