"""What fits the text typed into a form: the seats and the people of one account, and everybody in sight."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import seen_account
from pages.choices import suggest
from stakeholders.access import worked_person
from stakeholders.choices import people_of, people_seen_by, seats_of, twins_of


@require_safe
def seats(request: HttpRequest, account: Any) -> HttpResponse:
    return suggest(request, seats_of(seen_account(request, account)))


@require_safe
def people(request: HttpRequest, account: Any) -> HttpResponse:
    return suggest(request, people_of(seen_account(request, account)))


@require_safe
def twins(request: HttpRequest, pk: Any) -> HttpResponse:
    return suggest(request, twins_of(worked_person(request, pk), request.user))


@require_safe
def people_seen(request: HttpRequest) -> HttpResponse:
    """Everybody in sight."""
    return suggest(request, people_seen_by(request.user))
