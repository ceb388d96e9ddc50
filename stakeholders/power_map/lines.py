"""The lines between cards: who reports to whom, and who has the ear of whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from stakeholders.power_map.scene import Box, Pull, Tie

Point = tuple[float, float]

OFF_MIDDLE = 0.3  # how far from a card's middle a pull sets out, in card widths: the middle is for the ties
BEND, LEAN = 0.45, 22.0  # how far a pull between rows runs on before it turns, down and to the side
ARC, STEEPER, HIGHEST = 22.0, 0.05, 48.0  # how high a pull rises between cards of one row


def tie(above: Box, below: Box) -> Tie:
    """A line down from the one above, across, and down to the one below."""
    start, end = (_middle(above), above.y + above.height), (_middle(below), below.y)
    half = (start[1] + end[1]) / 2
    is_straight = abs(start[0] - end[0]) < 0.05
    corners = () if is_straight else ((start[0], half), (end[0], half))
    return Tie(above.card.key, below.card.key, (start, *corners, end))


def curved(pulls: Iterable[Pull], boxes: Mapping[str, Box]) -> Iterator[Pull]:
    """The pulls both ends of which are shown, with their curves."""
    for pull in pulls:
        source, target = boxes.get(pull.source), boxes.get(pull.target)
        if source and target and source is not target:
            yield replace(pull, points=curve(source, target))


def curve(source: Box, target: Box) -> tuple[Point, ...]:
    """Four points from edge to edge: over the heads within a row, else between the facing edges."""
    start, end = _side(source, target), _side(target, source)
    if source.y == target.y:
        top = source.y - min(ARC + STEEPER * abs(start - end), HIGHEST)
        return (start, source.y), (start, top), (end, top), (end, target.y)
    first, last = _facing(source, target), _facing(target, source)
    bend, lean = (last - first) * BEND, max(-LEAN, min((end - start) / 4, LEAN))
    return (start, first), (start + lean, first + bend), (end - lean, last - bend), (end, last)


def _middle(box: Box) -> float:
    return box.x + box.width / 2


def _side(box: Box, other: Box) -> float:
    """Where on a card's edge a pull from or to the other begins: on the half nearer to it."""
    return _middle(box) + box.width * (OFF_MIDDLE if _middle(box) <= _middle(other) else -OFF_MIDDLE)


def _facing(box: Box, other: Box) -> float:
    """The edge toward a card on another row."""
    return box.y if other.y < box.y else box.y + box.height
