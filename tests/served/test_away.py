"""PostgreSQL or Redis away and back: what needs it says so, everything else goes on, and nothing is started anew."""

import re
import time
from contextlib import contextmanager
from uuid import uuid4

import pytest

from tests.served.product import PASSWORD, Visitor

pytestmark = pytest.mark.processes

RUN = "/jobs/prune_logs/run/"
READ = ["/", "/people/", "/accounts/", "/interactions/", "/search/?q=person"]


@pytest.fixture(scope="module")
def house(on_postgresql):
    return on_postgresql


@pytest.fixture(scope="module")
def ann(house):
    return Visitor(house.address).sign_in("ann@two-eyes.example")


@pytest.fixture(scope="module")
def ada(house):
    return Visitor(house.address).sign_in("ada@two-eyes.example")


@contextmanager
def shut(gate):
    gate.shut()
    try:
        yield
    finally:
        gate.open()


@contextmanager
def hanging(gate):
    gate.hang()
    try:
        yield
    finally:
        gate.open()


def signing_in(house):
    visitor = Visitor(house.address)
    visitor.get("/auth/login/")
    return visitor.post("/auth/login/", {"login": "ann@two-eyes.example", "password": PASSWORD})


def a_visit(house):
    scene = house.scene
    sent = {"account": scene["account"], "activity_type": scene["visit"], "people": scene["person0"]}
    return sent | {"when": "now", "client_id": str(uuid4())}


@pytest.mark.parametrize("silent", [shut, hanging])
def test_without_redis_all_goes_on_but_signing_in(silent, house, ann, ada):
    """Signing in counts the tries; a job by hand waits in the database for the sweep."""
    before = house.count("records_jobrun WHERE state = 'waiting'")

    with silent(house.queue_gate):
        read = [ann.get(path).status_code for path in READ]
        logged = ann.post("/interactions/log/", a_visit(house))
        began = time.monotonic()
        asked, refused = ada.post(RUN), signing_in(house)
        waited = time.monotonic() - began

    assert read == [200] * len(READ)
    assert (logged.status_code, asked.status_code, refused.status_code) == (302, 302, 503)
    assert refused.headers["Retry-After"]
    assert waited < 20
    assert house.count("records_jobrun WHERE state = 'waiting'") == before + 1
    assert "Could not ring for records.tasks.prune_logs" in house.log
    assert signing_in(house).status_code == 302


def test_without_postgresql_everybody_is_told_to_wait(house, ann):
    with shut(house.database_gate):
        pages = [ann.get(path) for path in READ]
        program = ann.get("/people/", headers={"Accept": "application/json"})
        sent = ann.post("/interactions/log/", a_visit(house))
        health = Visitor(house.address).get("/healthz")
        stylesheet = ann.get(re.search(r'/static/css/[^"]+', pages[0].text)[0])

    assert {page.status_code for page in [*pages, program, sent, health]} == {503}
    assert all(int(page.headers["Retry-After"]) > 0 for page in [*pages, program, sent, health])
    assert "Back in a moment" in pages[0].text
    assert program.headers["Content-Type"] == "application/problem+json"
    assert health.text == "database away\n"
    assert stylesheet.status_code == 200


def test_once_postgresql_is_back_it_goes_on_by_itself(house, ann):
    form, before = a_visit(house), house.count("relationships_interaction")
    with shut(house.database_gate):
        ann.post("/interactions/log/", form)

    answers = [ann.get(path).status_code for path in READ * 3]  # by every thread
    sent = ann.post("/interactions/log/", form)

    assert set(answers) == {200}
    assert sent.status_code == 302
    assert house.count("relationships_interaction") == before + 1


def test_the_log_names_each_reason_in_a_line(house):
    assert "connection to server" in house.log
    assert "Traceback" not in house.log
