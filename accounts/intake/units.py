"""Units out of a file, by sets: a tree of any depth, in any order of rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.intake.made_units import FOUND_BY, made_in_words, place_units, settle_units, write_made
from accounts.intake.naming import AccountNames, says_other_names
from accounts.intake.trees import Trees, steps
from accounts.intake.unit_rows import FileUnits, Told, told
from accounts.models import Account, OrgUnit
from accounts.search_key import fold
from accounts.upkeep import units_renamed
from records.elsewhere import OURS, having_keys, known_elsewhere, note_keys
from records.intake import Act, Bringing, Draft, Key, Verdict
from records.reading_in import BySets, check_texts, is_storable, joined, on_one_line, refuse_twin, says_other

WRITTEN = ("name", "parent", "function", "other_names", *FOUND_BY)


@dataclass(slots=True)
class Row:
    """A row, the unit it is about, and what it says of it."""

    draft: Draft
    verdict: Verdict
    told: Told
    unit: OrgUnit | None = None
    is_new: bool = False
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row's unit stands; `parent` is None at the top, and where the row says nothing of it."""

    pk: UUID | None = None
    parent: UUID | None = None
    is_said: bool = False
    problem: str = ""
    remark: str = ""


class UnitIntake(BySets[Row]):
    """A unit is known by its key elsewhere, else by its name below the one named as the unit above. Of the same name
    elsewhere in the tree is another unit, as every branch has its own “Finance”; only a key moves one."""

    def __init__(self, bringing: Bringing) -> None:
        super().__init__(bringing)
        self.file = FileUnits(bringing.source)
        self.ahead: set[UUID] = set()  # made since a row spoke of them, and their own row is still to come

    def expect(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            row = told(draft)
            verdict = Verdict(draft.number)
            read_values(draft, row, verdict)
            self.file.hear(row, is_bad=verdict.is_refused or not is_storable(draft))

    @cached_property
    def names(self) -> AccountNames:
        """The accounts this file may mean, and which of them each of its rows does."""
        chosen = self.bringing.options.get("account")
        names = AccountNames(Account.objects.filled_by(self.by), self.bringing.source, chosen=chosen)
        names.learn_keys({row.account for row in self.file.rows.values()})
        self.file.place(names)
        return names

    def hold(self, drafts: Sequence[Draft]) -> None:
        Account.objects.hold(self.accounts_of(drafts))

    def accounts_of(self, drafts: Sequence[Draft]) -> set[UUID]:
        found = (self.names.find(text)[0] for text in {told(draft).account for draft in drafts})
        return {account.pk for account in found if account}

    # Reading

    def read(self, drafts: Sequence[Draft]) -> list[Row]:
        self.trees = Trees(self.accounts_of(drafts))
        self.known = known_elsewhere(OrgUnit, self.bringing.source, self.keys_near(drafts))
        self.has_key = having_keys(OrgUnit, OURS, self.trees.names) if self.file.is_ours else set()
        self.spots: dict[int, Spot] = {}
        rows = [Row(draft, Verdict(draft.number), told(draft)) for draft in drafts]
        for row in rows:
            self.read_row(row)
        self.conclude(rows)
        return rows

    def keys_near(self, drafts: Sequence[Draft]) -> set[str]:
        """Keys of these rows' units and of those on the way to them."""
        keys, seen = set[str](), set[int]()
        for row in map(told, drafts):
            above = [row]
            while len(above) == 1 and (row := above[0]).number not in seen:
                seen.add(row.number)
                keys |= {row.key, row.parent}
                above = self.file.above(row)
        return keys - {""}

    def read_row(self, row: Row) -> None:
        account, problem = self.names.find(row.told.account)
        if account is None:
            row.verdict.refuse(problem, "account")
        row.values = read_values(row.draft, row.told, row.verdict)
        if row.told.number in self.file.loops:
            refusal = _("“%(name)s” stands below this unit; a loop is refused.") % {"name": row.told.parent[:80]}
            row.verdict.refuse(refusal, "parent")
        refuse_twin(row.verdict, self.file.before(row.told))
        if row.verdict.is_refused:
            return
        spot = self.spot_of(row.told)
        if spot.problem:
            row.verdict.refuse(spot.problem, "parent")
        if spot.remark:
            row.verdict.remark(spot.remark, "parent")
        row.verdict.pk = spot.pk
        if spot.is_said:
            row.values["parent_id"] = spot.parent

    def spot_of(self, row: Told) -> Spot:
        """Where the unit of a row stands. Those above it that come later in the file are made first."""
        line = [row]
        known = self.file.loops | self.spots.keys()
        while len(above := self.file.above(line[-1])) == 1 and above[0].number not in known:
            line.append(above[0])
        for each in reversed(line):
            if each.number not in self.spots:
                self.spots[each.number] = self.settle_spot(each)
        return self.spots[row.number]

    def settle_spot(self, row: Told) -> Spot:
        account = self.file.accounts[row.account]
        assert account is not None
        parent, problem, remark = self.parent_of(row, account)
        own = self.known.get(row.key)
        if problem:
            return Spot(problem=problem)
        if own in self.trees.names:
            return Spot(own, parent, bool(row.parent), self.why_not_below(own, parent, account, row))
        found = self.trees.child(account, parent, row.name) if row.parent else self.alone(account, row)
        if row.key and self.file.is_ours and (found in self.has_key or str(found) in self.file.by_key):
            found = None
        unit = found or self.trees.make(account, row.name, parent, self.now).pk
        if row.key and self.file.is_ours:
            self.has_key.add(unit)
        return Spot(unit, parent, bool(row.parent), remark=remark)

    def why_not_below(self, own: UUID, parent: UUID | None, account: UUID, row: Told) -> str:
        """A unit known by its key stays in its account, and is not hung below itself."""
        if self.trees.accounts[own] != account:
            return _("“%(name)s” is a unit of another account.") % {"name": row.name[:80]}
        if own in self.trees.line(parent):
            return _("“%(name)s” stands below this unit; a loop is refused.") % {"name": row.parent[:80]}
        return ""

    def alone(self, account: UUID, row: Told) -> UUID | None:
        """The unit that a row without a word on its place means: the one at the top, else the only one of its name."""
        found = self.trees.named.get((account, fold(row.name)), [])
        at_top = self.trees.child(account, None, row.name)
        is_only = len(found) == 1 and not self.file.shares_name(row)
        return at_top or (found[0] if is_only else None)

    def parent_of(self, row: Told, account: UUID) -> tuple[UUID | None, str, str]:
        """The unit above, why there is none, and what is worth knowing: none named, one of the file, one that stands,
        or one that is made since the file speaks of it."""
        if not row.parent:
            return None, "", ""
        above = self.file.above(row)
        if len(above) == 1:
            number = above[0].number
            spot = self.spots.get(number, Spot(problem="loop"))
            refused = spot.problem or number in self.file.bad
            return (
                spot.pk,
                _("Row %(row)d, which this one belongs to, is refused.") % {"row": number} if refused else "",
                "",
            )
        if (known := self.known.get(row.parent)) in self.trees.names:
            return known, "", ""
        found = self.trees.find(account, row.parent)
        if len(found) > 1 or len(above) > 1:
            told = {"name": row.parent[:80]}
            return None, _("Several units are called “%(name)s”. Write the way from the top: “A / B / C”.") % told, ""
        if found or row.number in self.file.tops:
            return next(iter(found), None), "", ""
        return self.trees.along(account, self.trees.way(account, row.parent), self.now), "", made_in_words(row.parent)

    def conclude(self, rows: Sequence[Row]) -> None:
        new = {unit.pk: unit for unit in self.trees.made}
        good = [row for row in rows if not row.verdict.is_refused]
        standing = OrgUnit.objects.in_bulk({row.verdict.pk for row in good} - new.keys() - {None})
        for row in good:
            row.is_new = row.verdict.pk in new
            row.unit = new.get(row.verdict.pk) or standing[row.verdict.pk]
            if row.verdict.pk not in self.known.values():
                row.values.pop("name")  # it was found by it
            says_new = any(is_new(row.unit, name, value) for name, value in row.values.items())
            is_made = row.is_new or row.verdict.pk in self.ahead
            row.verdict.act = Act.CREATE if is_made else Act.CHANGE if says_new else Act.NOTHING

    # Writing

    def write(self, rows: Sequence[Row]) -> None:
        good = [row for row in rows if row.unit and not row.verdict.is_refused]
        changed = [row.unit for row in good if not row.is_new and fill(row)]
        renamed = [row.unit.pk for row in good if not row.is_new and "name" in row.values and row.unit in changed]
        for row in good:
            if row.is_new:
                fill(row)
        self.trees.keep({row.unit.pk for row in good})
        own = {row.unit.pk for row in good}
        self.ahead |= self.trees.tell(((row.unit.pk, row.verdict) for row in good), own)
        write_made(self, self.trees)
        for unit in changed:
            unit.derive()
        self.update(OrgUnit, changed, WRITTEN)
        note_keys(OrgUnit, self.bringing.source, {row.told.key: row.unit.pk for row in good if row.told.key})
        place_units({row.unit.account_id for row in good})
        units_renamed(renamed)

    def settle(self, keys: Collection[Key]) -> None:
        settle_units(keys)


def read_values(draft: Draft, row: Told, verdict: Verdict) -> dict[str, Any]:
    """What a row says of its unit beside its place."""
    values = {
        "name": row.name,
        "function": on_one_line(draft.get("function", "")),
        "other_names": joined(draft.get("other_names", "")),
    }
    if not row.name:
        verdict.refuse(_("A unit needs a name."), "name")
    check_texts(verdict, OrgUnit, values.items())
    if any(len(step) > OrgUnit._meta.get_field("name").max_length for step in steps(row.parent)):
        check_texts(verdict, OrgUnit, [("name", max(steps(row.parent), key=len))])
    return {name: value for name, value in values.items() if value}


def is_new(unit: OrgUnit, name: str, value: Any) -> bool:
    """Whether a row says something else of a unit than what stands."""
    stands = getattr(unit, name)
    return says_other_names(stands, value) if name == "other_names" else says_other(stands, value)


def fill(row: Row) -> bool:
    """Put what the row says into the record; whether it was new."""
    new = {name: value for name, value in row.values.items() if is_new(row.unit, name, value)}
    for name, value in new.items():
        setattr(row.unit, name, value)
    return bool(new)
