"""The ground under the people of one org unit, where they stand together."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from stakeholders.power_map.forest import Forest
from stakeholders.power_map.scene import Area, Box

SIDE, TOP, BOTTOM = 16.0, 16.0, 31.0  # how far it reaches beyond its cards; its name stands at the bottom


def whole_units(forest: Forest, units: Mapping[str, str]) -> dict[str, str]:
    """The unit of each card whose unit has a name, two cards at least, and nobody else below any of them."""
    unit = {key: forest.cards[key].unit for key in forest.walk()}
    mixed = {unit[above] for above, key in forest.lines() if unit[above] != unit[key]}
    members = defaultdict[str, list[str]](list)
    for key, own in unit.items():
        if own and own in units and own not in mixed:
            members[own].append(key)
    return {key: own for own, keys in members.items() if len(keys) > 1 for key in keys}


def areas(boxes: Sequence[Box], grounds: Mapping[str, str], units: Mapping[str, str]) -> tuple[Area, ...]:
    """The grounds, without those that would reach under somebody else's card or onto another ground."""
    members = defaultdict[str, list[Box]](list)
    for box in boxes:
        if box.card.key in grounds:
            members[grounds[box.card.key]].append(box)
    crowd, kept = Crowd(boxes), list[Area]()
    for unit, own in members.items():
        area = _around(unit, units[unit], own)
        if crowd.within(area) == len(own) and not any(_meet(area, other) for other in kept):
            kept.append(area)
    return tuple(kept)


def _around(key: str, name: str, boxes: Iterable[Box]) -> Area:
    boxes = list(boxes)
    left, top = min(box.x for box in boxes) - SIDE, min(box.y for box in boxes) - TOP
    right = max(box.x + box.width for box in boxes) + SIDE
    bottom = max(box.y + box.height for box in boxes) + BOTTOM
    return Area(key, name, left, top, right - left, bottom - top)


def _meet(one: Area, other: Area) -> bool:
    is_beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not is_beside and one.y < other.y + other.height and other.y < one.y + one.height


class Crowd:
    """All cards by rows, to count those that touch a ground without looking at each."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        rows = defaultdict[tuple[float, float], list[tuple[float, float]]](list)
        for box in boxes:
            rows[box.y, box.y + box.height].append((box.x, box.x + box.width))
        self.rows = [
            (span, sorted(left for left, _ in row), sorted(right for _, right in row)) for span, row in rows.items()
        ]
        self.rows.sort(key=lambda row: row[0])
        self.tops = [span[0] for span, _, _ in self.rows]

    def within(self, area: Area) -> int:
        """How many cards touch the area."""
        first = max(0, bisect_left(self.tops, area.y) - 1)
        last = bisect_left(self.tops, area.y + area.height)
        return sum(
            bisect_left(lefts, area.x + area.width) - bisect_left(rights, area.x)
            for (_, bottom), lefts, rights in self.rows[first:last]
            if bottom > area.y
        )
