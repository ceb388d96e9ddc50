"""A real worker is killed at 10, 50 and 90 % of an import; the others finish it, and not a row is doubled or lost."""

import pytest

from tests.examples import FULL
from tests.jobs.test_killed_worker import built

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("workers")]

ROWS, LEASE = (30_000, 40) if FULL else (3_000, 5)
KILLED_AT = (0.1, 0.5, 0.9)
# What an undisturbed run of the same file leaves.
FACTS = {
    "people": "SELECT count(*), count(DISTINCT name), count(DISTINCT version) FROM stakeholders_stakeholder",
    "posts": "SELECT count(*), count(DISTINCT stakeholder_id), count(reports_to_id) FROM stakeholders_position",
    "phones": "SELECT count(*), count(DISTINCT value) FROM stakeholders_contactmethod",
    "keys": "SELECT count(*), count(DISTINCT object_id) FROM records_externalreference",
    "history": "SELECT count(*) FROM stakeholders_historicalstakeholder",
    "history of posts": "SELECT count(*) FROM stakeholders_historicalposition",
    "rows": (
        "SELECT count(*), count(DISTINCT number), sum(concern), count(object_id) FROM sync_importrow WHERE round = 2"
    ),
    "counts": "SELECT state, stage, place, total FROM sync_importrun",
}


@pytest.fixture(params=["embedded", "servers"])
def house(request, tmp_path):
    with built(request.param, tmp_path) as house:
        house.env |= {"JOB_LEASE": str(LEASE), "IMPORT_CHUNK": str(ROWS // 30)}
        house.python("manage.py", "migrate", "-v", "0")
        house.python("-m", "tests.jobs.import_waits", ROWS)
        yield house


def progress(house):
    """How much of both passes over the rows is done, as a share."""
    stage, place = house.ask("SELECT stage, place FROM sync_importrun")
    return {"writing": place, "tying": ROWS + place}.get(stage, 0) / (2 * ROWS)


def facts(house):
    return {name: house.ask(sql) for name, sql in FACTS.items()}


def state(house):
    return house.ask("SELECT state FROM sync_importrun")[0]


def test_killed_three_times_the_result_is_exact(house):
    for share in KILLED_AT:
        worker = house.start_worker()
        house.wait_until(lambda share=share: progress(house) >= share, within=90)
        house.kill(worker)
        assert state(house) == "applying"

    house.start_worker()
    house.wait_until(lambda: state(house) == "done", within=90, every=0.2)

    good, bosses = ROWS * 9 // 10, ROWS // 10
    assert facts(house) == {
        "people": (good, good, 1),
        "posts": (good, good, bosses),
        "phones": (2 * good, 2 * good),
        "keys": (good, good),
        "history": (good,),
        "history of posts": (good + bosses,),
        "rows": (ROWS, ROWS, 2 * bosses, good),
        "counts": ("done", "tying", ROWS, ROWS),
    }
