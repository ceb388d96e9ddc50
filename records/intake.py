"""Many rows of a file becoming records, by sets: what an import asks of the app that owns the type, and is told.

An import reads a file three times, each time in chunks: `expect` hears what the whole file names, `bring` writes (or
`judge` only says what it would write), and `link` ties what could not be tied before all rows were there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from records.acts import Actor
from records.record_types import Text


class Act(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    CHANGE = "change"
    NOTHING = "nothing"  # it says what stands here already
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Draft:
    """One row, its cells read: column name → value. A column the file lacks is absent; an empty cell is None, and
    leaves what stands here as it is."""

    number: int  # as a person counts the rows of the file
    values: Mapping[str, Any]
    # What columns said that nothing here is meant for, “header: value” a line each. A type with room for notes keeps
    # it there, once: the same file brings nothing new the second time.
    note: str = ""

    def get(self, name: str, default: Any = None) -> Any:
        value = self.values.get(name)
        return default if value in (None, "") else value


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a row, or worth knowing: at which column (none: the row as a whole), in one sentence."""

    sentence: Text
    column: str = ""


Key = tuple[str, UUID]  # a row by its model's label and its id


@dataclass(slots=True)
class Verdict:
    """What becomes of a row: of which record, why not, what else is worth knowing, and which further records
    (posts, roles) were written with it."""

    number: int
    act: Act = Act.CREATE
    pk: UUID | None = None
    problems: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    beside: list[Key] = field(default_factory=list)

    def refuse(self, sentence: Text, column: str = "") -> None:
        self.act = Act.REFUSE
        self.problems.append(Remark(sentence, column))

    def remark(self, sentence: Text, column: str = "") -> None:
        self.remarks.append(Remark(sentence, column))

    @property
    def is_refused(self) -> bool:
        return self.act is Act.REFUSE


@dataclass(frozen=True)
class Bringing:
    """Who brings a file in, where from, and under which reason the history tells of it."""

    by: Actor
    because: str
    source: str = ""  # the system whose keys `external_id` are; empty: the file has none worth keeping
    options: Mapping[str, Any] = field(default_factory=dict)


class Intake(Protocol):
    """One import's dealings with one type. `bring` and `link` run inside a transaction of the caller's, a chunk each,
    and may run again for a chunk whose transaction was lost."""

    tied_by: str  # the column that `link` reads; empty where the type has no such ties

    def __init__(self, bringing: Bringing) -> None: ...

    def expect(self, drafts: Sequence[Draft]) -> None:
        """Hear what the file names, so that a row may speak of one that comes later."""

    def judge(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """What would become of each, in their order; writes nothing."""

    def bring(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Write what is good by sets, refuse the rest; in their order."""

    def link(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Tie each to those that had to be there first: bosses, groups."""

    def settle(self, keys: Collection[Key]) -> None:
        """Work out what is derived of records that were written past their verbs, as taking an import back does."""
