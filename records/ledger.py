"""Whole numbers by whole numbers, more of them than memory should hold."""

import sqlite3

IN_MEMORY = 50_000


class Ledger:
    """What was noted first under each number.

    Beyond so many entries they move into a database in a temporary file, which SQLite keeps by itself and deletes with
    the ledger: whatever a file tells, a worker takes no more memory for it.
    """

    def __init__(self) -> None:
        self.some: dict[int, int] = {}
        self.file: sqlite3.Connection | None = None

    def note(self, number: int, value: int) -> None:
        """Keep the value, unless there is one."""
        if self.file is not None:
            self.file.execute("INSERT OR IGNORE INTO noted VALUES (?, ?)", (number, value))
            return
        self.some.setdefault(number, value)
        if len(self.some) > IN_MEMORY:
            self.file = poured(self.some)
            self.some = {}

    def get(self, number: int | None) -> int | None:
        if self.file is None:
            return self.some.get(number) if number is not None else None
        found = self.file.execute("SELECT value FROM noted WHERE number = ?", (number,)).fetchone()
        return found[0] if found else None

    def __contains__(self, number: int) -> bool:
        return self.get(number) is not None


def poured(some: dict[int, int]) -> sqlite3.Connection:
    """A database without a name, for one process; nothing of it need survive."""
    file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    file.execute("PRAGMA journal_mode = OFF")
    file.execute("PRAGMA cache_size = -4000")  # kB
    file.execute("CREATE TABLE noted (number INTEGER PRIMARY KEY, value INTEGER NOT NULL)")
    file.execute("BEGIN")
    file.executemany("INSERT INTO noted VALUES (?, ?)", some.items())
    return file
