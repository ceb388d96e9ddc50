"""How forms of this app are answered: in a dialog, or on a page in the account's frame."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pages import form_answers
from pages.htmx import done

WHERE = {"body": "components/dialog_form.html", "page": "accounts/form_page.html"}
show_form = partial(form_answers.show_form, **WHERE)
show_again = partial(form_answers.show_again, **WHERE)
show_opportunity_form = partial(form_answers.show_form, **WHERE | {"page": "accounts/opportunity_form_page.html"})


def finish(request: HttpRequest, event: str, page: str) -> HttpResponse:
    """The panel refreshes itself by the event; without script the page comes anew."""
    return done(event) if request.htmx else redirect(page)


def refused(request: HttpRequest, refusal: ValidationError, event: str, page: str) -> HttpResponse:
    """Say why nothing happened."""
    messages.error(request, " ".join(refusal.messages))
    return finish(request, event, page)
