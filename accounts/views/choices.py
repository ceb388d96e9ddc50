"""What fits the text typed into a form: accounts, and colleagues on a team or not yet on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import seen_account
from accounts.choices import JOINING, accounts_of, not_yet_on_team_of, team_of
from pages.choices import suggest


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    return suggest(request, accounts_of(request.user))


@require_safe
def colleagues(request: HttpRequest, pk: Any) -> HttpResponse:
    account = seen_account(request, pk)
    return suggest(request, not_yet_on_team_of(account) if JOINING in request.GET else team_of(account))
