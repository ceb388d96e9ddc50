"""Answers when something is wrong: pages that need neither session nor database, or problem+json."""

import sys
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from pages import problems
from pages.absence import is_away, takes_nothing_in

RETRY_AFTER = "10"


def plain(request: HttpRequest, status: int, title: object, detail: object, **members: Any) -> HttpResponse:
    """A problem for a program, a page without menu for a person; neither asks the database."""
    language = getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
    with translation.override(language):
        if problems.wants_json(request):
            return problems.problem(status, title, detail, **members)
        told = {"status": status, "title": title, "detail": detail, "request": request}
        return HttpResponse(render_to_string("plain.html", told | members), status=status)


def unreadable(request: HttpRequest) -> HttpResponse:
    """400 for text that no field can hold."""
    return plain(
        request,
        400,
        _("This text cannot be read"),
        _("It contains characters that are no text, such as a NUL. Remove them and send it again."),
    )


def away(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """503 while the database or the cache is away or full: nothing is stored, and trying again is right."""
    if takes_nothing_in(error):
        title = _("Nothing can be stored just now")
        detail = _("The server has no room left, or may not write. Nothing was stored; please tell your administrator.")
    else:
        title = _("Back in a moment")
        detail = _("The database cannot be reached just now. Nothing was stored; please try again shortly.")
    response = plain(request, 503, title, detail)
    response["Retry-After"] = RETRY_AFTER
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for a request that makes no sense; what exactly was wrong stays in the log."""
    return plain(request, 400, _("This request cannot be understood"), _("Go back, reload the page and try again."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose secret does not fit this session; the reason stays in the log.

    A form that htmx sent stands on a page that comes anew: what was written on the device is still there.
    """
    if request.htmx:
        messages.warning(request, _("You signed in or out since you opened this page. It is fresh now; send it again."))
        return HttpResponseClientRefresh()
    return plain(
        request,
        403,
        _("This form is out of date"),
        _("You signed in or out since you opened it. Go back, reload the page and send it again."),
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: seen, but not theirs to change."""
    if problems.wants_json(request):
        return problems.problem(403, _("Not yours to change"))
    return render(request, "403.html", status=403)


def wrong_method(request: HttpRequest, answered: Sequence[str]) -> HttpResponse:
    """405 with what the address does answer."""
    response = plain(
        request,
        405,
        _("Nothing is done this way here"),
        _("Go back and use the links and buttons of the page."),
    )
    response["Allow"] = ", ".join(answered)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, word for word the same for what is absent and what is not theirs to see."""
    if problems.wants_json(request):
        return problems.problem(404, _("Not found"))
    return render(request, "404.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """429 for whoever tries to sign in again and again."""
    response = plain(
        request,
        429,
        _("Too many tries"),
        _("Wait a few minutes, then try again. Your administrator can help meanwhile."),
    )
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when what failed outside a view was the database."""
    if is_away(error := sys.exc_info()[1]):
        return away(request, error)
    return plain(
        request,
        500,
        _("Something went wrong on our side"),
        _("It has been written to the log. What you typed is still in the page before: go back and try again."),
        number=getattr(request, "number", ""),
    )
