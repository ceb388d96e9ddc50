"""A tidy tree: every card in the middle above those below it, nothing overlapping, in time that grows as the cards."""

from collections.abc import Mapping, Sequence

from stakeholders.power_map.contour import Gaps, Outline, Rank
from stakeholders.power_map.forest import Forest

SIBLINGS, COUSINS, STRANGERS, TREES = 18.0, 26.0, 46.0, 64.0


class Tidy:
    """The places of a forest's cards while they are found, from the lowest up; `grounds` names the unit of each card
    that stands on its unit's ground."""

    def __init__(self, forest: Forest, widths: Mapping[str, float], grounds: Mapping[str, str]) -> None:
        self.forest, self.widths, self.grounds = forest, widths, grounds
        self.outlines = dict[str, Outline]()
        self.offsets = dict[str, float]()

    def middles(self) -> dict[str, float]:
        """Where the middle of every card lies; the leftmost edge lies at nought."""
        order = list(self.forest.walk())
        for key in reversed(order):
            self.outlines[key] = self._outline(key)
        if not order:
            return {}
        self._set_abreast(self.forest.roots, [(TREES, TREES)] * len(self.forest.roots))
        return self._from_left(order)

    def _outline(self, key: str) -> Outline:
        below, width = self.forest.below.get(key, ()), self.widths[key]
        if not below:
            return Outline(width)
        outline = self._set_abreast(below, [self._gaps(*pair) for pair in zip(below, below[1:], strict=False)])
        outline.crown(width)
        return outline

    def _set_abreast(self, keys: Sequence[str], gaps: Sequence[Gaps]) -> Outline:
        """Neighbours side by side, seen from the middle between the first and the last."""
        rank = Rank(self._squared(keys[0]))
        for key, apart in zip(keys[1:], gaps, strict=False):
            rank.add(self._squared(key), apart)
        places = rank.spread()
        middle = (places[0] + places[-1]) / 2
        self.offsets.update((key, place - middle) for key, place in zip(keys, places, strict=True))
        rank.joined.move(-middle)
        return rank.joined

    def _squared(self, key: str) -> Outline:
        """The outline of a tree; one that fills a ground of its own claims all of it."""
        outline, ground = self.outlines.pop(key), self.grounds.get(key)
        if ground and self.grounds.get(self.forest.cards[key].above or "") != ground:
            outline.square()
        return outline

    def _gaps(self, first: str, second: str) -> Gaps:
        one, other = self.grounds.get(first), self.grounds.get(second)
        if one != other:
            return STRANGERS, STRANGERS
        return SIBLINGS, STRANGERS if self.grounds and one is None else COUSINS

    def _from_left(self, order: Sequence[str]) -> dict[str, float]:
        middles = {key: self.offsets[key] for key in self.forest.roots}
        for above, key in self.forest.lines():
            middles[key] = middles[above] + self.offsets[key]
        edge = min(middles[key] - self.widths[key] / 2 for key in order)
        return {key: middles[key] - edge for key in order}
