"""How a verb below keeps derived rows of an app above up to date, without knowing that app."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

Follower = Callable[[Collection[UUID]], None]


class Upkeep:
    """A short list of rebuild functions, called by the verb in its own transaction, in the order they came.

    Unlike a signal it has one subject, one argument (the ids) and one place where followers come in:
    `AppConfig.ready` of the app above.
    """

    def __init__(self) -> None:
        self._followers: list[Follower] = []
        self._gathered: ContextVar[set[UUID] | None] = ContextVar("gathered", default=None)

    def follow(self, follower: Follower) -> None:
        """Call `follower` from now on; a second time changes nothing."""
        if follower not in self._followers:
            self._followers.append(follower)

    def __call__(self, ids: Collection[UUID]) -> None:
        gathered = self._gathered.get()
        if gathered is not None:
            gathered.update(ids)
        elif ids:
            for follower in self._followers:
                follower(ids)

    @contextmanager
    def gathered(self, chunk: int = 1000) -> Iterator[None]:
        """Many verbs, one rebuild at the end: for an import or the demo, inside one transaction."""
        ids: set[UUID] = set()
        token = self._gathered.set(ids)
        try:
            yield
        finally:
            self._gathered.reset(token)
        ordered = sorted(ids)
        for start in range(0, len(ordered), chunk):
            self(ordered[start : start + chunk])
