"""Taking back what an act wrote, by what the history says of it: imports and bulk edits can be undone.

An act signs its history rows with a reason of its own. What nobody has changed since is put back as it was before
the act: made rows go, changed ones get their old values, dropped parts return. Whatever somebody changed later stays
as it is, and so does a made record that somebody has come to need: a person who was visited since. They are named.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone

from records.acts import Actor
from records.by_sets import update_rows
from records.history import history_model, is_tracked, record_set
from records.intake import Key
from records.leaning import leaned_on
from records.part import Part
from records.record import Record
from records.undone import back_reason, lasting

Model = type[models.Model]


class Trace(NamedTuple):
    """How an act left one row, as the history tells it: `before` is the history row that stood until then (None: the
    act made it), `is_gone` whether it dropped the row, `is_last` whether nobody wrote it since."""

    pk: UUID
    before: int | None
    is_gone: bool
    is_last: bool


@dataclass(frozen=True)
class TakenBack:
    """Which groups were put back as they were, and which stay since somebody changed them."""

    back: frozenset[Any]
    kept: frozenset[Any]


def take_back(groups: Mapping[Any, Collection[Key]], because: str, *, by: Actor) -> TakenBack:
    """Put back each group of records whole, or leave it whole; `because` signed the act.

    Call it in a transaction that holds the rows; what is derived from them follows by the caller's upkeep. What was
    taken back stands in the history and counts for nothing: an earlier act can be taken back after a later one.
    """
    traces = traces_of({key for keys in groups.values() for key in keys}, because)
    needed = needed_since(traces, because)
    kept = frozenset(
        name for name, keys in groups.items() if any(key in needed or later_hand(traces, key) for key in keys)
    )
    wanted = {key for name, keys in groups.items() if name not in kept for key in keys}
    by_model: dict[Model, list[Trace]] = defaultdict(list)
    for label, pk in wanted:
        for model, trace in traces.get((label, pk), ()):
            by_model[model].append(trace)
    put_back(by_model, by=by, sign=back_reason(because))
    return TakenBack(frozenset(groups) - kept, kept)


Traces = dict[Key, list[tuple[Model, Trace]]]


def later_hand(traces: Traces, key: Key) -> bool:
    """Whether somebody wrote the record or a part of it after the act."""
    return any(not trace.is_last for _model, trace in traces.get(key, ()))


def needed_since(traces: Traces, because: str) -> set[Key]:
    """The records it made that something names which was last written for another reason."""
    made: dict[str, set[UUID]] = defaultdict(set)
    for (label, pk), told in traces.items():
        if any(trace.pk == pk and trace.before is None and not trace.is_gone for _model, trace in told):
            made[label].add(pk)
    return {(label, pk) for label, ids in made.items() for pk in leaned_on(apps.get_model(label), ids, because)}


def traces_of(keys: Iterable[Key], because: str) -> Traces:
    """What the act did to each record and to its parts; records that it never wrote have no trace."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for label, pk in keys:
        ids[label].add(pk)
    found: Traces = defaultdict(list)
    for label, wanted in ids.items():
        model = apps.get_model(label)
        for owner, trace in traces_in(model, "id", wanted, because):
            found[label, owner].append((model, trace))
        for part in parts_of(model):
            for owner, trace in traces_in(part, f"{part.part_of}_id", wanted, because):
                found[label, owner].append((part, trace))
    return found


def parts_of(model: Model) -> list[Any]:
    """The tracked parts of a type of record."""
    parts = (each for each in apps.get_models() if issubclass(each, Part) and each.part_of and is_tracked(each))
    return [part for part in parts if part._meta.get_field(part.part_of).related_model is model]


def traces_in(model: Model, owner: str, ids: Collection[UUID], because: str) -> Iterable[tuple[UUID, Trace]]:
    """Each row of the table that the act wrote, beside the record it belongs to."""
    history = history_model(model).objects.filter(**{f"{owner}__in": ids}).order_by("history_date", "history_id")
    lines: dict[UUID, list[tuple[int, str, str]]] = defaultdict(list)
    owners = {}
    for pk, whose, number, kind, reason in history.values_list(
        "id", owner, "history_id", "history_type", "history_change_reason"
    ):
        lines[pk].append((number, kind, reason))
        owners[pk] = whose
    for pk, told in lines.items():
        line = lasting(told)
        first = next((place for place, entry in enumerate(line) if entry[2] == because), None)
        if first is not None:
            _number, kind, reason = line[-1]
            yield owners[pk], Trace(pk, line[first - 1][0] if first else None, kind == "-", reason == because)


def put_back(by_model: Mapping[Model, list[Trace]], *, by: Actor, sign: str) -> None:
    """Rows that go before rows that return, so that no unique rule stands in the way."""
    for model, traces in by_model.items():
        made = [trace.pk for trace in traces if trace.before is None and not trace.is_gone]
        take_away(model, made, by=by, sign=sign)
    for model, traces in by_model.items():
        changed = [trace for trace in traces if trace.before is not None and not trace.is_gone]
        set_back(model, changed, by=by, sign=sign)
        dropped = [trace for trace in traces if trace.before is not None and trace.is_gone]
        bring_again(model, dropped, by=by, sign=sign)


def take_away(model: Model, ids: list[UUID], *, by: Actor, sign: str) -> None:
    """Records are removed, to be purged in time; parts go at once."""
    rows = model._base_manager.filter(pk__in=ids)
    if issubclass(model, Record):
        rows.filter(removed_at=None).update(removed_at=timezone.now())
        record_set(rows, by=by, because=sign)
    else:
        record_set(rows, by=by, because=sign, type="-")
        rows._raw_delete(rows.db)


def set_back(model: Model, traces: list[Trace], *, by: Actor, sign: str) -> None:
    """Every tracked field as it was; parts by leaving and coming again, since two may swap what only one can have."""
    rows, manager = as_they_were(model, traces), model._base_manager
    here = manager.filter(pk__in=[row.pk for row in rows])
    if issubclass(model, Record):
        update_rows(model, rows, [name for name in tracked_names(model) if name != "id"])
    else:
        here._raw_delete(here.db)
        manager.bulk_create(rows)
    record_set(here, by=by, because=sign)


def bring_again(model: Model, traces: list[Trace], *, by: Actor, sign: str) -> None:
    """Parts that the act dropped."""
    rows = model._base_manager.bulk_create(as_they_were(model, traces))
    record_set(model._base_manager.filter(pk__in=[row.pk for row in rows]), by=by, because=sign, type="+")


def as_they_were(model: Model, traces: list[Trace]) -> list[Any]:
    """The rows as their last history row before the act tells them; `clean` works out what no history holds."""
    numbers = [trace.before for trace in traces]
    names = [model._meta.get_field(name).attname for name in tracked_names(model)]
    rows = [model(**told) for told in history_model(model).objects.filter(history_id__in=numbers).values(*names)]
    if issubclass(model, Part):
        for row in rows:
            row.clean()
    return rows


def tracked_names(model: Model) -> list[str]:
    """The fields that its history holds."""
    return [field.name for field in history_model(model).tracked_fields]
