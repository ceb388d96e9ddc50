"""What a drawing says in words, in the reader's language; handed in, as a pure package knows no language."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`map` names the whole; the others go into what a screen reader says of a card."""

    map: str
    key: str
    vacant: str
    outsider: str
    changed: str
    expired: str
    disputed: str
    inherited: str
    counterpart: Callable[[str], str]
    folded: Callable[[int], str]
    comma: str = ", "
