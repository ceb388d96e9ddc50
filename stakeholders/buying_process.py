"""The customer's own steps to a purchase: what each waits for, who signs next, who is passed over (rule 4.12)."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Person = Hashable

LEVELS = ("staff", "manager", "executive")  # from the lowest, which is also that of whoever has none given


class Duty(StrEnum):
    """What somebody does in a step."""

    HANDLES = "handles"
    ADVISES = "advises"
    SIGNS = "signs"


class Opinion(StrEnum):
    """Whom somebody would buy from."""

    FOR_US = "for_us"
    NEUTRAL = "neutral"
    FOR_ANOTHER = "for_another"
    AGAINST = "against"
    UNKNOWN = "unknown"


class State(StrEnum):
    """How far somebody's concern is."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"


class Lack(StrEnum):
    """What a step still waits for from somebody."""

    SIGNATURE = "signature"
    REFUSED = "refused"
    ANSWER = "answer"
    SETTLEMENT = "settlement"


@dataclass(frozen=True)
class Part:
    """Somebody's part in a step; the days are those of a signer."""

    person: Person
    duty: Duty
    opinion: Opinion = Opinion.UNKNOWN
    state: State = State.OPEN
    level: str = ""
    signed_on: date | None = None
    refused_on: date | None = None

    @property
    def is_signer(self) -> bool:
        return self.duty == Duty.SIGNS

    @property
    def rank(self) -> int:
        """The higher the level, the higher."""
        return LEVELS.index(self.level or LEVELS[0])

    @property
    def lack(self) -> Lack | None:
        """What is missing of them: a signer's signature, anybody else's consent that their concern is settled."""
        if self.is_signer:
            return self.lack_of_signature
        return {State.OPEN: Lack.ANSWER, State.ANSWERED: Lack.SETTLEMENT, State.SETTLED: None}[self.state]

    @property
    def lack_of_signature(self) -> Lack | None:
        """None where signed after any refusal."""
        if self.refused_on and (self.signed_on is None or self.signed_on <= self.refused_on):
            return Lack.REFUSED
        return None if self.signed_on else Lack.SIGNATURE


@dataclass(frozen=True)
class Step:
    """A step by its own key, with everybody who has a part in it."""

    key: Hashable
    parts: tuple[Part, ...] = ()

    @property
    def is_unnamed(self) -> bool:
        return not self.parts

    @property
    def lacking(self) -> tuple[tuple[Person, Lack], ...]:
        """Whom it waits for, and for what."""
        return tuple((part.person, part.lack) for part in self.parts if part.lack)

    @property
    def is_finished(self) -> bool:
        """Every signer has signed and everybody else is settled; nobody named is unfinished."""
        return not (self.is_unnamed or self.lacking)


@dataclass(frozen=True)
class Readiness:
    """How far the process is: steps finished of all, the earliest unfinished one, what it waits for, who signs next."""

    finished: int
    steps: int
    current: Hashable | None
    is_unnamed: bool
    lacking: tuple[tuple[Person, Lack], ...]
    next_signers: tuple[Person, ...]


@dataclass(frozen=True)
class Met:
    """A signer to be met before the next one: of which step, above the next signers, or of a later step."""

    person: Person
    step: Hashable
    is_above: bool
    is_later: bool


@dataclass(frozen=True)
class Bypass:
    """The next signers passed over, and for whom."""

    next_signers: tuple[Person, ...]
    met: tuple[Met, ...]


def place(steps: Sequence[Step]) -> int:
    """Where in the process the earliest unfinished step is; after the last one when all are finished."""
    return next((n for n, step in enumerate(steps) if not step.is_finished), len(steps))


def next_signers(steps: Sequence[Step]) -> tuple[Part, ...]:
    """All who have not signed, of the lowest level among them, in the earliest unfinished step."""
    unsigned = [part for step in steps[place(steps) :][:1] for part in step.parts if part.is_signer and part.lack]
    lowest = min((part.rank for part in unsigned), default=0)
    return tuple(part for part in unsigned if part.rank == lowest)


def readiness(steps: Sequence[Step]) -> Readiness:
    """The process at a glance."""
    here = steps[place(steps)] if place(steps) < len(steps) else None
    return Readiness(
        finished=sum(step.is_finished for step in steps),
        steps=len(steps),
        current=here.key if here else None,
        is_unnamed=here.is_unnamed if here else False,
        lacking=here.lacking if here else (),
        next_signers=tuple(part.person for part in next_signers(steps)),
    )


def bypass(steps: Sequence[Step], invited: Collection[Person]) -> Bypass | None:
    """Whether a meeting with these people goes over a next signer's head; not if one of them comes or is for us."""
    signers = next_signers(steps)
    if not signers or any(part.person in invited or part.opinion == Opinion.FOR_US for part in signers):
        return None
    met = tuple(each for each in signers_met(steps, invited, signers[0].rank) if each.is_above or each.is_later)
    return Bypass(tuple(part.person for part in signers), met) if met else None


def signers_met(steps: Sequence[Step], invited: Collection[Person], rank: int) -> Iterator[Met]:
    """The signers of any step among those invited, seen from next signers of this rank."""
    here = place(steps)
    for n, step in enumerate(steps):
        for part in step.parts:
            if part.is_signer and part.person in invited:
                yield Met(part.person, step.key, is_above=part.rank > rank, is_later=n > here)
