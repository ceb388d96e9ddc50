"""What becomes of everything that names a record when it turns out to be another one twice.

Each app says it once for its own relations, by a `MergeRule` for each column, and hands the rules in when it is ready.
This module is pure: it decides on rows in hand which move to the record that stays, which become one with a row of its
own, and which go. `records.uniting` loads and writes them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

Row = Any
Values = dict[str, Any]


def never(row: Row) -> Hashable | None:
    """Of no group: as many of them as there are."""
    return None


def always(stays: Row, comes: Row) -> bool:
    return True


def nothing(stays: Row, comes: Row) -> Values:
    return {}


def nowhere(rows: Sequence[Row]) -> None:
    """Nothing follows."""


def of_no_account(row: Row, stays: UUID) -> bool:
    return False


@dataclass(frozen=True)
class MergeRule:
    """What becomes of the rows whose `column` names the record that goes: they move to the one that stays.

    Rows with the same `alike` become one if they also `fit`: the row that stands takes over what `together` says, and
    the other goes. Of the rows with the same `marked_in` one alone bears the `mark`: the one that stands. A row of
    which `vanishes` says so lay between the two. `then` is called with the rows that went, or came back.
    """

    model: type[models.Model]
    column: str
    alike: Callable[[Row], Hashable | None] = never
    fits: Callable[[Row, Row], bool] = always
    together: Callable[[Row, Row], Values] = nothing
    mark: str = ""
    marked_in: Callable[[Row], Hashable | None] = never
    vanishes: Callable[[Row, UUID], bool] = of_no_account
    then: Callable[[Sequence[Row]], None] = nowhere
    # Why rows stay as they are: they are derived and follow by themselves, or are read through the merge.
    stays_because: str = ""

    @property
    def onto(self) -> Any:
        """The model the column names."""
        return self.model._meta.get_field(self.column).related_model

    @property
    def compares(self) -> bool:
        """Whether the rows of the one that stays must be looked at."""
        return self.alike is not never or self.marked_in is not never

    @property
    def drops(self) -> bool:
        """Whether a row may go, so that what names *it* needs a rule of its own."""
        return self.alike is not never or self.vanishes is not of_no_account


def stays(model: type[models.Model], column: str, *, because: str) -> MergeRule:
    """The rows are left as they are."""
    return MergeRule(model, column, stays_because=because)


@dataclass
class Plan:
    """What a rule makes of the rows in hand."""

    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    between: list[Row] = field(default_factory=list)
    moved: list[tuple[Row, Values]] = field(default_factory=list)

    @property
    def gone(self) -> list[Row]:
        return [*self.between, *(comes for _stays, comes in self.pairs)]


def plan(rule: MergeRule, target: UUID, standing: Iterable[Row], coming: Iterable[Row]) -> Plan:
    """Sort the rows that come by what becomes of them; `standing` are those of the record that stays."""
    groups, taken = defaultdict(list), set()
    for row in standing:
        groups[rule.alike(row)].append(row)
        if rule.mark and getattr(row, rule.mark):
            taken.add(rule.marked_in(row))
    found = Plan()
    for row in coming:
        twin = partner(rule, row, groups)
        if rule.vanishes(row, target):
            found.between.append(row)
        elif twin is not None:
            found.pairs.append((twin, row))
        else:
            found.moved.append((row, {rule.column: target} | unmarked(rule, row, taken)))
    return found


def partner(rule: MergeRule, row: Row, groups: Mapping[Hashable | None, Sequence[Row]]) -> Row | None:
    """The row that says the same, if one stands."""
    key = rule.alike(row)
    return None if key is None else next((other for other in groups.get(key, ()) if rule.fits(other, row)), None)


def unmarked(rule: MergeRule, row: Row, taken: set[Hashable | None]) -> Values:
    """Take the mark off where another row of the group bears it."""
    group = rule.marked_in(row)
    is_second = bool(rule.mark) and group is not None and group in taken and getattr(row, rule.mark)
    return {rule.mark: False} if is_second else {}


# The rules of every app ----------------------------------------------------------------------------------------------

_declared: dict[tuple[type[models.Model], str], MergeRule] = {}


def declare(*rules: MergeRule) -> None:
    """Hand rules in; an app does so once, in `AppConfig.ready`."""
    for rule in rules:
        _declared[rule.model, rule.column] = rule


def rules() -> list[MergeRule]:
    """All of them, in the order they were declared."""
    return list(_declared.values())


def rules_onto(model: type[models.Model]) -> list[MergeRule]:
    """The rules of what names a record of this kind, in the order they were declared."""
    return [rule for rule in rules() if rule.onto is model]


# Rows of these accounts, which were one since a moment, with what mends each, model by model.
Astray = Callable[[Collection[UUID], datetime], Iterable[tuple[type[models.Model], list[tuple[Row, Values]]]]]

_astray: list[Astray] = []


def declare_astray(find: Astray) -> None:
    """Hand in what finds the rows that lead to another account than their own: two that were one for a while leave
    such behind. An app does so once, after those it imports."""
    if find not in _astray:
        _astray.append(find)


def astray(
    accounts: Collection[UUID], since: datetime
) -> Iterator[tuple[type[models.Model], list[tuple[Row, Values]]]]:
    """Those of every app, each looked for when the ones before are mended."""
    for find in _astray:
        yield from find(accounts, since)


def mergeable() -> set[type[models.Model]]:
    """The kinds of record that may go in a merge: whatever some rule is onto, and what a rule may drop."""
    return {rule.onto for rule in rules()} | {rule.model for rule in rules() if rule.drops}


def undeclared(every: Iterable[type[models.Model]]) -> Iterator[str]:
    """The columns of these models that name a mergeable record and have no rule."""
    kinds = mergeable()
    for model in every:
        for each in model._meta.concrete_fields:
            if each.related_model in kinds and (model, each.name) not in _declared:
                yield f"{model._meta.label}.{each.name}"
