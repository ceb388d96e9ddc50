"""A whole installation of its own for one test: database, queue and real workers, as operated."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]


class House:
    """Settings by environment alone; `workers` are ended with their whole process group."""

    def __init__(self, folder: Path, database_url: str, redis_url: str = "") -> None:
        self.folder, self.database_url = folder, database_url
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TZ")}
        self.env = kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "only-for-tests",
            "PUBLIC_URL": "http://testserver",
            "ALLOWED_HOSTS": "testserver",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
        }
        self.workers: list[subprocess.Popen] = []

    @property
    def file(self) -> str:
        """Where the database lies, if it is one of SQLite."""
        parts = urlsplit(self.database_url)
        return parts.path if parts.scheme == "sqlite" else ""

    def python(self, *words: object) -> None:
        """Run something to its end; what it says when it fails is the failure."""
        command = [sys.executable, *map(str, words)]
        ran = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def start(self, *words: object) -> subprocess.Popen:
        """Begin something that a test will kill."""
        with open(self.folder / f"started-{len(self.workers)}.log", "wb") as log:
            command = [sys.executable, *map(str, words)]
            started = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)
        self.workers.append(started)
        return started

    def start_worker(self) -> subprocess.Popen:
        """A worker with a beat of its own."""
        number = len(self.workers)
        beat = ["--beat", "--schedule", self.folder / f"beat-{number}", "--hostname", f"worker{number}@%h"]
        words = ["celery", "--app", "config", "worker", "--concurrency", "2", *beat, "--loglevel", "INFO"]
        with open(self.folder / f"worker-{number}.log", "wb") as log:
            command = [sys.executable, "-m", *map(str, words)]
            worker = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen) -> None:
        """What a power cut does: nobody is asked, no child survives."""
        try:
            os.killpg(worker.pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # ended already
        finally:
            worker.wait()

    def close(self) -> None:
        for worker in self.workers:
            self.kill(worker)

    def ask(self, sql: str) -> tuple:
        """One row, read past Django so that nothing of the test shares a connection with the workers."""
        connection = sqlite3.connect(self.file, timeout=20) if self.file else psycopg2.connect(self.database_url)
        with closing(connection):
            cursor = connection.cursor()
            cursor.execute(sql)
            return cursor.fetchone()

    def count(self, table: str) -> int:
        return self.ask(f"SELECT count(*) FROM {table}")[0]

    def logs(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-3000:] for path in sorted(self.folder.glob("worker-*.log")))

    def wait_until(self, holds, *, within: float, every: float = 0.005) -> None:
        deadline = time.monotonic() + within
        while not holds():
            assert time.monotonic() < deadline, f"waited in vain\n{self.logs()}"
            time.sleep(every)


def at(url: str, name: str) -> str:
    """The address of another database on the same server, PostgreSQL's or Redis's."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def administer(database_url: str, *statements: str) -> None:
    """Statements that no transaction may hold."""
    with closing(psycopg2.connect(at(database_url, "postgres"))) as connection:
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)
