"""The two questions every page of an account begins with: is it there for this user, and may they change it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Account, Opportunity
from users.models import User


def seen_account(request: HttpRequest, pk: Any) -> Account:
    """The account with its owner and team, or 404 as if it were not there."""
    accounts = Account.objects.visible_to(request.user).select_related("owner", "team")
    return get_object_or_404(accounts, pk=pk)


def survivor_seen(request: HttpRequest, pk: Any) -> Account | None:
    """Which account a merged one has become part of, if this user sees it."""
    return Account.objects.visible_to(request.user).survivor_of(pk)


def worked_account(request: HttpRequest, pk: Any) -> Account:
    """The account, for somebody on its team or leading it; 403 for who may only look."""
    account = seen_account(request, pk)
    if not account.is_on_team(request.user):
        raise PermissionDenied
    return account


def staffed_account(request: HttpRequest, pk: Any) -> Account:
    """The account, for somebody who may say who of ours works on it."""
    account = seen_account(request, pk)
    if not account.team_can_be_changed_by(request.user):
        raise PermissionDenied
    return account


def sees(user: User, account: Account) -> bool:
    """Whether the account is still there for this user after a change."""
    return Account.objects.visible_to(user).filter(pk=account.pk).exists()


def seen_opportunity(request: HttpRequest, pk: Any) -> Opportunity:
    """The opportunity with its account, or 404 as if it were not there."""
    opportunities = Opportunity.objects.visible_to(request.user)
    return get_object_or_404(opportunities.select_related("account", "account__owner", "account__team"), pk=pk)


def worked_opportunity(request: HttpRequest, pk: Any) -> Opportunity:
    """The opportunity, for its account's team and the managers above; 403 for who may only look."""
    opportunity = seen_opportunity(request, pk)
    if not opportunity.account.is_on_team(request.user):
        raise PermissionDenied
    return opportunity
