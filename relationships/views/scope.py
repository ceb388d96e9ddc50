"""Records in the reader's sight: 404 for what does not exist for them, 403 for what they may only look at."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Account
from relationships.models import Action, Interaction
from stakeholders.models import Stakeholder


def seen(request: HttpRequest, pk: Any) -> Interaction:
    """An interaction this user may read."""
    rows = Interaction.objects.visible_to(request.user).select_related("account", "activity_type", "author")
    return get_object_or_404(rows, pk=pk)


def changeable(request: HttpRequest, pk: Any) -> Interaction:
    """An interaction this user may change: its author, or a manager above."""
    interaction = seen(request, pk)
    if not interaction.can_be_changed_by(request.user):
        raise PermissionDenied
    return interaction


def account_seen(request: HttpRequest, pk: Any) -> Account:
    return get_object_or_404(Account.objects.visible_to(request.user), pk=pk)


def person_seen(request: HttpRequest, pk: Any) -> Stakeholder:
    return get_object_or_404(Stakeholder.objects.visible_to(request.user).select_related("account"), pk=pk)


def action_seen(request: HttpRequest, pk: Any) -> Action:
    rows = Action.objects.visible_to(request.user).select_related(
        "account", "owner", "stakeholder", "interaction__activity_type"
    )
    return get_object_or_404(rows, pk=pk)


def action_changeable(request: HttpRequest, pk: Any) -> Action:
    action = action_seen(request, pk)
    if not action.can_be_changed_by(request.user):
        raise PermissionDenied
    return action
