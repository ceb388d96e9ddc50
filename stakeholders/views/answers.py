"""A form about a person is answered into the dialog it was opened in, or as a page of its own without script."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from pages import form_answers
from pages.htmx import go, toast
from records.editing import store
from records.models import RecordQuerySet

WHERE = {"body": "components/dialog_form.html", "page": "stakeholders/form_page.html"}
show_form = partial(form_answers.show_form, **WHERE)
show_again = partial(form_answers.show_again, **WHERE)


def answer(
    request: HttpRequest,
    title: str,
    rows: RecordQuerySet,
    pk: Any,
    act: Callable[[Any], Any],
    *,
    told: str,
    to: Any,
    undo: Callable[[], str] = str,
    **context: Any,
) -> HttpResponse:
    """Show the form in `context`, or let it do `act` to the row under its version, tell it with the
    address that takes it back, and lead on."""
    form = context["form"]
    if request.method != "POST":
        return show_form(request, title, **context)
    conflict = store(form, rows, pk, act) if form.is_valid() else None
    if conflict or not form.is_valid():
        return show_again(request, title, conflict, **context)
    toast(request, told, undo=undo())
    return go(request, to)
