"""A project served by gunicorn as in production, on a port of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from benchmarks.ground import ROOT, Ground

READY_WITHIN = 120


class Server:
    """Where it answers, and what its workers hold."""

    def __init__(self, port: int, master: int) -> None:
        self.port, self.master = port, master

    def workers(self) -> list[int]:
        """The processes that answer; the master only watches them."""
        return [int(pid) for pid in Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()]

    def megabytes(self) -> float:
        """The workers' memory together, what they share counted once (PSS)."""
        return sum(map(proportional_set_size, self.workers())) / 1024


def proportional_set_size(pid: int) -> int:
    """In kilobytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@contextmanager
def served(ground: Ground, application: str, settings: str) -> Iterator[Server]:
    """The server from its first answer on; ended with its whole group."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener, open(ground.folder / "web.log", "ab") as log:
        port = listener.getsockname()[1]
        command = ["--config", "config/gunicorn.py", "--bind", f"fd://{listener.fileno()}", application]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *command], cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            env=ground.env(PUBLIC_URL=f"http://127.0.0.1:{port}", DJANGO_SETTINGS_MODULE=settings),
            pass_fds=(listener.fileno(),),
        )  # fmt: skip
        try:
            wait_for_answer(port, process, Path(log.name))
            yield Server(port, process.pid)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for_answer(port: int, process: subprocess.Popen, log: Path) -> None:
    """Any answer will do."""
    deadline = time.monotonic() + READY_WITHIN
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The server does not come up:\n" + log.read_text(errors="replace")[-3000:])


def answers(port: int) -> bool:
    """The connection waits in the listening socket until a worker takes it."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status > 0
        except OSError:
            return False


def load() -> str:
    """How busy the machine is beside us: ratios bear it, seconds do not."""
    return " ".join(f"{part:.1f}" for part in os.getloadavg())
