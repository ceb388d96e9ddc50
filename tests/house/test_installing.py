"""A start that is killed while it installs leaves nothing that the next one stumbles over."""

import fcntl
import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from launch import installing

STEPPING = """
import sys, pathlib
from launch import installing
installing.ROOT = pathlib.Path(sys.argv[1])
with installing.one_at_a_time():
    installing.step(["sh", "-c", f"touch {sys.argv[1]}/begun; sleep 1; touch {sys.argv[1]}/done"])
"""


@pytest.fixture
def venv(tmp_path, monkeypatch):
    """An environment whose Python works, and a lock file to install from."""
    monkeypatch.setattr(installing, "PYTHON", sys.executable)
    monkeypatch.setattr(installing, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(installing, "ROOT", tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.txt").write_text("django")
    return tmp_path / ".venv"


@pytest.fixture
def steps(monkeypatch):
    """What would have been run; nothing is."""
    taken = []
    monkeypatch.setattr(installing, "step", lambda command, **options: taken.append(command) or 0)
    return taken


def test_what_is_installed_is_left_alone(venv, steps):
    installing.install("requirements.txt")
    steps.clear()

    installing.install("requirements.txt")

    assert steps == []


def test_a_changed_lock_is_installed_into_the_same_environment(venv, steps):
    installing.install("requirements.txt")
    steps.clear()
    (venv.parent / "requirements.txt").write_text("django, newer")

    installing.install("requirements.txt")

    assert ["pip" in command for command in steps] == [True]


def test_an_environment_that_a_start_was_killed_in_is_made_anew(venv, steps, monkeypatch):
    monkeypatch.setattr(installing, "pip_install", lambda lock: pytest.exit("killed"))
    installing.stamp_of("requirements.txt").write_text("an earlier version")
    with pytest.raises(pytest.exit.Exception):
        installing.install("requirements.txt")
    monkeypatch.undo()

    assert not (venv / "requirements.txt.installed").exists()


def test_without_a_whole_installation_the_environment_does_not_work(venv):
    assert not installing.venv_works()
    (venv / "requirements.txt.installed").touch()
    assert installing.venv_works()


def test_what_pip_refused_is_tried_again_in_the_same_environment(venv, monkeypatch, capsys):
    installing.stamp_of("requirements.txt").touch()
    monkeypatch.setattr(installing, "step", lambda command, **options: 1)

    with pytest.raises(SystemExit, match=r"pip could not install requirements\.txt"):
        installing.install("requirements.txt")

    assert installing.stamp_of("requirements.txt").read_text() == ""
    assert installing.venv_works()


def test_an_environment_that_lies_elsewhere_is_never_emptied(venv, steps):
    elsewhere = venv.rename(venv.parent / "elsewhere")
    venv.symlink_to(elsewhere)

    with pytest.raises(SystemExit, match="is a link"):
        installing.install("requirements.txt")

    assert steps == []
    assert elsewhere.is_dir()


def test_a_step_whose_start_was_killed_is_waited_for(tmp_path):
    (tmp_path / "run.py").touch()
    first = subprocess.Popen([sys.executable, "-c", STEPPING, tmp_path], cwd=settings.BASE_DIR)
    while not (tmp_path / "begun").exists():
        assert first.poll() is None
        time.sleep(0.01)

    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    with open(tmp_path / "run.py") as lock:
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(lock, fcntl.LOCK_EX)

    assert (tmp_path / "done").exists()
