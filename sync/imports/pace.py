"""How many rows one transaction takes: as many as are done in a moment, so that nobody else waits long for the lock."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Row = TypeVar("Row")

# Below so many rows what each chunk costs anyway outweighs them.
FIRST, LEAST = 200, 200
SECONDS = 0.4


class Pace:
    """Grows and shrinks with the time that the last chunk took."""

    def __init__(self, most: int, size: int = FIRST) -> None:
        self.size, self.most = min(size, most), most

    def took(self, rows: int, seconds: float) -> None:
        """The next chunk is at most twice as large as this one."""
        fitting = int(rows * SECONDS / max(seconds, 0.001))
        self.size = min(max(LEAST, min(fitting, rows * 2)), self.most)

    def chunks(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        """The rows in lots as large as the pace is when each one's turn comes."""
        rows = iter(rows)
        while chunk := list(islice(rows, self.size)):
            yield chunk
