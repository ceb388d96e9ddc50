"""One form, answered into the dialog it was opened in, or as a page of its own without script."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.conflict import Conflict
from pages.htmx import target

DIALOG = "dialog-content"


def show_form(
    request: HttpRequest, title: str, *, body: str, page: str, status: int = 200, **context: Any
) -> HttpResponse:
    """The form with its title: `body` is the form's template, `page` the frame it stands in without a dialog."""
    in_dialog = target(request) == DIALOG
    context |= {"title": title, "body": body, "in_dialog": in_dialog}
    return render(request, "components/dialog.html" if in_dialog else page, context, status=status)


def show_again(request: HttpRequest, title: str, conflict: Conflict | None, **context: Any) -> HttpResponse:
    """The form with what was refused; 409 with both versions when somebody else was quicker."""
    if conflict is None:
        return show_form(request, title, status=422, **context)
    # htmx swaps a 422 and leaves a 409 out, so in a dialog the conflict comes as the former.
    status = 422 if target(request) == DIALOG else 409
    return show_form(request, title, status=status, conflict=conflict, **context)
