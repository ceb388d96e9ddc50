"""Answers when something is wrong: pages that need neither session nor database, or problem+json."""

import sys
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

from pages import problems

RETRY_AFTER = "10"


def is_away(error: BaseException | None) -> bool:
    """Whether the database or the cache cannot be reached now, as opposed to a mistake in a statement."""
    if isinstance(error, OperationalError):
        return getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_ERROR"
    return isinstance(error, InterfaceError | RedisAway | RedisSilent)


def plain(request: HttpRequest, status: int, title: object, detail: object) -> HttpResponse:
    """A problem for a program, a page without menu for a person; neither asks the database."""
    language = getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
    with translation.override(language):
        if problems.wants_json(request):
            return problems.problem(status, title, detail)
        page = render_to_string("plain.html", {"status": status, "title": title, "detail": detail, "request": request})
        return HttpResponse(page, status=status)


def unreadable(request: HttpRequest) -> HttpResponse:
    """400 for text that no field can hold."""
    return plain(
        request,
        400,
        _("This text cannot be read"),
        _("It contains characters that are no text, such as a NUL. Remove them and send it again."),
    )


def away(request: HttpRequest) -> HttpResponse:
    """503 while the database or the cache is away: nothing is stored, and trying again is right."""
    response = plain(
        request,
        503,
        _("Back in a moment"),
        _("The database cannot be reached just now. Nothing was stored; please try again shortly."),
    )
    response["Retry-After"] = RETRY_AFTER
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for a request that makes no sense; what exactly was wrong stays in the log."""
    return plain(request, 400, _("This request cannot be understood"), _("Go back, reload the page and try again."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose secret does not fit this session; the reason stays in the log."""
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


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when what failed outside a view was the database."""
    if is_away(sys.exc_info()[1]):
        return away(request)
    return plain(
        request,
        500,
        _("Something went wrong on our side"),
        _("It has been written to the log. What you typed is still in the page before: go back and try again."),
    )
