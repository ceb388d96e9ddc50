"""Installations of either kind, with all their tables."""

import os
from contextlib import closing
from pathlib import Path

import redis

from tests import migrated
from tests.jobs.house import House, administer, at

REDIS_DATABASE = 14


def on_sqlite(folder: Path) -> House:
    """The embedded installation: one file, and a folder as queue."""
    return migrated.lay_out(House(folder, f"sqlite:///{folder / 'two-eyes.sqlite3'}"))


def on_servers(folder: Path, database_url: str, redis_url: str) -> House:
    """A fresh database on the test's server, and a Redis database of its own."""
    own_redis = at(redis_url, str(REDIS_DATABASE))
    with closing(redis.Redis.from_url(own_redis)) as queue:
        queue.flushdb()
    return migrated.lay_out(House(folder, migrated.create(database_url, name()), own_redis))


def drop(database_url: str) -> None:
    administer(database_url, f"DROP DATABASE IF EXISTS {name()} WITH (FORCE)")


def name() -> str:
    """One at a time in each process that tests."""
    return f"two_eyes_workers_{os.getpid()}"
