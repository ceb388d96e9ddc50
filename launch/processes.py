"""Programs that keep running: each in a process group of its own, none left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from launch.places import ROOT, say, shown

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
LONGEST_PAUSE = 30
STEADY_AFTER = 60
LARGEST_LOG = 5_000_000
DEAD_WITHIN = 3  # what was killed outright may still be waiting for its disk


def end_with_parent(parent: int) -> None:
    """Have Linux end this child when `run.py` goes, even by SIGKILL; other systems know no such thing."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went before the line above
            os.kill(os.getpid(), signal.SIGTERM)


def inherit_orphans() -> None:
    """Have Linux give us what a dead child leaves behind, so that its end can be waited for."""
    if LIBC:
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)


class Child:
    """One program that is started again when it dies, later and later while it keeps dying."""

    def __init__(
        self, name: str, command: Sequence[object], *, env: dict[str, str], log: Path, fds: Sequence[int] = ()
    ):
        self.name, self.command, self.env, self.log, self.fds = name, [str(word) for word in command], env, log, fds
        self.pause = 1.0
        self.start()

    def start(self) -> None:
        me = os.getpid()
        self.started = time.monotonic()
        self.again_at: float | None = None
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=self.fds,
                start_new_session=True,
                preexec_fn=lambda: end_with_parent(me),
            )

    def is_running(self) -> bool:
        return self.process.poll() is None

    def keep_alive(self) -> None:
        """Start it again after a pause that doubles, and is short again once it ran for a while."""
        if self.is_running():
            return
        if self.again_at is None:
            self.lie_down()
        elif time.monotonic() >= self.again_at:
            self.start()

    def lie_down(self) -> None:
        self.end_group()
        if time.monotonic() - self.started > STEADY_AFTER:
            self.pause = 1.0
        self.again_at = time.monotonic() + self.pause
        ended = f"The {self.name} ended ({self.process.returncode}), see {shown(self.log)}."
        say(f"{ended} It starts again in {self.pause:.0f} s.")
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def ask_to_stop(self) -> None:
        """Only the leader is asked: its own children would drop the work in hand."""
        if self.is_running():
            self.process.terminate()

    def end_group(self) -> None:
        """End whatever is left of the group, also when its leader is gone already; what it held is free afterwards."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # nobody left
        except PermissionError:  # how a Mac says that only the unreaped leader is left
            pass
        self.process.wait()
        self.bury_orphans()

    def bury_orphans(self) -> None:
        """Wait for the rest of the group, where the system gave them to us."""
        deadline = time.monotonic() + DEAD_WITHIN
        while time.monotonic() < deadline:
            try:
                buried, _ = os.waitpid(-self.process.pid, os.WNOHANG)
            except ChildProcessError:
                return  # none left
            if not buried:
                time.sleep(0.01)


def stop(children: Sequence[Child], *, within: float, hurried: Callable[[], bool] = lambda: False) -> None:
    """End all of them: kindly first, and by force whoever is still there `within` seconds later, or once hurried."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + within
    while any(child.is_running() for child in children) and time.monotonic() < deadline and not hurried():
        time.sleep(0.05)
    for child in children:
        child.end_group()


def rotated(log: Path) -> Path:
    """Keep one earlier log once it grew large."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    return log


def last_lines(log: Path, count: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
