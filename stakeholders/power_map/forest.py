"""Cards as trees: who stands below whom, with circles broken and what lies too deep folded away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stakeholders.power_map.scene import Card


@dataclass(frozen=True)
class Forest:
    """Trees of cards, by their keys; `folded` says how many cards below one are not shown."""

    cards: Mapping[str, Card]
    roots: Sequence[str]
    below: Mapping[str, Sequence[str]]
    folded: Mapping[str, int] = field(default_factory=dict)

    def walk(self) -> Iterator[str]:
        """Every card, each before those below it, in order."""
        ahead = list(reversed(self.roots))
        while ahead:
            key = ahead.pop()
            yield key
            ahead.extend(reversed(self.below.get(key, ())))

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every line, as the card above and the card below."""
        return ((above, key) for above in self.walk() for key in self.below.get(above, ()))

    def levels(self) -> dict[str, int]:
        """How deep each card stands; a root stands on level 1."""
        level = dict.fromkeys(self.roots, 1)
        for above, key in self.lines():
            level[key] = level[above] + 1
        return level

    def sizes(self) -> dict[str, int]:
        """How many cards hang below each."""
        size = dict.fromkeys(self.walk(), 0)
        for above, key in reversed(list(self.lines())):
            size[above] += size[key] + 1
        return size


def grow(cards: Sequence[Card]) -> tuple[Forest, tuple[Card, ...]]:
    """The trees, and the cards that belong to none."""
    by_key = dict[str, Card]()
    for card in cards:
        by_key.setdefault(card.key, card)
    below = dict[str, list[str]]()
    roots = list[str]()
    for key, above in _lines_up(by_key).items():
        (roots if above is None else below.setdefault(above, [])).append(key)
    trees = [key for key in roots if key in below]
    alone = tuple(by_key[key] for key in roots if key not in below) if trees else ()
    return Forest(by_key, trees or roots, below), alone


def _lines_up(cards: Mapping[str, Card]) -> dict[str, str | None]:
    """For each card the one it hangs from: a line to nowhere is none, and a circle is opened where it is met first."""
    above = {key: card.above if card.above in cards else None for key, card in cards.items()}
    settled = set[str]()
    for key in cards:
        path, step = set[str](), key
        while step not in settled and step not in path:
            path.add(step)
            step = above[step] or step
        if step in path:
            above[step] = None
        settled |= path
    return above


def fold(forest: Forest, folded_below: int | None, open_keys: frozenset[str]) -> Forest:
    """The trees as far as they are shown: down to a level, and further below cards that are open."""
    if folded_below is None:
        return forest
    level, size = forest.levels(), forest.sizes()
    below = {key: keys for key, keys in forest.below.items() if level[key] < folded_below or key in open_keys}
    shown = Forest(forest.cards, forest.roots, below)
    folded = {key: size[key] for key in shown.walk() if size[key] and key not in below}
    return Forest(forest.cards, forest.roots, below, folded)
