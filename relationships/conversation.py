"""The next best conversation: through whom to reach a person (rule 4.13)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count, groupby

Person = Hashable


@dataclass(frozen=True)
class Limits:
    """The numbers of the rule: steps at most, the score a path begins with, the strongest edge, how many paths."""

    steps: int
    from_score: int
    strongest: int
    paths: int


@dataclass(frozen=True)
class Edge:
    """One person's influence on another (rule 4.3)."""

    source: Person
    target: Person
    strength: int
    is_conflict: bool = False


@dataclass(frozen=True)
class Standing:
    """How we stand with a person; without a score they are not assessed."""

    score: int | None = None
    is_expired: bool = False
    is_lost: bool = False
    is_against_us: bool = False  # a negative stance in the opportunity
    last_contact: date | None = None

    @property
    def bars(self) -> bool:
        """Whether no path leads through them; an expired −1 is still opposition (rule 4.0)."""
        return self.is_against_us or (self.score is not None and self.score < 0)

    def opens(self, limits: Limits) -> bool:
        """Whether a path may begin with them."""
        fit = self.score is not None and self.score >= limits.from_score
        return fit and not (self.is_expired or self.is_lost or self.bars)


@dataclass(frozen=True)
class Path:
    """The people from ours to the one to be reached, and how much of the first one's word arrives, 0 to 1."""

    people: tuple[Person, ...]
    weight: Fraction

    @property
    def rank(self) -> tuple[Fraction, int]:
        """The heavier first, then the shorter."""
        return -self.weight, len(self.people)


def best_paths(
    target: Person, edges: Iterable[Edge], standings: Mapping[Person, Standing], limits: Limits
) -> list[Path]:
    """Up to so many paths, from different people first."""
    found: list[Path] = []
    starts: set[Person] = set()
    later: list[Path] = []
    for path in in_order(target, steps_onto(edges), standings, limits):
        if path.people[0] in starts:
            later.append(path)
            continue
        starts.add(path.people[0])
        found.append(path)
        if len(found) == limits.paths:
            break
    return (found + later)[: limits.paths]


def steps_onto(edges: Iterable[Edge]) -> dict[Person, dict[Person, int]]:
    """Whose word counts with each person and how much: the strongest of several edges, none across a conflict."""
    onto: dict[Person, dict[Person, int]] = defaultdict(dict)
    torn = set()
    for edge in edges:
        if edge.is_conflict:
            torn |= {(edge.source, edge.target), (edge.target, edge.source)}
        else:
            onto[edge.target][edge.source] = max(edge.strength, onto[edge.target].get(edge.source, 0))
    return {
        target: {source: strength for source, strength in sources.items() if (source, target) not in torn}
        for target, sources in onto.items()
    }


def in_order(
    target: Person, onto: Mapping[Person, Mapping[Person, int]], standings: Mapping[Person, Standing], limits: Limits
) -> Iterator[Path]:
    """Every path, the best first; of equals the one begun with whom we met last."""

    def silence(path: Path) -> int:
        met = standings[path.people[0]].last_contact
        return -met.toordinal() if met else 0

    fit = (path for path in walked_back(target, onto, standings, limits) if starts(path, standings, limits))
    for _rank, equals in groupby(fit, key=lambda path: path.rank):
        yield from sorted(equals, key=silence)


def starts(path: Path, standings: Mapping[Person, Standing], limits: Limits) -> bool:
    return len(path.people) > 1 and standings.get(path.people[0], Standing()).opens(limits)


def walked_back(
    target: Person, onto: Mapping[Person, Mapping[Person, int]], standings: Mapping[Person, Standing], limits: Limits
) -> Iterator[Path]:
    """Simple ways that end with the target, by rank: a way only loses weight as it grows, so the first is the best."""
    turn = count()  # ways themselves are not compared
    heap = [(*(way := Path((target,), Fraction(1))).rank, next(turn), way)]
    while heap:
        way = heappop(heap)[-1]
        yield way
        if len(way.people) > limits.steps:
            continue
        for source, strength in onto.get(way.people[0], {}).items():
            if source not in way.people and not standings.get(source, Standing()).bars:
                longer = Path((source, *way.people), way.weight * Fraction(strength, limits.strongest))
                heappush(heap, (*longer.rank, next(turn), longer))
