"""Who does something, through which client, why and when: what a verb's `by=` and `because=` come to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone

JOB = "job"


class Actor(Protocol):
    """What this package asks of a user: an identity, the client it came through, the moment it acts in."""

    @property
    def pk(self) -> Any: ...

    @property
    def client(self) -> str: ...

    @property
    def acting_at(self) -> datetime | None:
        """The event's own day when an import or the demo retells it; None is now."""


@dataclass(frozen=True)
class Act:
    """One deed of one actor; nobody in particular is a job."""

    user_id: UUID | None = None
    client: str = JOB
    because: str = ""
    told_at: datetime | None = None

    @classmethod
    def of(cls, by: Actor | None, because: str = "") -> "Act":
        if by is None:
            return cls(because=because)
        return cls(by.pk, by.client, because, by.acting_at)

    @property
    def at(self) -> datetime:
        """The moment it counts for."""
        return self.told_at or timezone.now()
