"""What happened, newest first: of an account, of a person, of all one sees."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import seen_account
from pages.htmx import target
from pages.keyset import Page, keyset
from records.list_page import show
from relationships.forms.activity import ActivityFilter
from relationships.lists import INTERACTION_LIST
from relationships.models import Action, Interaction
from relationships.rights import may_log_at
from relationships.views import panel
from relationships.views.scope import account_seen, person_seen

ORDER = ("-held_on", "-id")
AHEAD, BRIEF = 20, 5


def rows_of(rows: Any) -> Any:
    """With everything a line of the timeline says."""
    return rows.select_related("account", "activity_type", "author").prefetch_related("participants__stakeholder")


@require_safe
def activity(request: HttpRequest, pk: Any) -> HttpResponse:
    """The account's tab."""
    account = seen_account(request, pk)
    filters = ActivityFilter(request.GET, account=account)
    rows = filters.narrow(Interaction.objects.visible_to(request.user).filter(account=account))
    context = timeline(request, rows) | {
        "account": account,
        "filters": filters,
        "may_log": may_log_at(account, request.user),
    }
    template = "relationships/_timeline.html" if target(request) == "timeline" else "relationships/activity.html"
    return render(request, template, context)


def timeline(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """What is planned on top of the first page, the rest newest first."""
    cursor = request.GET.get("cursor")
    planned = [] if cursor else list(rows_of(rows.planned()).order_by("held_on", "id")[:AHEAD])
    page = keyset(rows_of(rows.exclude(state=Interaction.State.PLANNED)), ORDER, cursor, size=30)
    return {"planned": planned, "page": page}


@require_safe
def interactions(request: HttpRequest) -> HttpResponse:
    """Everything one sees, everywhere."""
    return show(request, INTERACTION_LIST, "relationships/interactions.html")


@require_safe
def person_activity(request: HttpRequest, pk: Any) -> HttpResponse:
    """A part of the person's page: what is visible through the accounts where it arose."""
    person = person_seen(request, pk)
    rows = Interaction.objects.visible_to(request.user).with_person(person)
    context = timeline(request, rows) | {
        "person": person,
        "with_account": True,
    }
    return panel.show(request, "relationships/_person_activity.html", context)


@require_safe
def account_visits(request: HttpRequest, pk: Any) -> HttpResponse:
    """A panel of the account's overview: what is planned, the overdue first."""
    account = account_seen(request, pk)
    rows = rows_of(Interaction.objects.visible_to(request.user).planned().filter(account=account))
    context = {
        "planned": rows.order_by("held_on", "id")[:BRIEF],
        "account": account,
        "page": Page([]),
        "may_log": may_log_at(account, request.user),
    }
    return panel.show(request, "relationships/_account_visits.html", context)


@require_safe
def account_next_steps(request: HttpRequest, pk: Any) -> HttpResponse:
    """A panel of the account's overview: what is open, the next due first."""
    account = account_seen(request, pk)
    rows = Action.objects.visible_to(request.user).open().filter(account=account)
    context = {
        "actions": rows.select_related("account", "owner", "stakeholder").order_by("due_on", "id")[:BRIEF],
        "account": account,
        "may_log": may_log_at(account, request.user),
    }
    return panel.show(request, "relationships/_account_next_steps.html", context)
