"""A form about a person is answered into the dialog it was opened in, or as a page of its own without script."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.htmx import go, target, toast
from records.editing import store
from records.models import RecordQuerySet

DIALOG = "dialog-content"


def show_form(request: HttpRequest, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The form with its title; `context` brings form, person, back, what is on the button, and an introduction."""
    in_dialog = target(request) == DIALOG
    context |= {"title": title, "body": "stakeholders/_form.html", "in_dialog": in_dialog}
    template = "components/dialog.html" if in_dialog else "stakeholders/form_page.html"
    return render(request, template, context, status=status)


def show_again(request: HttpRequest, title: str, conflict: Any, **context: Any) -> HttpResponse:
    """The form with what was refused; 409 with both versions when somebody else was quicker."""
    if conflict is None:
        return show_form(request, title, status=422, **context)
    # htmx swaps a 422 and leaves a 409 out, so in a dialog the conflict comes as the former.
    status = 422 if target(request) == DIALOG else 409
    return show_form(request, title, status=status, conflict=conflict, **context)


def answer(
    request: HttpRequest,
    title: str,
    rows: RecordQuerySet,
    pk: Any,
    act: Callable[[Any], Any],
    *,
    told: str,
    to: Any,
    **context: Any,
) -> HttpResponse:
    """Show the form in `context`, or let it do `act` to the row under its version, tell it, and lead back."""
    form = context["form"]
    if request.method != "POST":
        return show_form(request, title, **context)
    conflict = store(form, rows, pk, act) if form.is_valid() else None
    if conflict or not form.is_valid():
        return show_again(request, title, conflict, **context)
    toast(request, told)
    return go(request, to)
