"""How a verb below keeps derived rows of an app above up to date, without knowing that app."""

from collections.abc import Callable, Collection
from uuid import UUID

Follower = Callable[[Collection[UUID]], None]


class Upkeep:
    """A short list of rebuild functions, called by the verb in its own transaction, in the order they came.

    Unlike a signal it has one subject, one argument (the ids) and one place where followers come in:
    `AppConfig.ready` of the app above.
    """

    def __init__(self) -> None:
        self._followers: list[Follower] = []

    def follow(self, follower: Follower) -> None:
        """Call `follower` from now on; a second time changes nothing."""
        if follower not in self._followers:
            self._followers.append(follower)

    def __call__(self, ids: Collection[UUID]) -> None:
        if ids:
            for follower in self._followers:
                follower(ids)
