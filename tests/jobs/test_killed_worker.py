"""A real worker is killed in the middle of the alert job; others finish it, and every alert is there once."""

import os
from contextlib import contextmanager

import pytest

from tests.examples import FULL
from tests.jobs import houses

pytestmark = pytest.mark.processes

# Three chunks of the job, so that it can be killed between two; in full with the lease of every installation.
PEOPLE, LEASE = (20_000, 40) if FULL else (11_000, 20)
PICKED_UP_WITHIN = 60


@pytest.fixture(params=["embedded", "servers"])
def house(request, tmp_path):
    """Each kind of installation, with a crowd that was never contacted."""
    with built(request.param, tmp_path) as house:
        house.env["JOB_LEASE"] = str(LEASE)
        house.python("-m", "tests.jobs.crowd", PEOPLE)
        yield house


@contextmanager
def built(kind, folder):
    urls = [os.environ.get(name) for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL")]
    if kind == "servers" and not all(urls):
        pytest.skip("needs PostgreSQL")
    house = houses.on_sqlite(folder) if kind == "embedded" else houses.on_servers(folder, *urls)
    try:
        yield house
    finally:
        house.close()
        if kind == "servers":
            houses.drop(urls[0])


def run_of(house):
    """State and attempts of the run."""
    return house.ask("SELECT state, attempts FROM records_jobrun WHERE name = 'open_alerts'")


def test_killed_half_way_it_is_finished_by_two_others(house):
    first = house.start_worker()
    house.wait_until(lambda: house.count("reviews_alert") > 0, within=180)
    house.kill(first)
    assert 0 < house.count("reviews_alert") < PEOPLE
    assert run_of(house) == ("running", 1)

    for _ in range(2):
        house.start_worker()
    house.wait_until(lambda: run_of(house) == ("running", 2), within=PICKED_UP_WITHIN)
    house.wait_until(lambda: run_of(house) == ("done", 2), within=180, every=0.2)

    assert house.count("reviews_alert") == house.count("reviews_historicalalert") == PEOPLE
    assert house.count("(SELECT DISTINCT stakeholder_id FROM reviews_alert) AS subjects") == PEOPLE
    assert house.count("reviews_notification") == PEOPLE
