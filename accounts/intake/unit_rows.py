"""What a whole file says of units, so that a row may name one that comes later: names and keys only."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from accounts.intake.naming import AccountNames, Named
from accounts.intake.trees import SPACED_STEPS, steps
from accounts.search_key import fold
from records.elsewhere import OURS
from records.intake import Draft
from records.reading_in import on_one_line


class Told(NamedTuple):
    """A row: which unit of which account, below which one."""

    number: int
    account: str
    name: str
    parent: str  # a name, a way, or the key of another system
    key: str


def told(draft: Draft) -> Told:
    """The way may stand in the name itself: “Head office / IT”; not where a key says that the name is one unit's."""
    key = draft.get("external_id", "")
    name, parent = on_one_line(draft.get("name", "")), on_one_line(draft.get("parent", ""))
    way = [step for step in SPACED_STEPS.split(name) if step]
    if len(way) > 1 and not parent and not key:
        name, parent = way[-1], " / ".join(way[:-1])
    return Told(draft.number, on_one_line(draft.get("account", "")), name, parent, key)


def is_company(text: str, account: Named) -> bool:
    """Top departments often name the company as the unit above."""
    return bool(text) and fold(text) in {fold(account.name), fold(account.short_name)}


class FileUnits:
    """The rows of a file; `place` ties them to each other once all are heard."""

    def __init__(self, source: str = "") -> None:
        self.is_ours = source == OURS  # then two keys are two units, whatever they are called
        self.rows: dict[int, Told] = {}
        self.bad: set[int] = set()  # refused for what they say themselves
        self.loops: set[int] = set()
        self.tops: set[int] = set()  # below the company itself
        self.on_ways: set[tuple[UUID | None, str]] = set()  # names that stand on the way to a unit
        self.by_key: dict[str, int] = {}
        self.accounts: dict[str, UUID | None] = {}
        self.by_name: dict[tuple[UUID | None, str], list[int]] = defaultdict(list)
        self.ways: dict[int, int] = {}  # a row → a fingerprint of the way to its unit
        self.first: dict[int, int] = {}  # a way → the first row that has it

    def hear(self, row: Told, *, is_bad: bool) -> None:
        self.rows[row.number] = row
        if is_bad:
            self.bad.add(row.number)
        if row.key:
            self.by_key.setdefault(row.key, row.number)

    def place(self, names: AccountNames) -> None:
        """Say which account each row means, which rows stand below themselves, and which say one unit twice."""
        for text in {row.account for row in self.rows.values()}:
            known, _problem = names.find(text)
            self.accounts[text] = known and known.pk
        for row in self.rows.values():
            account = self.accounts[row.account]
            self.by_name[account, fold(row.name)].append(row.number)
            way = steps(row.parent)
            self.on_ways |= {(account, fold(name)) for name in way} if len(way) > 1 else set()
            if account and is_company(row.parent, names.by_id[account]):
                self.tops.add(row.number)
        for row in self.rows.values():
            self.walk(row)
        for number, way in self.ways.items():
            self.first[way] = min(number, self.first.get(way, number))

    def walk(self, row: Told) -> None:
        """The way to a row's unit, and with it to those on it; or the loop it is in or below."""
        line: dict[int, Told] = {}
        while row.number not in self.ways and row.number not in line:
            line[row.number] = row
            above = self.above(row)
            if len(above) != 1:
                break
            row = above[0]
        else:
            numbers = list(line)
            self.loops |= set(numbers[numbers.index(row.number) :]) if row.number in line else set()
        for each in reversed(line.values()):
            self.ways[each.number] = self.way_of(each)

    def way_of(self, row: Told) -> int:
        above = self.above(row)
        if len(above) == 1 and (known := self.ways.get(above[0].number)):
            return hash((known, fold(row.name)))
        way = hash(self.accounts[row.account])
        above_it = [] if row.number in self.tops else steps(row.parent)
        for name in (*above_it, row.name):
            way = hash((way, fold(name)))
        return way

    def before(self, row: Told) -> int | None:
        """The number of an earlier row that says the same unit."""
        same = [self.by_key.get(row.key) if row.key else None]
        if not (row.key and self.is_ours):
            same.append(self.first.get(self.ways.get(row.number, 0)))
        return min((number for number in same if number is not None and number < row.number), default=None)

    def shares_name(self, row: Told) -> bool:
        """Whether the file speaks of another unit of this name, so that the name alone says nothing."""
        name = self.accounts.get(row.account), fold(row.name)
        return len(self.by_name[name]) > 1 or name in self.on_ways

    def above(self, row: Told) -> list[Told]:
        """The rows that may be the unit above."""
        if not row.parent:
            return []
        if number := self.by_key.get(row.parent):
            return [self.rows[number]]
        account = self.accounts.get(row.account)
        named = self.by_name.get((account, fold(row.parent)), [])
        way = steps(row.parent)
        if not named and len(way) > 1:
            last = self.by_name.get((account, fold(way[-1])), [])
            named = [number for number in last if self.ends_so(self.rows[number], way)]
        return [self.rows[number] for number in named]

    def ends_so(self, row: Told, way: Sequence[str]) -> bool:
        """Whether the way to a row's unit ends with these names, as far as the file tells it."""
        rest, seen = [fold(name) for name in way], set[int]()
        while row.number not in seen and fold(row.name) == rest.pop():
            if not rest:
                return True
            seen.add(row.number)
            above = [fold(name) for name in steps(row.parent)]
            rows = self.above(row) if len(above) == 1 else []
            if len(rows) != 1:
                return above[-len(rest) :] == rest
            row = rows[0]
        return False
