"""Units of some accounts by name and by the way to them, those that an import is about to make among them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import OrgUnit
from accounts.search_key import fold
from records.intake import Verdict

STEPS = re.compile(r"\s*[/／>＞›»→\\]\s*")  # "Head office / IT › Network"
SPACED_STEPS = re.compile(r"\s+[/／>＞›»→\\]\s+|\s*[>＞›»→]\s*")  # "R&D/Test" may be one name


def steps(text: str) -> list[str]:
    """The names on the way from the root down."""
    return [" ".join(name.split()) for name in STEPS.split(text) if name.strip()]


class Trees:
    """The units that stand at these accounts, in one query, and the new ones, which nobody has written yet."""

    def __init__(self, accounts: Collection[UUID], keys: Mapping[str, UUID] | None = None) -> None:
        self.keys = keys or {}  # what another system calls some of them
        self.made: list[OrgUnit] = []
        self.accounts: dict[UUID, UUID] = {}
        self.above: dict[UUID, UUID | None] = {}
        self.names: dict[UUID, str] = {}
        self.below: dict[tuple[UUID, UUID | None], dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
        self.named: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
        rows = OrgUnit.objects.present().filter(account__in=accounts).order_by("depth", "pk")
        for account, pk, parent, name in rows.values_list("account_id", "pk", "parent_id", "name"):
            self.take_in(account, pk, parent, name)

    def take_in(self, account: UUID, pk: UUID, parent: UUID | None, name: str) -> None:
        folded = fold(name)
        self.accounts[pk], self.above[pk], self.names[pk] = account, parent, folded
        self.below[account, parent][folded].append(pk)
        self.named[account, folded].append(pk)

    def make(self, account: UUID, name: str, parent: UUID | None, at: datetime) -> OrgUnit:
        """A unit to be written."""
        unit = OrgUnit(account_id=account, parent_id=parent, name=name, created_at=at)
        self.made.append(unit)
        self.take_in(account, unit.pk, parent, name)
        return unit

    def child(self, account: UUID, parent: UUID | None, name: str) -> UUID | None:
        """The unit of this name right below another, or at the top."""
        return next(iter(self.below[account, parent].get(fold(name), ())), None)

    def find(self, account: UUID, text: str) -> list[UUID]:
        """The units that a key, a name or a way means."""
        if (known := self.keys.get(text)) and self.accounts.get(known) == account:
            return [known]
        if found := self.named.get((account, fold(text))):
            return found
        way = [fold(name) for name in steps(text)]
        if len(way) < 2:
            return []
        return [pk for pk in self.named.get((account, way[-1]), ()) if self.ends_so(pk, way)]

    def ends_so(self, pk: UUID, way: Sequence[str]) -> bool:
        """Whether the way to a unit ends with these names."""
        step: UUID | None = pk
        for name in reversed(way):
            if step is None or self.names.get(step) != name:
                return False
            step = self.above.get(step)
        return True

    def line(self, pk: UUID | None) -> list[UUID]:
        """A unit and those above it; a circle that slipped in ends where it began."""
        found: list[UUID] = []
        while pk is not None and pk not in found:
            found.append(pk)
            pk = self.above.get(pk)
        return found

    def keep(self, needed: Collection[UUID]) -> None:
        """Of the new ones write those only that stand above one of these, or are one."""
        lines = {step for pk in needed for step in self.line(pk)}
        self.made = [unit for unit in self.made if unit.pk in lines]

    def tell(self, rows: Iterable[tuple[UUID | None, Verdict]], own: Collection[UUID] = ()) -> set[UUID]:
        """Name each new unit that has no row of its own beside the first row that needed it."""
        waiting = {unit.pk for unit in self.made} - set(own)
        told = set(waiting)
        for pk, verdict in rows:
            for step in self.line(pk) if waiting else ():
                if step in waiting:
                    waiting.remove(step)
                    verdict.beside.append((OrgUnit._meta.label_lower, step))
        return told

    def way(self, account: UUID, text: str) -> list[str]:
        """The steps of a way; a name with a mere slash in it is one unless a unit is called like its beginning."""
        parts = steps(text)
        is_way = len(parts) > 1 and self.named.get((account, fold(parts[0])))
        return parts if is_way or SPACED_STEPS.search(text) else [" ".join(text.split())]

    def along(self, account: UUID, way: Sequence[str], at: datetime) -> UUID | None:
        """The end of a way from the root down; what is missing on it is made."""
        parent: UUID | None = None
        for name in way:
            parent = self.child(account, parent, name) or self.make(account, name, parent, at).pk
        return parent
