"""Of two records that are one: what the survivor says of each matter. Pure; the page lets a person choose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

KEPT, TWIN, BOTH = "kept", "twin", "both"
LONGEST_OTHER_NAMES = 300

# Fields that only make sense together are chosen together, by the first of them.
Matter = tuple[str, ...]


@dataclass(frozen=True)
class Matters:
    """What two records of a kind may put differently, in the order it is asked for."""

    all: tuple[Matter, ...]
    texts: frozenset[str] = frozenset()  # both may stand, one below the other
    longest: int = 4000  # of such a text
    unsaid: Mapping[str, Any] = field(default_factory=dict)  # by field, the value it has when nobody said anything

    def says(self, record: Any, matter: Matter) -> bool:
        """Whether the record says anything of it."""
        value = getattr(record, matter[0])
        return bool(value) and value != self.unsaid.get(matter[0])

    def sides(self, kept: Any, twin: Any, matter: Matter) -> list[str]:
        """Between what there is a choice: none where both say the same."""
        mine, other = said_by(kept, matter), said_by(twin, matter)
        if mine == other or not (self.says(kept, matter) or self.says(twin, matter)):
            return []
        joined = f"{mine[0]}\n{other[0]}"
        may_join = self.is_contested(kept, twin, matter) and matter[0] in self.texts and len(joined) <= self.longest
        return [KEPT, TWIN, BOTH] if may_join else [KEPT, TWIN]

    def is_contested(self, kept: Any, twin: Any, matter: Matter) -> bool:
        """Whether each of them says something of it, and not the same."""
        both_say = self.says(kept, matter) and self.says(twin, matter)
        return both_say and said_by(kept, matter) != said_by(twin, matter)

    def preset(self, kept: Any, twin: Any, matter: Matter) -> str:
        """What counts where nobody chooses: the survivor's word, else the twin's."""
        return TWIN if self.says(twin, matter) and not self.says(kept, matter) else KEPT

    def survivor(self, kept: Any, twin: Any, choose: Mapping[str, str]) -> dict[str, Any]:
        """What the survivor's row says: of each matter the side chosen, else the preset one."""
        values: dict[str, Any] = {}
        for matter in self.all:
            side = choose.get(matter[0], "")
            if side not in self.sides(kept, twin, matter):
                side = self.preset(kept, twin, matter)
            values |= dict(zip(matter, said(kept, twin, matter, side), strict=True))
        return values


def said_by(record: Any, matter: Matter) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in matter)


def said(kept: Any, twin: Any, matter: Matter, side: str) -> tuple[Any, ...]:
    """A matter as one side puts it, or both in a row."""
    if side == BOTH:
        return (f"{getattr(kept, matter[0])}\n{getattr(twin, matter[0])}",)
    return said_by(twin if side == TWIN else kept, matter)


def other_names(names: Iterable[str], *, besides: Sequence[str]) -> str:
    """Every name once, as far as there is room, so that a search finds the one by the names of the other; `besides`
    are told elsewhere."""
    known, told = {name.casefold() for name in besides}, ""
    for other in filter(None, map(str.strip, names)):
        longer = f"{told}, {other}" if told else other
        if other.casefold() not in known and len(longer) <= LONGEST_OTHER_NAMES:
            known.add(other.casefold())
            told = longer
    return told


def split(names: str) -> list[str]:
    """The names in a list of them, with commas of either script."""
    plain = names.replace("，", ",").replace("、", ",")
    return [name for name in (part.strip() for part in plain.split(",")) if name]
