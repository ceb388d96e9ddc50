"""The whole product by its one command: real web server, real worker, real clock."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest
from django.conf import settings

from tests.examples import FULL

pytestmark = pytest.mark.e2e
STARTS_WITHIN = 180


# What run.py says at the moment a first start is cut short, in full and as a sample.
MOMENTS = ["Compiling", "Setting up the database", "Setting up the cache", "Collecting", "Filling", "Two Eyes is ready"]
CUT_SHORT = MOMENTS if FULL else ["Collecting"]


class House:
    """run.py, running."""

    def __init__(self, var, until="Ctrl-C stops it"):
        self.output = var / "run-output"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "run.py"],
                cwd=settings.BASE_DIR,
                env=os.environ | {"VAR_DIR": str(var)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: self.has_said(until) or self.process.poll() is not None, within=STARTS_WITHIN)

    def stop(self):
        """Ask it to stop, and give its exit code."""
        self.process.terminate()
        return self.process.wait(30)

    def has_said(self, words):
        return words in self.output.read_text()

    def cut_power(self):
        """Nobody is asked, no step and no child survives."""
        for group in {self.process.pid} | {group for _, parent, group, _ in processes() if parent == self.process.pid}:
            os.killpg(group, signal.SIGKILL)
        self.process.wait()

    @property
    def port(self):
        return int(re.search(r"http://127\.0\.0\.1:(\d+)", self.output.read_text())[1])

    def page(self, path):
        return urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30)

    def leader(self, program):
        """The process that run.py itself started for `program`."""
        pids = [pid for pid, parent, _, command in processes() if parent == self.process.pid and program in command]
        return pids[0] if pids else None

    def members(self):
        """Everybody in the groups of its children."""
        groups = {group for _, parent, group, _ in processes() if parent == self.process.pid}
        return {pid for pid, _, group, _ in processes() if group in groups}


def processes():
    listing = subprocess.run(["ps", "-Ao", "pid=,ppid=,pgid=,stat=,args="], capture_output=True, text=True, check=True)
    for line in listing.stdout.splitlines():
        pid, parent, group, state, command = line.split(None, 4)
        if not state.startswith("Z"):
            yield int(pid), int(parent), int(group), command


def living(pids):
    return pids & {pid for pid, *_ in processes()}


def wait_until(holds, *, within=60):
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """One folder for the whole file: only the first start has a demo to fill in."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def house(var):
    house = House(var)
    members = house.members()
    yield house
    if house.process.poll() is None:
        house.stop()
    for pid in living(members):
        os.kill(pid, signal.SIGKILL)


def test_it_tells_how_to_get_in_and_keeps_its_secrets(house, var):
    said = house.output.read_text()

    assert (var / "demo-password").read_text().strip() in said
    assert "ann@demo.example" in said
    assert house.page("/healthz").status == 200
    assert b'type="password"' in house.page("/").read()
    assert {path.stat().st_mode & 0o777 for path in (var / "secret-key", var / "demo-password")} == {0o600}
    assert var.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("program", ["celery", "gunicorn"])
def test_a_killed_part_is_started_again_and_leaves_no_orphan(house, program):
    wait_until(lambda: len(house.members()) >= 7)  # web and two workers; worker, clock and two hands
    first, before = house.leader(program), house.members()
    of_its_group = {pid for pid, _, group, _ in processes() if group == first}

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: house.leader(program) not in (None, first))
    wait_until(lambda: len(house.members()) >= 7)

    assert living(of_its_group) == set()
    assert living(before - of_its_group) == before - of_its_group
    assert house.page("/healthz").status == 200


def test_a_later_start_has_nothing_to_set_up(house, var):
    house.stop()

    later = House(var)

    assert later.stop() == 0
    assert later.has_said("Two Eyes is ready")
    assert not later.has_said("Setting up the database")


def test_a_deleted_database_is_made_anew(house, var):
    house.stop()
    for part in var.glob("two-eyes.sqlite3*"):
        part.unlink()

    anew = House(var)

    assert anew.stop() == 0
    assert anew.has_said("Filling in the demo")
    assert (var / "two-eyes.sqlite3").exists()


def test_asked_to_stop_it_leaves_nobody(house):
    wait_until(lambda: len(house.members()) >= 7)
    members = house.members()

    exit_code = house.stop()

    assert exit_code == 0
    assert living(members) == set()
    assert house.has_said("Stopped.")
    socket.create_server(("127.0.0.1", house.port)).close()


@pytest.mark.parametrize("moment", CUT_SHORT)
def test_a_first_start_cut_short_is_made_good_by_the_next(moment, tmp_path):
    House(tmp_path, until=moment).cut_power()

    house = House(tmp_path)
    stylesheet = re.search(r'/static/css/[^"]+', house.page("/").read().decode())[0]
    length = len(house.page(stylesheet).read())
    house.stop()

    assert house.has_said("Stopped.")
    assert length > 50_000
    with closing(sqlite3.connect(tmp_path / "two-eyes.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM stakeholders_stakeholder").fetchone() == (153,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_killed_itself_it_takes_everybody_along(house):
    wait_until(lambda: len(house.members()) >= 7)
    members = house.members()

    house.process.kill()

    wait_until(lambda: living(members) == set(), within=30)
