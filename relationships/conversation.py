"""The next best conversation: through whom to reach a person (rule 4.13)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

Person = Hashable


@dataclass(frozen=True)
class Limits:
    """The numbers of the rule: steps at most, the score a path begins with, the strongest edge, how many paths, and
    the score to be reached where no plan names one."""

    steps: int
    from_score: int
    strongest: int
    paths: int
    target: int


@dataclass(frozen=True)
class Edge:
    """One person's influence on another (rule 4.3)."""

    source: Person
    target: Person
    strength: int
    is_conflict: bool = False


@dataclass(frozen=True)
class Standing:
    """How we stand with a person; without a score they are not assessed. Power, level and name settle ties."""

    score: int | None = None
    is_expired: bool = False
    is_lost: bool = False
    is_against_us: bool = False  # a negative stance in the opportunity
    last_contact: date | None = None
    is_disputed: bool = False  # an issue of severity high raised by them is open
    power: int = 0
    rank: int = 0  # of their level, an executive's being the highest
    name: str = ""

    @property
    def bars(self) -> bool:
        """Whether no path leads through them; an expired −1 is still opposition (rule 4.0)."""
        return self.is_against_us or (self.score is not None and self.score < 0)

    def supports(self, score: int) -> bool:
        """Whether their score reaches this one; expired or in dispute it is no support (rules 4.0 and 4.4)."""
        return self.score is not None and self.score >= score and not (self.is_expired or self.is_disputed)

    def opens(self, limits: Limits) -> bool:
        """Whether a path may begin with them."""
        return self.supports(limits.from_score) and not (self.is_lost or self.bars)

    @property
    def tie(self) -> tuple[int, int, str]:
        """Among equals the one with more power, of the higher level, then by name (rule 4.0)."""
        return -self.power, -self.rank, self.name

    @property
    def silence(self) -> int:
        """The lower, the later we met; never is the longest."""
        return -self.last_contact.toordinal() if self.last_contact else 0


NOBODY = Standing()


@dataclass(frozen=True)
class Path:
    """The people from ours to the one to be reached, and how much of the first one's word arrives, 0 to 1."""

    people: tuple[Person, ...]
    weight: Fraction


class Way(NamedTuple):
    """A path on the way back from its end; `word` is its weight in parts so small that it stays whole."""

    people: tuple[Person, ...]
    word: int


Step = tuple[Person, Person, int]  # from, to, strength
Onto = Mapping[Person, Mapping[Person, int]]
Ways = Mapping[Person, list[Way]]
Order = tuple[int, int, int, list[tuple[int, int, str]]]


def is_sought(standing: Standing, target: int | None, limits: Limits) -> bool:
    """Whether a person is below the target of their plan, or without one below that of the rule; unknown is below."""
    return not standing.supports(limits.target if target is None else target)


def best_paths(
    target: Person, edges: Iterable[Edge], standings: Mapping[Person, Standing], limits: Limits
) -> list[Path]:
    """Up to so many paths, from different people first."""

    def order(way: Way) -> Order:
        met = [standings.get(person, NOBODY) for person in way.people]
        return -way.word, len(way.people), met[0].silence, [each.tie for each in met]

    found: dict[Person, Way] = {}
    later: list[Way] = []
    for way in sorted(ways_back(target, steps_onto(edges), standings, limits, order), key=order):
        if found.setdefault(way.people[0], way) is not way:
            later.append(way)
    whole = limits.strongest**limits.steps
    chosen = [*found.values(), *later][: limits.paths]
    return [Path(way.people, Fraction(way.word, whole)) for way in chosen]


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


def ways_back(
    target: Person,
    onto: Onto,
    standings: Mapping[Person, Standing],
    limits: Limits,
    order: Callable[[Way], Order],
) -> Iterator[Way]:
    """Simple ways to the target that somebody may open, step by step back from it.

    No step follows the last one, so there each edge takes only the best ways it can be put before: every edge is
    looked at a few times, however many ways there are.
    """
    ways: Ways = {target: [Way((target,), limits.strongest**limits.steps)]}
    openers = {person for person, standing in standings.items() if standing.opens(limits)}
    barred = {person for person, standing in standings.items() if standing.bars}
    for left in reversed(range(limits.steps)):
        known = {person: sorted(some, key=order) for person, some in ways.items()}
        ways = lengthened(known, fit_steps(known, onto, barred), limits.strongest, None if left else limits.paths)
        yield from (way for person, some in ways.items() if person in openers for way in some)


def fit_steps(ways: Ways, onto: Onto, barred: Collection[Person]) -> Iterator[Step]:
    """The steps onto those from whom the target is reached."""
    for person in ways:
        for source, strength in onto.get(person, {}).items():
            if source not in barred:
                yield source, person, strength


def lengthened(ways: Ways, steps: Iterable[Step], strongest: int, at_most: int | None) -> Ways:
    """Ways one step longer, by the person they begin with; of each step at most so many, nobody twice on a way."""
    longer: dict[Person, list[Way]] = defaultdict(list)
    for source, person, strength in steps:
        free = (way for way in ways[person] if source not in way.people)
        longer[source] += (
            Way((source, *way.people), way.word * strength // strongest) for way in islice(free, at_most)
        )
    return longer
