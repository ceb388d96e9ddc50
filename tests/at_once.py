"""Two or more at once, each with its own connection; on PostgreSQL alone, since SQLite lets one write at a time."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

A_MOMENT = 0.5
Act = Callable[[], Any]


def meanwhile(first: Callable[[], Iterator[None]], second: Act) -> Any:
    """`second` begins while the transaction of `first` is open, and has its turn behind it; what it gave back."""
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            step = first()
            next(step)
            waiting = pool.submit(alone, second)
            threading.Event().wait(A_MOMENT)
            next(step, None)
        return waiting.result()


def together(*acts: Act) -> list[Any]:
    """All at the same moment; what each gave back."""
    gate = threading.Barrier(len(acts))

    def start(act: Act) -> Any:
        gate.wait(20)
        return alone(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(start, acts))


def alone(act: Act) -> Any:
    """In a thread, whose connection is closed behind it."""
    try:
        return act()
    finally:
        connection.close()
