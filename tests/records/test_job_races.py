"""Real processes ring for the same slot at the same moment; one of them does the work, on either engine."""

import os
import signal
from datetime import timedelta
from multiprocessing import get_context

import pytest
from django.db import connections
from django.utils import timezone

from records.jobs import JobRun
from tests.records.ringing import hold_for_ever, ring

PROCESSES = 4
spawn = get_context("spawn")


@pytest.fixture
def database(tmp_path, transactional_db):
    """The test's own PostgreSQL database; or a file, since no other process sees a database in memory."""
    default = connections["default"]
    if default.vendor == "postgresql":
        yield default.settings_dict
        return
    settings = {"ENGINE": "records.sqlite", "NAME": str(tmp_path / "jobs.sqlite3")}
    connections.databases["default"] = connections.configure_settings({"default": settings})["default"]
    connections["default"] = filed = connections.create_connection("default")
    with filed.schema_editor() as editor:
        editor.create_model(JobRun)
    yield settings
    filed.close()
    connections["default"], connections.databases["default"] = default, default.settings_dict


def test_every_slot_has_one_winner(database):
    slots, gate, won = 20, spawn.Barrier(PROCESSES), spawn.Queue()
    ringing = [spawn.Process(target=ring, args=(database, slots, gate, won)) for _ in range(PROCESSES)]
    for process in ringing:
        process.start()

    wins = [won.get(timeout=60) for _ in ringing]
    for process in ringing:
        process.join(60)

    assert sum(wins) == slots
    assert JobRun.objects.filter(state="running", attempts=1).count() == slots


def test_a_killed_holders_lease_lapses(database):
    claimed = spawn.Event()
    holder = spawn.Process(target=hold_for_ever, args=(database, claimed))
    holder.start()
    assert claimed.wait(60)

    os.kill(holder.pid, signal.SIGKILL)
    holder.join(60)

    assert JobRun.claim("alerts", "1", now=timezone.now() - timedelta(seconds=1)) is None
    assert JobRun.claim("alerts", "1", now=timezone.now() + timedelta(seconds=2)).attempts == 2
