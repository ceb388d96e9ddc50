"""When the database or the cache is away: 503 with Retry-After for what needs it, and only then."""

import json
import sqlite3

import pytest
from django.db import InterfaceError, OperationalError, connections
from django.db.utils import ConnectionHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from redis import Redis
from redis.exceptions import ConnectionError as RedisAway

from pages.errors import is_away, server_error
from pages.middleware import DatabaseAwayMiddleware

pytestmark = pytest.mark.django_db  # without it pytest-django forbids even a connection that fails

GONE = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/at/all.sqlite3"}})


def reading_nothing(request):
    with GONE["default"].cursor() as cursor:
        cursor.execute("SELECT 1")


def reading_wrongly(request):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")


handler500 = "pages.errors.server_error"
urlpatterns = [path("nothing/", reading_nothing), path("wrongly/", reading_wrongly)]


def raised_by(work):
    with pytest.raises(Exception) as caught:
        work()
    return caught.value


def test_a_database_that_cannot_be_opened_is_away():
    assert is_away(raised_by(lambda: reading_nothing(None)))


def test_a_wrong_statement_is_our_mistake(db):
    assert not is_away(raised_by(lambda: reading_wrongly(None)))


def test_a_locked_database_is_away(tmp_path):
    first = sqlite3.connect(tmp_path / "one.sqlite3", isolation_level=None)
    first.execute("BEGIN EXCLUSIVE")
    handler = ConnectionHandler(
        {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": tmp_path / "one.sqlite3",
                "OPTIONS": {"timeout": 0},
            }
        }
    )

    error = raised_by(lambda: handler["default"].cursor().execute("CREATE TABLE t (i)"))

    first.close()
    handler.close_all()
    assert is_away(error)


@pytest.mark.parametrize("error", [InterfaceError("closed"), OperationalError("server closed the connection")])
def test_a_lost_connection_is_away(error):
    assert is_away(error)


def test_a_cache_that_refuses_is_away():
    assert is_away(raised_by(Redis(port=1).ping))
    assert is_away(RedisAway("refused"))


def test_a_view_without_database_answers_503():
    request = RequestFactory().get("/people/")

    response = DatabaseAwayMiddleware(lambda request: HttpResponse()).process_exception(
        request, raised_by(lambda: reading_nothing(request))
    )

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "<h1>" in response.content.decode()


def test_any_other_exception_takes_its_own_way():
    request = RequestFactory().get("/people/")

    response = DatabaseAwayMiddleware(lambda request: HttpResponse()).process_exception(request, ValueError())

    assert response is None


def test_a_program_reads_a_problem(rf):
    request = rf.get("/api/v1/people/")

    response = DatabaseAwayMiddleware(lambda request: HttpResponse()).process_exception(
        request, raised_by(lambda: reading_nothing(request))
    )

    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 503


def test_outside_a_view_the_last_handler_answers_503(rf):
    try:
        reading_nothing(None)
    except OperationalError:
        response = server_error(rf.get("/people/"))

    assert response.status_code == 503
    assert response["Retry-After"]


def test_a_mistake_answers_500_and_says_nothing_of_itself(rf):
    try:
        raise ValueError("the secret of the house")
    except ValueError:
        response = server_error(rf.get("/people/"))

    assert response.status_code == 500
    assert "secret" not in response.content.decode()


@pytest.mark.urls("tests.pages.test_database_away")
@pytest.mark.parametrize(("address", "status"), [("/nothing/", 503), ("/wrongly/", 500)])
def test_through_the_whole_house(client, ann, address, status):
    client.force_login(ann)
    client.raise_request_exception = False

    assert client.get(address).status_code == status
