"""A disk that is full or may only be read: what is there can be read, nothing is half stored, and it ends by itself."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import InternalError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from pages.absence import is_away, takes_nothing_in
from relationships.models import Interaction
from tests.factories import StakeholderFactory, activity

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="needs SQLite")
MUCH = "\n".join(["What they said, and what we did."] * 300)  # more than a page of the database holds


@contextmanager
def pragma(during: str, afterwards: str):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {during}")
        yield
        cursor.execute(f"PRAGMA {afterwards}")


def full():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free page is left
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    return pragma(f"max_page_count = {pages}", "max_page_count = 1073741823")


def read_only():
    return pragma("query_only = ON", "query_only = OFF")


@pytest.fixture
def visit(acme):
    person = StakeholderFactory(account=acme, name="Liu Yang")
    return {
        "account": acme.pk,
        "activity_type": activity().pk,
        "people": [person.pk],
        "when": "now",
        "summary": MUCH,
        "client_id": str(uuid4()),
    }


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("closed", [full, read_only])
def test_what_cannot_be_stored_is_said_and_can_be_sent_again(closed, visit, ann):
    client = Client(raise_request_exception=False)
    client.force_login(ann)
    log = reverse("relationships:log")

    with closed():
        refused = client.post(log, visit)
        read = client.get(reverse("accounts:detail", args=[visit["account"]]))
        stored = Interaction.objects.count()
    again = client.post(log, visit)

    assert refused.status_code == 503
    assert refused["Retry-After"]
    assert "Nothing can be stored just now" in refused.content.decode()
    assert read.status_code == 200
    assert stored == 0
    assert again.status_code == 302
    assert Interaction.objects.get().summary.count("\n") == 299


@pytest.mark.parametrize("code", ["53100", "25006"])
@pytest.mark.parametrize("kind", [OperationalError, InternalError])
def test_a_full_or_standby_postgresql_takes_nothing_in(code, kind):
    error = kind("no room")
    error.__cause__ = Exception()
    error.__cause__.pgcode = code

    assert takes_nothing_in(error)
    assert is_away(error)


@pytest.mark.parametrize("number", [28, 30, 122])
def test_a_file_that_cannot_be_written_takes_nothing_in(number):
    assert takes_nothing_in(OSError(number, "No space left on device"))


@pytest.mark.parametrize("error", [OSError(2, "No such file"), InternalError("else"), OperationalError("away"), None])
def test_anything_else_is_not_taken_for_it(error):
    assert not takes_nothing_in(error)
