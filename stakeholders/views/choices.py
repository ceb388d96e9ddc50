"""What fits the text typed into a form: the seats and the people of one account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import seen_account
from pages.choices import suggest
from stakeholders.choices import people_of, seats_of


@require_safe
def seats(request: HttpRequest, account: Any) -> HttpResponse:
    return suggest(request, seats_of(seen_account(request, account)))


@require_safe
def people(request: HttpRequest, account: Any) -> HttpResponse:
    return suggest(request, people_of(seen_account(request, account)))
