"""The queue of an installation without Redis: a message is a file in a folder, there whole or not at all.

Kombu's own transport writes files where others already read them, so a kill or a power cut leaves an empty or
half-written one, and every reader dies of it. Here files are renamed into place, and what nobody can read is set aside.
"""

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

SET_ASIDE = "unreadable"
TABLES_LOCK = "tables.lock"
# In seconds; kombu looks once a second, and comes back after up to three.
LOOK_EVERY = 0.2
COME_BACK_AFTER = 0.4
Table = list[filesystem.exchange_queue_t]
logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Messages in one folder, and in another the tables of which queue hears of which exchange."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        name = f"{time.time_ns()}_{uuid4()}.{queue}.msg"
        try:
            write_whole(Path(self.data_folder_out, name), dumps(payload))
        except OSError as error:
            raise ChannelError(f"Cannot put {name} into the queue: {error.strerror}") from error

    def _get(self, queue: str) -> Any:
        for path in sorted(Path(self.data_folder_in).iterdir()):
            if path.name.partition(".")[2] == f"{queue}.msg" and (message := self._take(path)):
                return message
        raise Empty

    def _take(self, path: Path) -> Any:
        """The message in this file; None when it is unreadable, or when another reader was quicker to remove it."""
        try:
            message = loads(path.read_text())
            self.Message(message, channel=self)
        except FileNotFoundError:
            return None
        except Exception as error:  # whatever a broken file makes of kombu's reading
            set_aside(path, error)
            return None
        try:
            path.unlink()
        except FileNotFoundError:
            return None
        return message

    def get_table(self, exchange: str) -> Table:
        try:
            return super().get_table(exchange)
        except (ValueError, TypeError) as error:
            set_aside(self._exchange_file(exchange), error)
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._tables_held():
            table = self.get_table(exchange)
            if bound not in table:
                self._write_table(exchange, [bound, *table])

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any) -> None:
        gone = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self._purge(queue)
        with self._tables_held():
            self._write_table(exchange, [bound for bound in self.get_table(exchange) if bound != gone])

    def _write_table(self, exchange: str, table: Table) -> None:
        write_whole(self._exchange_file(exchange), dumps(table))

    @contextmanager
    def _tables_held(self) -> Iterator[None]:
        """Nobody else changes a table meanwhile."""
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / TABLES_LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """Kombu's transport over folders, with the files of this module."""

    Channel = Channel
    polling_interval = LOOK_EVERY

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        """Come back soon from an empty folder: only in between does a worker see that it was asked to stop."""
        super().drain_events(connection, timeout=min(timeout or COME_BACK_AFTER, COME_BACK_AFTER))


def write_whole(path: Path, text: str) -> None:
    """Readers see the file with all of the text in it, or none."""
    fresh = path.with_name(f".{uuid4()}.new")
    try:
        fresh.write_text(text)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def set_aside(path: Path, error: Exception) -> None:
    """Move it out of the readers' way; what it asked for is rung for again by the sweep."""
    aside = path.parent.with_name(SET_ASIDE)
    aside.mkdir(exist_ok=True)
    try:
        path.replace(aside / path.name)
    except FileNotFoundError:
        return  # another reader did
    logger.error("Set aside %s/%s, which cannot be read: %r", SET_ASIDE, path.name, error)
