"""Why nothing can be read or stored just now: what is away, and what takes nothing in, as opposed to our mistakes."""

import errno

from django.db import InterfaceError, InternalError, OperationalError
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

# How SQLite and PostgreSQL call a full or broken disk, and a database that may only be read.
SQLITE_CLOSED = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR")
POSTGRESQL_CLOSED = ("53100", "25006")
SYSTEM_CLOSED = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def is_away(error: BaseException | None) -> bool:
    """Whether the database or the cache cannot do its work now, as opposed to a mistake in a statement."""
    if isinstance(error, OperationalError):
        return sqlite_name(error) != "SQLITE_ERROR"
    return isinstance(error, InterfaceError | RedisAway | RedisSilent) or takes_nothing_in(error)


def takes_nothing_in(error: BaseException | None) -> bool:
    """Whether it can be read but not written: the disk is full, or not ours to write."""
    if isinstance(error, OperationalError | InternalError):
        code = getattr(error.__cause__, "pgcode", None)
        return sqlite_name(error).startswith(SQLITE_CLOSED) or code in POSTGRESQL_CLOSED
    return isinstance(error, OSError) and error.errno in SYSTEM_CLOSED


def sqlite_name(error: BaseException) -> str:
    """SQLite's own name of what happened; empty on another engine."""
    return getattr(error.__cause__, "sqlite_errorname", "")
