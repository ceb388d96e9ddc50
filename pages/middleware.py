"""What happens to every request: unreadable text, odd methods, an absent database, and the manners of htmx."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.log import log_response
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from pages import errors
from pages.absence import is_away
from pages.methods import View, answered_by

Next = Callable[[HttpRequest], HttpResponse]

HTMX_HEADERS = ("HX-Request", "HX-Target", "HX-Boosted", "HX-History-Restore-Request")
NO_TEXT = re.compile("[\0\ud800-\udfff]")
SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)


class CleanInputMiddleware:
    """Refuse text that the database cannot hold before anything reads it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or holds_no_text(request.GET) or has_unreadable_body(request):
            return errors.unreadable(request)
        return self.get_response(request)


def holds_no_text(query: QueryDict) -> bool:
    """Whether a name or value in a query or form holds a NUL or half of a surrogate pair.

    Broken UTF-8 was replaced while decoding; other encodings, such as UTF-7, let halves through.
    """
    return any(NO_TEXT.search(text) for name, values in query.lists() for text in (name, *values))


def has_unreadable_body(request: HttpRequest) -> bool:
    """The same question for what was sent: a form or JSON."""
    if request.content_type.endswith("json"):
        return bool(SUSPECT.search(request.body)) and escapes_no_text(request.body)
    return request.method == "POST" and holds_no_text(request.POST)


def escapes_no_text(body: bytes) -> bool:
    """Whether JSON writes a NUL, or half of a surrogate pair without its other half."""
    opened = -1
    for escape in ESCAPE.finditer(body):
        unit = int(escape[1], 16) if escape[1] else 0x20
        closes = 0xDC00 <= unit <= 0xDFFF
        if unit == 0 or closes != (opened >= 0) or (closes and opened != escape.start()):
            return True
        opened = escape.end() if 0xD800 <= unit <= 0xDBFF else -1
    return opened >= 0


class DatabaseAwayMiddleware:
    """503 with Retry-After when a view finds the database away (`handler500` does it for what is outside views)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_away(exception):
            return None
        response = errors.away(request, exception)
        # Otherwise Django would log the answer without its reason.
        log_response("%s: %s", response.reason_phrase, request.path, response=response, exception=exception)
        return response


class MethodMiddleware:
    """405 for a method that a page does not answer, to everybody alike, before anybody is asked who they are."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        answered = answered_by(view)
        return errors.wrong_method(request, answered) if answered and request.method not in answered else None


class HtmxSessionMiddleware:
    """Send an htmx request without session to the sign-in page as a whole page, not into a panel."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, HTMX_HEADERS)
        if request.htmx and leads_to_sign_in(response):
            return HttpResponseClientRedirect(redirect_to_login(page_of(request)).url)
        return response


def leads_to_sign_in(response: HttpResponse) -> bool:
    """Whether this is the redirect that the login requirement answers with."""
    if response.status_code != 302:
        return False
    return urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def page_of(request: HttpRequest) -> str:
    """The page the person looks at, as a path to come back to."""
    return request.htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)


class ToastMiddleware:
    """Hand messages to the page that sent an htmx request, which shows no page of its own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        told = untold(request) if request.htmx and shows_fragment(response) else []
        return trigger_client_event(response, "toast", {"toasts": told}) if told else response


def shows_fragment(response: HttpResponse) -> bool:
    """Whether the browser stays on its page; after a redirect the next page shows the messages."""
    leaves = any(name in response for name in ("HX-Redirect", "HX-Location", "HX-Refresh"))
    return response.status_code < 300 and not leaves or response.status_code == 422


def untold(request: HttpRequest) -> list[dict[str, str]]:
    """Messages that no template of this answer has shown."""
    messages = get_messages(request)
    if messages.used:
        return []
    return [{"text": str(message), "tone": message.level_tag, "undo": message.extra_tags} for message in messages]
