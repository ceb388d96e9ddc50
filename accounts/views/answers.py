"""A form is answered into the dialog it was opened in, or as a page of its own without script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pages.conflict import Conflict
from pages.htmx import done, target

DIALOG = "dialog-content"


def show_form(request: HttpRequest, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The form with its title; `context` brings account, form, back and what is on the button."""
    in_dialog = target(request) == DIALOG
    context |= {"title": title, "body": "accounts/_form.html", "in_dialog": in_dialog}
    return render(request, "components/dialog.html" if in_dialog else "accounts/form_page.html", context, status=status)


def show_again(request: HttpRequest, title: str, conflict: Conflict | None, **context: Any) -> HttpResponse:
    """The form with what was refused; 409 with both versions when somebody else was quicker."""
    if conflict is None:
        return show_form(request, title, status=422, **context)
    # htmx swaps a 422 and leaves a 409 out, so in a dialog the conflict comes as the former.
    status = 422 if target(request) == DIALOG else 409
    return show_form(request, title, status=status, conflict=conflict, **context)


def finish(request: HttpRequest, event: str, page: str) -> HttpResponse:
    """The panel refreshes itself by the event; without script the page comes anew."""
    return done(event) if request.htmx else redirect(page)


def refused(request: HttpRequest, refusal: ValidationError, event: str, page: str) -> HttpResponse:
    """Say why nothing happened."""
    messages.error(request, " ".join(refusal.messages))
    return finish(request, event, page)
