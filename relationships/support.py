"""How an opportunity stands: support for each supplier, our lead, and whom to win (rule 4.11)."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

LOWEST, HIGHEST = -2, 2  # the scale of a stance: never them, only them


@dataclass(frozen=True)
class Limits:
    """The numbers of the rule: days a stance stays known, the power of a vacant seat by letter, and from what power
    on a person is worth winning."""

    fresh_days: int
    vacant_power: Mapping[str, int]
    win_from_power: int


@dataclass(frozen=True)
class Told:
    """A stance as it was judged that day, −2 to 2."""

    value: int
    on: date


@dataclass(frozen=True)
class Voice:
    """Somebody with a say in the opportunity, once, with the highest power; a vacant seat has no person."""

    person: Hashable | None
    power: int
    rank: int = 0  # of their level, an executive's being the highest
    name: str = ""
    stances: Mapping[Hashable, Told] = field(default_factory=dict)  # by supplier

    def stance(self, supplier: Hashable, today: date, limits: Limits) -> int | None:
        """What is known of it, None for what was never judged or too long ago."""
        told = self.stances.get(supplier)
        return told.value if told and (today - told.on).days <= limits.fresh_days else None


@dataclass(frozen=True)
class Support:
    """Index and index at worst, −100 to 100, and the share of power known, 0 to 100; None below an empty line."""

    index: Fraction | None
    at_worst: Fraction | None
    known: Fraction | None


@dataclass(frozen=True)
class Lead:
    """By how much we lead the strongest competitor, among how many people."""

    by: Fraction
    over: Hashable
    people: int


def vacant(letters: Iterable[str], limits: Limits) -> list[Voice]:
    """The unknown voices of vacant seats, of those letters that count."""
    return [Voice(None, limits.vacant_power[letter]) for letter in letters if letter in limits.vacant_power]


def support(voices: Iterable[Voice], supplier: Hashable, today: date, limits: Limits) -> Support:
    """Σ power × stance ÷ (2 × Σ power) over known stances; at worst each unknown counts as the lowest."""
    said = [(voice.power, voice.stance(supplier, today, limits)) for voice in voices]
    known = [(power, stance) for power, stance in said if stance is not None]
    worst = [(power, LOWEST if stance is None else stance) for power, stance in said]
    weight, weight_known = sum(power for power, _stance in said), sum(power for power, _stance in known)
    return Support(index(known), index(worst), Fraction(100 * weight_known, weight) if weight else None)


def index(said: Sequence[tuple[int, int]]) -> Fraction | None:
    """Powers and stances as one figure, −100 to 100; None of nobody."""
    weight = sum(power for power, _stance in said)
    return Fraction(100 * sum(power * stance for power, stance in said), HIGHEST * weight) if weight else None


def lead(
    voices: Sequence[Voice], us: Hashable, competitors: Iterable[Hashable], today: date, limits: Limits
) -> Lead | None:
    """The smallest of ours minus a competitor's, over people whose stance to both is known; None where nobody's is."""
    leads = [found for each in competitors if (found := lead_over(voices, us, each, today, limits))]
    return min(leads, key=lambda found: found.by, default=None)


def lead_over(voices: Iterable[Voice], us: Hashable, competitor: Hashable, today: date, limits: Limits) -> Lead | None:
    """Ours minus this competitor's."""
    both = [
        (voice.power, ours - theirs)
        for voice in voices
        if (ours := voice.stance(us, today, limits)) is not None
        and (theirs := voice.stance(competitor, today, limits)) is not None
    ]
    by = index(both)
    return None if by is None else Lead(by, competitor, len(both))


def to_win(
    voices: Iterable[Voice], us: Hashable, competitors: Sequence[Hashable], today: date, limits: Limits
) -> list[Voice]:
    """People of some power whose stance toward us is unknown, not positive or below a competitor's; unknown first,
    then by power, level and name."""

    def is_unknown(voice: Voice) -> bool:
        return voice.stance(us, today, limits) is None

    def is_wanted(voice: Voice) -> bool:
        ours = voice.stance(us, today, limits)
        return ours is None or ours <= 0 or bool(preferred(voice, us, competitors, today, limits))

    wanted = [
        each for each in voices if each.person is not None and each.power >= limits.win_from_power and is_wanted(each)
    ]
    return sorted(wanted, key=lambda each: (not is_unknown(each), -each.power, -each.rank, each.name))


def preferred(
    voice: Voice, us: Hashable, competitors: Iterable[Hashable], today: date, limits: Limits
) -> list[Hashable]:
    """The competitors this person is known to support more than us."""
    ours = voice.stance(us, today, limits)
    stances = {each: voice.stance(each, today, limits) for each in competitors}
    return [each for each, theirs in stances.items() if ours is not None and theirs is not None and theirs > ours]


def opponents(voices: Iterable[Voice], us: Hashable, today: date, limits: Limits) -> list[Voice]:
    """Whoever is known to be against us; where there is none, one asks whether that is so."""
    said = ((voice, voice.stance(us, today, limits)) for voice in voices)
    return [voice for voice, stance in said if stance is not None and stance < 0]


def rounded(figure: Fraction | None) -> int | None:
    """For display only: the nearest whole number, halves away from zero (rule 4.0)."""
    if figure is None:
        return None
    size = int(abs(figure) + Fraction(1, 2))
    return size if figure >= 0 else -size
