"""The outlines of trees, and how trees are set side by side: each step costs no more than the shorter tree is high."""

from math import inf
from typing import Self

Gaps = tuple[float, float]  # between two neighbours' top cards, and between what hangs below them


class Outline:
    """Where a tree begins and ends on each of its rows. The lowest row stands first, so that a new top is just added;
    a move is remembered, not done."""

    def __init__(self, width: float) -> None:
        self.lefts, self.rights = [-width / 2], [width / 2]
        self.left_by = self.right_by = 0.0

    @property
    def height(self) -> int:
        return len(self.lefts)

    def left(self, row: int) -> float:
        return self.lefts[-1 - row] + self.left_by

    def right(self, row: int) -> float:
        return self.rights[-1 - row] + self.right_by

    def move(self, by: float) -> None:
        self.left_by += by
        self.right_by += by

    def crown(self, width: float) -> None:
        """Put a card on top, its middle at nought."""
        self.lefts.append(-width / 2 - self.left_by)
        self.rights.append(width / 2 - self.right_by)

    def square(self) -> None:
        """Claim the whole rectangle the tree stands in."""
        self.lefts = [min(self.lefts)] * self.height
        self.rights = [max(self.rights)] * self.height

    def beside(self, other: Self) -> Self:
        """The outline of both, the other standing to the right; neither is of use by itself afterwards."""
        if self.height >= other.height:
            for row in range(other.height):
                self.rights[-1 - row] = other.right(row) - self.right_by
            return self
        for row in range(self.height):
            other.lefts[-1 - row] = self.left(row) - other.left_by
        return other


class Rank:
    """Trees side by side in their order, each as near as it may stand; where a deep one pushes another away, those
    between them are spread evenly."""

    def __init__(self, first: Outline) -> None:
        self.joined = first
        self.places = [0.0]
        self.deep = [(first.height, 0)]  # whose right side is seen on the lower rows: heights fall
        self.spreads = list[tuple[int, int, float]]()

    def add(self, outline: Outline, gaps: Gaps) -> None:
        """Set a tree to the right of all."""
        place, height = self._nearest(outline, gaps), outline.height
        outline.move(place)
        while self.deep and self.deep[-1][0] <= height:
            self.deep.pop()
        self.deep.append((height, len(self.places)))
        self.places.append(place)
        self.joined = self.joined.beside(outline)

    def _nearest(self, outline: Outline, gaps: Gaps) -> float:
        """The nearest place that keeps the gaps on all rows; what pushed it from row to row is noted to be spread."""
        place, at = -inf, len(self.deep) - 1
        for row in range(min(self.joined.height, outline.height)):
            while self.deep[at][0] <= row:
                at -= 1
            needed = self.joined.right(row) + gaps[row > 0] - outline.left(row)
            if needed > place:
                if row:
                    self.spreads.append((self.deep[at][1], len(self.places), needed - place))
                place = needed
        return place

    def spread(self) -> list[float]:
        """All places, with room shared out among those that stand between two that pushed each other."""
        grows, falls = [0.0] * len(self.places), [0.0] * len(self.places)
        for first, last, push in self.spreads:
            share = push / (last - first)
            grows[first + 1] += share
            grows[last] -= share
            falls[last] += share * (last - first - 1)
        return self._moved(grows, falls)

    def _moved(self, grows: list[float], falls: list[float]) -> list[float]:
        step = by = 0.0
        moved = list[float]()
        for place, grow, fall in zip(self.places, grows, falls, strict=True):
            step += grow
            by += step - fall
            moved.append(place + by)
        moved[-1] = self.places[-1]
        return moved
