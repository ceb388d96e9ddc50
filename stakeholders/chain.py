"""The decision chain: who holds which role, in the standing chain or in one opportunity (rule 4.1)."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

LETTERS = "ADSEI"
DECIDING = "ADE"  # a deal hangs on these three: nobody there is an alert


@dataclass(frozen=True)
class Held:
    """A role somebody holds, by its own key; `opportunity` is None in the standing chain."""

    key: Hashable
    person: Hashable
    letter: str
    power: int
    is_primary: bool = False
    opportunity: Hashable | None = None


@dataclass(frozen=True)
class Seat:
    """One letter of a chain, its holders by power; `is_inherited` where the standing holders stand in."""

    letter: str
    holders: tuple[Held, ...] = ()
    is_inherited: bool = False

    @property
    def is_vacant(self) -> bool:
        return not self.holders

    @property
    def is_missed(self) -> bool:
        """Vacant, and one of the three a deal hangs on."""
        return self.is_vacant and self.letter in DECIDING


def seats(roles: Iterable[Held], opportunity: Hashable | None = None) -> tuple[Seat, ...]:
    """The five seats of a chain: an opportunity's own holders, and for a letter without any the standing ones."""
    standing: dict[str, list[Held]] = {letter: [] for letter in LETTERS}
    own: dict[str, list[Held]] = {letter: [] for letter in LETTERS}
    for role in roles:
        if role.opportunity is None:
            standing[role.letter].append(role)
        elif role.opportunity == opportunity:
            own[role.letter].append(role)
    return tuple(seat(letter, own[letter], standing[letter], opportunity) for letter in LETTERS)


def seat(letter: str, own: Sequence[Held], standing: Sequence[Held], opportunity: Hashable | None) -> Seat:
    """One of them; holders with the strongest voice first, and as given among equals."""
    holders = own or standing
    strongest_first = sorted(holders, key=lambda role: -role.power)
    return Seat(letter, tuple(strongest_first), is_inherited=bool(holders) and opportunity is not None and not own)


def held(chain: Iterable[Seat]) -> int:
    """How many of the five have a holder."""
    return sum(not each.is_vacant for each in chain)


def voices(chain: Iterable[Seat]) -> dict[Hashable, int]:
    """Everybody in the chain once, with the highest power of their roles (rule 4.0)."""
    powers: dict[Hashable, int] = {}
    for each in chain:
        for role in each.holders:
            powers[role.person] = max(role.power, powers.get(role.person, 0))
    return powers
