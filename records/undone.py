"""Acts that were taken back: in a history they and their taking back come to nothing."""

from collections.abc import Iterable
from typing import TypeVar

TAKEN_BACK = " taken back"
Line = TypeVar("Line", bound=tuple)


def back_reason(because: str) -> str:
    """The reason that signs the taking back of an act with this reason."""
    return because + TAKEN_BACK


def lasting(lines: Iterable[Line]) -> list[Line]:
    """A row's history, each line ending in its reason, without what was done and taken back."""
    lines = list(lines)
    undone = {line[-1].removesuffix(TAKEN_BACK) for line in lines if line[-1].endswith(TAKEN_BACK)}
    return [line for line in lines if line[-1] not in undone and not line[-1].endswith(TAKEN_BACK)]
