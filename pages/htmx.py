"""Answers in htmx's manner: which part is asked for, what was done, where to go, what to tell."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event


def target(request: HttpRequest) -> str:
    """The id of the element the answer goes into; empty for a whole page."""
    if not request.htmx or request.htmx.history_restore_request:
        return ""
    return (request.htmx.target or "").rsplit("#")[-1]


def announce(response: HttpResponse, *events: str, **told: Any) -> HttpResponse:
    """Name what happened (`interaction-logged`), so that panels that care ask for themselves anew."""
    for event in events:
        trigger_client_event(response, event, told)
    return response


def done(*events: str, **told: Any) -> HttpResponse:
    """Nothing to show: 204 closes the dialog it came from, and the events say what happened."""
    return announce(HttpResponse(status=204), *events, **told)


def invalid(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A form with its fields marked."""
    return render(request, template, context, status=422)


def go(request: HttpRequest, to: Any) -> HttpResponse:
    """Lead to another page, also from a request that htmx sent."""
    return HttpResponseClientRedirect(resolve_url(to)) if request.htmx else redirect(to)


def toast(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Tell what was done, on this page or the next, with the address that takes it back."""
    messages.success(request, text, extra_tags=undo)
