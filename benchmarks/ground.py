"""What a run stands on: a database of its own on PostgreSQL, and the environment of production."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("PATH", "HOME", "LANG", "TZ")


class Ground:
    """A folder and a database, and commands run on them."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database

    def env(self, **more: str) -> dict[str, str]:
        """As `docs/operations.md` tells, without Redis: cache and sessions stand in the database."""
        kept = {name: value for name, value in os.environ.items() if name in KEPT}
        return kept | {
            "SECRET_KEY": "only-for-benchmarks",
            "PUBLIC_URL": "http://127.0.0.1:8000",
            "ALLOWED_HOSTS": "127.0.0.1",
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "WARNING",
            **more,
        }

    def run(self, *words: object, **env: str) -> str:
        """A command to its end; what it printed."""
        command = [sys.executable, *map(str, words)]
        ran = subprocess.run(command, cwd=ROOT, env=self.env(**env), stdout=subprocess.PIPE, text=True, check=True)
        return ran.stdout

    def prepare(self) -> None:
        """Everything before the first start."""
        for words in (["migrate", "-v", "0"], ["createcachetable", "-v", "0"], ["compile_translations"]):
            self.run("manage.py", *words)
        self.run("manage.py", "collectstatic", "--no-input", "-v", "0")


@contextmanager
def own_database(server: str, name: str, *, keep: bool = False) -> Iterator[str]:
    """The address of a database on this server, made if need be and dropped afterwards unless kept."""

    def named(database: str) -> str:
        return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))

    # The database in the address may not be there; this one always is.
    with closing(psycopg2.connect(named("postgres"))) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            yield named(name)
        finally:
            if not keep:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
