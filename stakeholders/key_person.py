"""Who is a key person, and why (rule 4.2). Pure: facts and policy in, judgement and reason out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

DECIDING_LETTERS = frozenset("ADE")


class Override(StrEnum):
    """The rep's word against the rule."""

    NONE = ""
    IN = "in"
    OUT = "out"


class Because(StrEnum):
    """Why somebody is, or is not, a key person."""

    EXECUTIVE = "executive"
    ROLE = "role"
    INFLUENCE = "influence"
    RISING = "rising"
    MARKED_IN = "marked_in"
    MARKED_OUT = "marked_out"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Edge:
    """A positive influence edge onto somebody: its strength 1..3, and whether that person is class 1 or 2."""

    strength: int
    onto_deciding_person: bool


@dataclass(frozen=True)
class Facts:
    """What rule 4.2 reads of one person in one account.

    `letters` are the roles in force in the standing chain or an open opportunity.
    """

    is_executive: bool = False
    letters: frozenset[str] = frozenset()
    edges: tuple[Edge, ...] = ()
    is_rising: bool = False
    override: Override = Override.NONE


@dataclass(frozen=True)
class Judgement:
    """`key_class` 1..3 by the rule, 0 for none; `is_key` after the override; `because` for the sentence."""

    key_class: int
    is_key: bool
    because: Because

    @property
    def rank(self) -> int:
        """Sorts key persons first, by class: 1, 2, 3, then 9 for everybody else."""
        return (self.key_class or 3) if self.is_key else 9


def deciding_class(facts: Facts) -> int:
    """1 or 2 by level or role, 0 otherwise: the part of the rule that class 3 builds on."""
    if facts.is_executive:
        return 1
    return 2 if facts.letters & DECIDING_LETTERS else 0


def judge(facts: Facts, min_strength: int) -> Judgement:
    """Class and reason of one person; the lowest class wins, and an override wins over the rule."""
    key_class, because = by_rule(facts, min_strength)
    if facts.override == Override.OUT:
        return Judgement(key_class, False, Because.MARKED_OUT)
    if facts.override == Override.IN and not key_class:
        return Judgement(0, True, Because.MARKED_IN)
    return Judgement(key_class, key_class > 0, because)


def by_rule(facts: Facts, min_strength: int) -> tuple[int, Because]:
    """The class before any override, and what gave it."""
    deciding = deciding_class(facts)
    if deciding:
        return deciding, Because.EXECUTIVE if deciding == 1 else Because.ROLE
    if moves_a_decider(facts.edges, min_strength):
        return 3, Because.INFLUENCE
    if facts.is_rising:
        return 3, Because.RISING
    return 0, Because.NOTHING


def moves_a_decider(edges: Iterable[Edge], min_strength: int) -> bool:
    """Whether a strong enough edge ends at a person of class 1 or 2; not transitive."""
    return any(edge.onto_deciding_person and edge.strength >= min_strength for edge in edges)
