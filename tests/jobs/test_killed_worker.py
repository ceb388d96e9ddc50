"""A real worker is killed in the middle of the alert job; others finish it, and every alert is there once."""

import os

import pytest

from tests.jobs import house as houses

pytestmark = pytest.mark.processes

PEOPLE = 20_000
PICKED_UP_WITHIN = 60


@pytest.fixture(params=["embedded", "servers"])
def house(request, tmp_path):
    """Each kind of installation with a crowd that was never contacted."""
    if request.param == "embedded":
        built = houses.on_sqlite(tmp_path)
    else:
        urls = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
        if not all(urls):
            pytest.skip("needs PostgreSQL")
        built = houses.on_servers(tmp_path, *urls)
        request.addfinalizer(lambda: houses.drop(urls[0]))
    request.addfinalizer(built.close)
    built.python("manage.py", "migrate", "-v", "0")
    built.python("-m", "tests.jobs.crowd", PEOPLE)
    return built


def run_of(house):
    """State and attempts of the run."""
    return house.ask("SELECT state, attempts FROM records_jobrun WHERE name = 'open_alerts'")


def test_killed_half_way_it_is_finished_by_two_others(house):
    first = house.start_worker()
    house.wait_until(lambda: house.count("reviews_alert") > 0, within=90)
    house.kill(first)
    assert 0 < house.count("reviews_alert") < PEOPLE
    assert run_of(house) == ("running", 1)

    for _ in range(2):
        house.start_worker()
    house.wait_until(lambda: run_of(house) == ("running", 2), within=PICKED_UP_WITHIN)
    house.wait_until(lambda: run_of(house) == ("done", 2), within=60, every=0.2)

    assert house.count("reviews_alert") == house.count("reviews_historicalalert") == PEOPLE
    assert house.count("(SELECT DISTINCT stakeholder_id FROM reviews_alert) AS subjects") == PEOPLE
    assert house.count("reviews_notification") == PEOPLE
