"""A tree as the lines of an outline, so that a template draws it in one pass."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One unit; `closes` is how many lists end behind it."""

    unit: Any
    depth: int
    opens: bool
    closes: int

    @property
    def ends(self) -> range:
        return range(self.closes)


def outline(units: Iterable[Any]) -> list[Line]:
    """Every unit once, each before those below it, brothers in the order they came.

    What stands below nothing known, or in a circle no rule should have let in, is shown at the top: nothing vanishes.
    """
    units = list(units)
    known = {unit.pk for unit in units}
    below = defaultdict(list)
    for unit in units:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    placed = walk(below, below[None])
    stray = known - {unit.pk for unit, _ in placed}
    if stray:
        placed += [(unit, 0) for unit in units if unit.pk in stray]
    return drawn(placed)


def walk(below: dict[Any, list[Any]], roots: list[Any]) -> list[tuple[Any, int]]:
    """Units with their depth, from the top down; without recursion, since a bad tree may be deep."""
    placed, waiting = [], [(unit, 0) for unit in reversed(roots)]
    while waiting:
        unit, depth = waiting.pop()
        placed.append((unit, depth))
        waiting += [(child, depth + 1) for child in reversed(below[unit.pk])]
    return placed


def drawn(placed: list[tuple[Any, int]]) -> list[Line]:
    """Each line knows from the next one whether a list opens below it or ends behind it."""
    depths = [*(depth for _, depth in placed[1:]), 0][: len(placed)]
    return [
        Line(unit, depth, opens=following > depth, closes=max(0, depth - following))
        for (unit, depth), following in zip(placed, depths, strict=True)
    ]
