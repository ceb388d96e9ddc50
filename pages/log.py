"""The log: a line an event with the number of its request, and a traceback for what is our mistake alone."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from uuid import uuid4

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from pages.absence import is_away

HEADER = "X-Request-ID"
# A proxy's own number is taken over when it is one; anything else could write what it likes into the log.
NUMBER = re.compile(r"[\w.-]{8,64}", re.ASCII)
REFUSALS = (BadRequest, Http404, MultiPartParserError, PermissionDenied, SuspiciousOperation)
number: ContextVar[str] = ContextVar("number", default="")


class RequestNumberMiddleware:
    """Give each request a number that stands in the log, in the answer's headers and on the page of an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request.number = given if NUMBER.fullmatch(given) else uuid4().hex[:16]
        token = number.set(request.number)
        try:
            response = self.get_response(request)
        finally:
            number.reset(token)
        response[HEADER] = request.number
        return response


class Line(logging.Formatter):
    """One line, and a traceback below it unless we know what happened: a refusal, or an absent database."""

    def format(self, record: logging.LogRecord) -> str:
        record = copy(record)
        known = number.get() or getattr(getattr(record, "request", None), "number", "")
        record.number = f" [{known}]" if known else ""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, REFUSALS) or is_away(error):
            record.msg, record.args = in_one_line(record.getMessage(), error), None
            record.exc_info = record.exc_text = None
        return super().format(record)


def in_one_line(message: str, error: BaseException) -> str:
    """What was said, and why where that says more."""
    reason = " ".join(str(error).split())
    return f"{message} ({reason})" if reason and reason not in message else message
