"""The log has a line for a refusal, and a traceback for a mistake of ours only; both name their request."""

import logging
from io import StringIO

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import path

from pages.log import Line

pytestmark = pytest.mark.django_db

ERRORS = {
    "forbidden": PermissionDenied(),
    "absent": Http404("no such person"),
    "senseless": BadRequest("no sense"),
    "large": RequestDataTooBig("more than 2.5 MB"),
    "away": OperationalError("connection refused\n\tIs the server running?"),
    "mistake": ValueError("a mistake"),
}


def fail(request, kind):
    raise ERRORS[kind]


handler400 = "pages.errors.bad_request"
handler403 = "pages.errors.not_allowed"
handler404 = "pages.errors.not_found"
handler500 = "pages.errors.server_error"
urlpatterns = [path("fail/<str:kind>/", fail)]


@pytest.fixture
def log():
    """What stands in the log, by the product's own settings."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Line(settings.LOGGING["formatters"]["line"]["fmt"]))
    logging.getLogger().addHandler(handler)
    yield lambda: written.getvalue().splitlines()
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def asked(ann):
    """A signed-in browser, for which errors become pages as in production."""
    client = Client(raise_request_exception=False)
    client.force_login(ann)
    return client


here = pytest.mark.urls("tests.pages.test_log")


@here
@pytest.mark.parametrize(
    ("kind", "status"), [("forbidden", 403), ("absent", 404), ("senseless", 400), ("large", 400), ("away", 503)]
)
def test_what_we_refuse_or_wait_for_is_one_line(kind, status, asked, log):
    response = asked.get(f"/fail/{kind}/", headers={"accept": "application/json"})

    (line,) = log()
    assert response.status_code == status
    assert response["X-Request-ID"] in line
    assert "Traceback" not in line


@here
def test_the_line_says_why_the_database_is_away(asked, log):
    asked.get("/fail/away/")

    assert log()[0].endswith("Service Unavailable: /fail/away/ (connection refused Is the server running?)")


@here
def test_a_mistake_has_its_traceback_and_the_number_that_its_page_shows(asked, log):
    response = asked.get("/fail/mistake/")

    assert response.status_code == 500
    assert response["X-Request-ID"] in response.content.decode()
    assert response["X-Request-ID"] in log()[0]
    assert log()[-1] == "ValueError: a mistake"


@here
def test_a_program_is_told_the_number_too(asked):
    response = asked.get("/fail/mistake/", headers={"accept": "application/json"})

    assert response.json()["number"] == response["X-Request-ID"]


def test_a_form_without_its_secret_is_one_line(log):
    response = Client(enforce_csrf_checks=True).post("/auth/login/", {"login": "ann"})

    assert response.status_code == 403
    assert len(log()) == 1


def test_a_name_that_is_not_ours_is_one_line(log):
    response = Client().get("/auth/login/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert len(log()) == 1


@pytest.mark.parametrize(
    ("given", "kept"), [("proxy-7f3a.21", True), ("short", False), ("x" * 65, False), ("two\nlines-of-it", False)]
)
def test_a_proxy_may_number_its_requests(given, kept, client):
    response = client.get("/healthz", headers={"x-request-id": given})

    assert (response["X-Request-ID"] == given) is kept


def test_each_request_has_a_number_of_its_own(client):
    assert len({client.get("/healthz")["X-Request-ID"] for _ in range(3)}) == 3
