"""What fits the text typed into a form: accounts, units, purchases, colleagues on a team or not yet on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import seen_account
from accounts.choices import (
    JOINING,
    WORKED,
    accounts_of,
    accounts_worked_by,
    not_yet_on_team_of,
    open_opportunities_of,
    team_of,
    units_of,
)
from pages.choices import suggest


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    choices = accounts_worked_by if WORKED in request.GET else accounts_of
    return suggest(request, choices(request.user))


@require_safe
def units(request: HttpRequest, pk: Any) -> HttpResponse:
    return suggest(request, units_of(seen_account(request, pk)))


@require_safe
def opportunities(request: HttpRequest, pk: Any) -> HttpResponse:
    return suggest(request, open_opportunities_of(seen_account(request, pk)))


@require_safe
def colleagues(request: HttpRequest, pk: Any) -> HttpResponse:
    account = seen_account(request, pk)
    return suggest(request, not_yet_on_team_of(account) if JOINING in request.GET else team_of(account))
