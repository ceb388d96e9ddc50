"""Programs that run.py keeps alive, shown on small shell scripts."""

import os
import signal
import socket
import sys
import time
from threading import Timer

import pytest

from launch.house import Stopping
from launch.processes import LIBC, PR_SET_CHILD_SUBREAPER, Child, inherit_orphans, last_lines, rotated, stop


@pytest.fixture
def child_of(tmp_path):
    """Start a shell script as a child; whatever is left of it is ended after the test."""
    children = []

    def start(script, **options):
        env = {"PATH": os.environ["PATH"]}
        child = Child("script", ["sh", "-c", script], env=env, log=tmp_path / "script.log", **options)
        children.append(child)
        return child

    yield start
    stop(children, within=0)


def wait_until(holds, *, within=10):
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(pid):
    """Not gone, nor dead and merely unburied."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_dead_child_is_started_again_after_a_pause(child_of):
    child = child_of("sleep 60")
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not child.is_running())

    child.keep_alive()
    right_away = child.is_running()
    wait_until(lambda: child.keep_alive() or child.is_running())

    assert not right_away
    assert child.process.pid != first


def test_the_pause_grows_while_a_child_keeps_dying(child_of):
    child = child_of("exit 3")
    wait_until(lambda: not child.is_running())

    for _ in range(8):
        child.lie_down()

    assert child.pause == 30


def test_what_a_dead_leader_left_running_is_ended_before_it_starts_again(child_of, tmp_path):
    child = child_of(f"sleep 60 & echo $! > {tmp_path}/orphan; kill -9 $$")
    wait_until(lambda: not child.is_running())
    orphan = int((tmp_path / "orphan").read_text())
    was_alive = is_alive(orphan)

    child.keep_alive()

    assert was_alive
    wait_until(lambda: not is_alive(orphan))


def test_a_child_that_will_not_stop_is_ended_by_force(child_of, tmp_path):
    child = child_of(f"trap '' TERM; touch {tmp_path}/deaf; while true; do sleep 0.1; done")
    wait_until((tmp_path / "deaf").exists)

    stop([child], within=0.3)

    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_stops_when_asked_is_given_the_time(child_of, tmp_path):
    child = child_of(f"trap 'sleep 0.3; touch {tmp_path}/finished; exit' TERM; touch {tmp_path}/up; sleep 60 & wait")
    wait_until((tmp_path / "up").exists)

    stop([child], within=10)

    assert (tmp_path / "finished").exists()


@pytest.fixture
def subreaper():
    inherit_orphans()
    yield
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 0)


@pytest.mark.skipif(LIBC is None, reason="only Linux hands orphans over")
def test_once_stopped_nobody_holds_anything_any_more(child_of, subreaper, tmp_path):
    """Not even those that have to be killed, and were started by one that is gone."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        deaf = (
            "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); b = bytes(300_000_000); time.sleep(60)"
        )
        child = child_of(
            f"trap 'exit' TERM; {sys.executable} -c '{deaf}' & echo $! > {tmp_path}/deaf; sleep 60 & wait",
            fds=[listener.fileno()],
        )
        wait_until((tmp_path / "deaf").exists)
        time.sleep(0.3)  # until it is deaf

    stop([child], within=5)

    assert not is_alive(int((tmp_path / "deaf").read_text()))
    socket.create_server(("127.0.0.1", port)).close()


def test_asked_again_the_patience_is_over(child_of, tmp_path):
    child = child_of(f"trap '' TERM; touch {tmp_path}/deaf; while true; do sleep 0.1; done")
    wait_until((tmp_path / "deaf").exists)
    stopping = Stopping()
    began = time.monotonic()

    Timer(0.3, lambda: (stopping.ask(), stopping.ask())).start()
    stop([child], within=60, hurried=stopping.hurried)

    assert time.monotonic() - began < 10
    assert child.process.returncode == -signal.SIGKILL


def test_a_log_grown_large_is_set_aside(tmp_path, monkeypatch):
    monkeypatch.setattr("launch.processes.LARGEST_LOG", 10)
    log = tmp_path / "web.log"
    log.write_text("twelve bytes")

    rotated(log)

    assert not log.exists()
    assert (tmp_path / "web.log.1").read_text() == "twelve bytes"


def test_the_end_of_a_log_is_shown(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("\n".join(map(str, range(100))))

    assert last_lines(log, 2) == "98\n99"
