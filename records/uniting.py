"""Two records become one, by the rules of every app, and one becomes two again."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models import CheckConstraint, QuerySet
from django.utils.translation import gettext as _

from records import merging
from records.acts import Act
from records.external_reference import ExternalReference
from records.merging import MergeRule
from records.moves import Delta, Moves, pieces, read_changes, read_gone
from records.record import Record

ELSEWHERE = "object_id"  # by which an external reference names its record


# Shorter than the second after which PostgreSQL looks for a deadlock.
WAIT, REST, ATTEMPTS = "400ms", 0.1, 20
LOCKED = ("55P03", "40P01")  # not to be had in that time; a deadlock

Result = TypeVar("Result")
Some = Callable[[QuerySet], QuerySet]
Chosen = Mapping[str, str]  # by matter, whose word counts
Seen = Mapping[UUID, int | None]  # by record, the version that was looked at


def giving_way(act: Callable[[], Result]) -> Result:
    """Run it in a transaction that lets everybody else go first.

    A merge locks what others are about to name, and then what hangs on it; a verb may have the one and want the other,
    since foreign keys are checked when it commits. So a merge waits for a lock only shortly, not long enough for
    PostgreSQL to look for somebody to break off: it lets go of everything and begins anew.
    """
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                wait_shortly()
                return act()
        except OperationalError as busy:
            if getattr(busy.__cause__, "pgcode", "") not in LOCKED:
                raise
        time.sleep(REST)
    raise ValidationError(_("Others are working on this at the moment. Try again shortly."))


def wait_shortly() -> None:
    """For a lock, in this transaction; SQLite lets one write at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])


def hold(model: type[Record], *ids: UUID) -> dict[UUID, Any]:
    """Lock these rows in the order of their keys, also against whoever is just about to name one of them."""
    return {row.pk: row for row in model._base_manager.select_for_update().filter(pk__in=ids).order_by("pk")}


def held(kept: Any, twin: Any, seen: Seen) -> tuple[Any, Any]:
    """Both as they stand now, locked; refused when they are one already, when one of them is gone, or reads otherwise
    than in the version that was `seen`."""
    if kept.pk == twin.pk:
        raise ValidationError(_("This is one and the same record."))
    rows = hold(type(kept), kept.pk, twin.pk)
    for row in rows.values():
        if row.is_removed:
            raise ValidationError(_("%(name)s has been removed or merged meanwhile.") % {"name": row})
        if seen.get(row.pk) not in (None, row.version):
            refusal = _("%(name)s was changed since you opened this page. Look at both once more.")
            raise ValidationError(refusal % {"name": row})
    return rows[kept.pk], rows[twin.pk]


def unite(stays: Any, goes: Any, moves: Moves, among: Some = QuerySet.all) -> None:
    """Let everything that names `goes` name `stays`; what both have alike becomes one. The two themselves are the
    caller's."""
    for rule in merging.rules_onto(type(stays)):
        if not rule.stays_because:
            follow(rule, stays, goes, moves, among)
    moves.change(ExternalReference, [(row, {ELSEWHERE: stays.pk}) for row in ExternalReference.of(goes)])


def late(model: type[Record], merged: QuerySet) -> set[Any]:
    """Which of these merged records something present still names: it was stored in the moment of the merge."""
    found: set[Any] = set()
    for rule in merging.rules_onto(model):
        if not rule.stays_because:
            rows = present(rule.model._base_manager.filter(**{f"{rule.column}__in": merged}))
            found.update(rows.values_list(rule.column, flat=True))
    return found


def bring_over_late(model: type[Record], because: str, settle: Callable[..., None]) -> int:
    """What was stored in the very moment of a merge and names the twin names the survivor from now on, and stays
    with it; how many twins. `settle` is called with the ids of both."""
    twins = late(model, model._base_manager.filter(merged_into__isnull=False).values("pk"))
    for twin in model._base_manager.filter(pk__in=twins).select_related("merged_into"):
        giving_way(partial(bring_over, twin, because, settle))
    return len(twins)


def bring_over(twin: Any, because: str, settle: Callable[..., None]) -> None:
    hold(type(twin), twin.pk, twin.merged_into_id)
    unite(twin.merged_into, twin, Moves(None, because), among=present)
    settle(twin.pk, twin.merged_into_id)


def follow(rule: MergeRule, stays: Any, goes: Any, moves: Moves, among: Some) -> None:
    """Carry out one rule: rows become one, go, move, and lose a mark that another one bears."""
    coming = [row for row in among(named_by(rule, goes)) if (rule.model, row.pk) not in moves.dropped]
    if not coming:
        return
    standing = present(named_by(rule, stays)) if rule.compares else []
    plan = merging.plan(rule, stays.pk, standing, coming)
    for row, other in plan.pairs:
        unite(row, other, moves)
    moves.drop(rule.model, plan.gone, Act.of(moves.by).at)
    # One by one, since several rows may become one: each is judged by what it has taken over already.
    united = ((row, rule.together(row, other)) for row, other in plan.pairs)
    moves.change(rule.model, chain(plan.moved, united))
    if plan.gone:
        rule.then(plan.gone)


def named_by(rule: MergeRule, record: Any) -> QuerySet:
    """The rows whose column names this record, removed ones too, the oldest first."""
    return rule.model._base_manager.filter(**{rule.column: record.pk}).order_by("pk")


def present(rows: QuerySet) -> QuerySet:
    """Those that nobody removed."""
    return rows.filter(removed_at=None) if issubclass(rows.model, Record) else rows


# And apart again -----------------------------------------------------------------------------------------------------


@dataclass
class Left:
    """What could not go back because somebody changed it since, and what led over to the other record and was let go:
    rows with the names of their fields."""

    rows: dict[Any, set[str]] = field(default_factory=lambda: defaultdict(set))
    loosened: dict[Any, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, row: Any, columns: Collection[str]) -> None:
        self.rows[row].update(names_of(row, columns))

    def note_loosened(self, row: Any, columns: Collection[str]) -> None:
        self.loosened[row].update(names_of(row, columns))

    def __iter__(self) -> Iterator[tuple[Any, list[str]]]:
        return iter((row, sorted(names)) for row, names in self.rows.items())


def names_of(row: Any, columns: Collection[str]) -> Iterator[str]:
    return (str(row._meta.get_field(column).verbose_name) for column in columns)


def loosen(accounts: Collection[UUID], since: datetime, moves: Moves, left: Left) -> None:
    """Let nothing lead from one of these accounts to another: who sees the one need not see the other."""
    for model, rows in merging.astray(accounts, since):
        for row, values in rows:
            left.note_loosened(row, values)
        moves.change(model, rows)


def part(told: Mapping[str, Any], moves: Moves) -> Left:
    """Give every row back what it said before, but for what was changed since; that is left as it is and named."""
    left = Left()
    back = bring_back(read_gone(told), moves)
    for model, keys, delta in read_changes(told):
        give_back(model, keys, delta, moves, left)
    for rule in merging.rules():
        if rows := [row for row in back if type(row) is rule.model]:
            rule.then(rows)
    return left


def bring_back(gone: Sequence[Any], moves: Moves) -> list[Any]:
    """The rows that went stand again, also those that the purge took meanwhile; which ones."""
    return [row for row in reversed(gone) if comes_back(row, moves)]


def comes_back(row: Any, moves: Moves) -> bool:
    """Restore it, or write it anew as it was; not when what it belongs to is no more."""
    model = type(row)
    stored = model._base_manager.filter(pk=row.pk).first()
    if stored is not None:
        moves.change(model, [(stored, {"removed_at": None})] if isinstance(stored, Record) else [])
        return True
    if not can_stand(row):
        return False
    row.save_base(raw=True, force_insert=True)
    moves.sign(model, [row.pk], "+")
    return True


def can_stand(row: Any) -> bool:
    """Whether what it names is still there; what it may do without is let go."""
    for each in row._meta.concrete_fields:
        if each.remote_field and not stands(each, getattr(row, each.attname)):
            if not each.null:
                return False
            setattr(row, each.attname, None)
    return True


def stands(each: Any, key: Any) -> bool:
    """Whether a foreign key leads somewhere."""
    return key is None or each.related_model._base_manager.filter(pk=key).exists()


def give_back(model: Any, keys: Sequence[Any], delta: Delta, moves: Moves, left: Left) -> None:
    """Set the fields that still say what the merge made them say."""
    fields = {column: model._meta.get_field(column) for column in delta}
    lost = {c for c, each in fields.items() if each.remote_field and not stands(each, delta[c][0])}
    only_keys = all(each.remote_field for each in fields.values())
    for some in pieces(keys):
        changes = []
        for row in model._base_manager.filter(pk__in=some):
            kept = {c for c, (before, after) in delta.items() if getattr(row, c) not in (before, after)} | lost
            values = {c: before for c, (before, _after) in delta.items() if c not in kept}
            if not only_keys and not is_allowed(row, values):
                kept, values = set(delta), {}
            if kept:
                left.note(row, kept)
            changes.append((row, values))
        moves.change(model, changes)


def is_allowed(row: Any, values: Mapping[str, Any]) -> bool:
    """Whether the row could say this beside what was changed since, by the checks of the schema."""
    wanted = copy(row)
    for column, value in values.items():
        setattr(wanted, column, value)
    try:
        for rule in row._meta.constraints:
            if isinstance(rule, CheckConstraint):
                rule.validate(type(row), wanted)
    except ValidationError:
        return False
    return True
