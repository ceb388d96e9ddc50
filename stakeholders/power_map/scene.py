"""What a power map shows: cards, where they stand, and the lines between them. Every drawing (page, file, slide) reads
a `Scene`; lengths are in its own units, a card's text line being 16 high."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RoleMark:
    """A decision role on a card (rule 4.1)."""

    letter: str
    is_primary: bool = False
    is_inherited: bool = False


@dataclass(frozen=True)
class Stone:
    """Support by the one colour scale. `tone` is "neg", "0", "1", "2", "3" or "unknown"; `text` stands in it, `told`
    says it in words."""

    tone: str = "unknown"
    text: str = "?"
    told: str = ""
    is_expired: bool = False
    is_disputed: bool = False


@dataclass(frozen=True)
class Clock:
    """How long ago they were met, in a word or two; `tone` is "", "soon" or "late"."""

    text: str
    tone: str = ""
    told: str = ""


@dataclass(frozen=True)
class Card:
    """A person, or a vacant seat (`is_vacant`: a dashed ghost), with at most six marks."""

    key: str
    name: str
    title: str = ""
    above: str | None = None  # the key of the card they report to
    unit: str | None = None  # the key of their org unit
    roles: tuple[RoleMark, ...] = ()
    stone: Stone = Stone()
    clock: Clock | None = None
    is_key: bool = False
    counterpart: str = ""
    is_vacant: bool = False
    is_outsider: bool = False
    is_changed: bool = False  # under the lens of what changed since a day
    url: str = ""


@dataclass(frozen=True)
class Box:
    """A card where it stands: its upper left corner, and how many below it are folded away."""

    card: Card
    x: float
    y: float
    width: float
    height: float
    folded: int = 0


@dataclass(frozen=True)
class Tie:
    """A reporting line, from the one above to the one below, as the corners it passes."""

    above: str
    below: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Pull:
    """Influence of one person on another (rule 4.3), as a curve of four points; `is_informal` is drawn dotted."""

    source: str
    target: str
    strength: int
    is_conflict: bool
    points: tuple[tuple[float, float], ...]
    is_informal: bool = False
    told: str = ""


@dataclass(frozen=True)
class Area:
    """The ground under the people of one org unit."""

    key: str
    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Scene:
    """A map laid out."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    ties: tuple[Tie, ...] = ()
    pulls: tuple[Pull, ...] = ()
    areas: tuple[Area, ...] = ()
    unplaced: tuple[Card, ...] = ()
    by_key: dict[str, Box] = field(default_factory=dict, compare=False)
