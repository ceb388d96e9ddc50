"""`python -m tests.migrated`: databases as the migrations leave them, one for each engine, which test processes copy.

`run.py test` makes them before its rounds and names them in the environment. Without these names, as when pytest is
called by hand, every process and every house migrates for itself.
"""

import os
import shutil
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from tests.jobs.house import House, administer, at

FILE, NAME = os.environ.get("MIGRATED_SQLITE", ""), os.environ.get("MIGRATED_POSTGRESQL", "")


def copy_to(path: str | Path) -> bool:
    """Lay a SQLite database there, if there is one to copy."""
    if FILE:
        shutil.copyfile(FILE, path)
    return bool(FILE)


def lay_out(house: House) -> House:
    """Give a house its tables."""
    if not (copy_to(house.file) if house.file else NAME):
        house.python("manage.py", "migrate", "-v", "0")
    return house


def create(url: str, name: str) -> str:
    """A fresh database of this name on the server of `url`, a copy if there is one; its own address."""
    template = f" TEMPLATE {NAME}" if NAME else ""
    administer(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}{template}")
    return at(url, name)


def make() -> None:
    """Both at the same time."""
    houses = [House(Path(FILE).parent, f"sqlite:///{FILE}")]
    if NAME:
        administer(os.environ["TEST_DATABASE_URL"], f"CREATE DATABASE {NAME}")
        houses.append(House(Path(FILE).parent, at(os.environ["TEST_DATABASE_URL"], NAME)))
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda house: house.python("manage.py", "migrate", "-v", "0"), houses))
    with closing(sqlite3.connect(FILE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # only the file itself is copied


def drop() -> None:
    """Leave nothing on a server that goes on; the file goes with its folder."""
    if NAME:
        administer(os.environ["TEST_DATABASE_URL"], f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


if __name__ == "__main__":
    drop() if "--drop" in sys.argv else make()
