"""Where the cards of a power map stand."""

from collections.abc import Iterable, Mapping, Sequence

from stakeholders.power_map.forest import Forest, fold, grow
from stakeholders.power_map.ground import areas, whole_units
from stakeholders.power_map.lines import curved, tie
from stakeholders.power_map.scene import Box, Card, Pull, Scene
from stakeholders.power_map.tidy import Tidy
from stakeholders.power_map.widths import HEIGHT, card_width

ROW = HEIGHT + 64.0
MARGIN = 32.0
HEADROOM = 24.0  # above the first row, for the pulls that rise over it


def lay_out(
    cards: Sequence[Card],
    *,
    units: Mapping[str, str] = {},
    pulls: Iterable[Pull] = (),
    folded_below: int | None = None,
    open_keys: frozenset[str] = frozenset(),
) -> Scene:
    """The cards as a map. `units` names the org units that get a ground, `pulls` need no points yet; what lies deeper
    than the level `folded_below` (roots are level 1) is folded away, except right below `open_keys`."""
    forest, unplaced = grow(cards)
    shown = fold(forest, folded_below, open_keys)
    grounds = whole_units(shown, units)
    boxes = _boxes(shown, grounds)
    by_key = {box.card.key: box for box in boxes}
    return Scene(
        width=max((box.x + box.width for box in boxes), default=MARGIN) + MARGIN,
        height=max((box.y + box.height for box in boxes), default=MARGIN) + MARGIN,
        boxes=boxes,
        ties=tuple(tie(by_key[above], by_key[below]) for above, below in shown.lines()),
        pulls=tuple(curved(pulls, by_key)),
        areas=areas(boxes, grounds, units),
        unplaced=unplaced,
        by_key=by_key,
    )


def _boxes(forest: Forest, grounds: Mapping[str, str]) -> tuple[Box, ...]:
    """Every card in its place, each before those below it."""
    widths = {key: card_width(forest.cards[key]) for key in forest.walk()}
    levels = forest.levels()
    return tuple(
        Box(
            card=forest.cards[key],
            x=MARGIN + middle - widths[key] / 2,
            y=MARGIN + HEADROOM + (levels[key] - 1) * ROW,
            width=widths[key],
            height=HEIGHT,
            folded=forest.folded.get(key, 0),
        )
        for key, middle in Tidy(forest, widths, grounds).middles().items()
    )
