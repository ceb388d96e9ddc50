"""What the History tab tells: every change of a few records, newest first, in words.

A page costs a fixed number of queries however many rows it has: three per kind of record, one per kind of record
named in a foreign key, one for the names of the users.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

UNTOLD = frozenset({"id", "created_at", "removed_at"})
EMPTY: tuple[Any, ...] = (None, "", [], {}, ())

Labels = dict[Any, str]
NamesOf = Callable[[set[UUID]], Mapping[UUID, str]]


class Cursor(NamedTuple):
    """Where a page ended: the moment, the row's number in its table, and the table."""

    at: datetime
    row: int
    kind: str


@dataclass(frozen=True)
class FieldChange:
    """One field, from what to what; a sensitive one says only that it changed."""

    name: str
    before: Any = None
    after: Any = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Entry:
    """One change of one record."""

    key: Cursor
    act: str  # created, changed, removed, restored, deleted
    kind: str
    label: str
    object_id: UUID
    who: str
    user_id: UUID | None
    client: str
    because: str
    changes: tuple[FieldChange, ...]

    @property
    def at(self) -> datetime:
        return self.key.at


class Timeline(NamedTuple):
    entries: list[Entry]
    next: Cursor | None


def timeline(
    histories: Iterable[QuerySet],
    *,
    before: Cursor | None = None,
    limit: int = 50,
    names: NamesOf | None = None,
    viewer: Any = None,
) -> Timeline:
    """One page of the merged histories (`Person.history.filter(...)`), and where the next one begins.

    `names` gives the users' names by id, in one query. For a `viewer`, a foreign key to a record outside that
    user's sight has no name.
    """
    ordered = [_page(history, before, limit + 1) for history in histories]
    rows = list(islice(merge(*ordered, key=_key, reverse=True), limit + 1))
    shown = rows[:limit]
    telling = _Telling(_pairs(shown), viewer, names)
    entries = [entry for entry in map(telling.entry, shown) if entry.changes or entry.because or entry.act != "changed"]
    return Timeline(entries, _key(shown[-1]) if len(rows) > limit else None)


def _key(row: Any) -> Cursor:
    return Cursor(row.history_date, row.history_id, row._meta.label_lower)


def _page(history: QuerySet, before: Cursor | None, size: int) -> Sequence[Any]:
    """The newest rows of one table, each with the number of the row before it of the same record."""
    rows = history.order_by("-history_date", "-history_id").annotate(previous_id=Subquery(_previous(history.model)))
    if before is not None:
        level = "history_id__lte" if history.model._meta.label_lower < before.kind else "history_id__lt"
        same_moment = Q(history_date=before.at, **{level: before.row})
        rows = rows.filter(Q(history_date__lt=before.at) | same_moment, history_date__lte=before.at)
    return list(rows[:size])


def _previous(model: Any) -> QuerySet:
    older = Q(history_date__lt=OuterRef("history_date")) | Q(
        history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id")
    )
    earlier = model.objects.filter(older, id=OuterRef("id"), history_date__lte=OuterRef("history_date"))
    return earlier.order_by("-history_date", "-history_id").values("history_id")[:1]


class Pair(NamedTuple):
    """A history row and the one before it, if any."""

    row: Any
    previous: Any


def _pairs(rows: Iterable[Any]) -> list[Pair]:
    """Each row beside its predecessor, which costs one query per table."""
    rows = list(rows)
    wanted: dict[Any, set[int]] = defaultdict(set)
    for row in rows:
        wanted[type(row)].add(row.previous_id)
    found = {model: model.objects.in_bulk(numbers - {None}) for model, numbers in wanted.items()}
    return [Pair(row, found[type(row)].get(row.previous_id)) for row in rows]


def _changed(pair: Pair) -> Iterator[tuple[Any, Any, Any]]:
    """The fields that differ; of a first row those that are filled, of a last one none."""
    row, previous = pair
    if row.history_type == "-":
        return
    for each in row.tracked_fields:
        after = getattr(row, each.attname)
        before = getattr(previous, each.attname) if previous else None
        if (
            each.name not in UNTOLD
            and before != after
            and not (previous is None and (after is False or after in EMPTY))
        ):
            yield each, before, after


@dataclass
class _Telling:
    """Turns rows into entries, having looked up all their labels at once."""

    pairs: list[Pair]
    viewer: Any
    names_of: NamesOf | None
    _by_row: dict[Cursor, Pair] = field(init=False)
    _users: Mapping[UUID, str] = field(init=False)
    _subjects: dict[Any, Labels] = field(init=False)
    _labels: dict[Any, Labels] = field(init=False)

    def __post_init__(self) -> None:
        self._by_row = {_key(pair.row): pair for pair in self.pairs}
        users = {pair.row.history_user_id for pair in self.pairs} - {None}
        self._users = self.names_of(users) if self.names_of and users else {}
        self._subjects = {model: _labels_of(model._base_manager, ids) for model, ids in _told_of(self.pairs).items()}
        self._labels = {model: _labels_of(self._seen(model), ids) for model, ids in _named_in(self.pairs).items()}

    def entry(self, row: Any) -> Entry:
        pair = self._by_row[_key(row)]
        model = row.instance_type
        return Entry(
            key=_key(row),
            act=_act(pair),
            kind=str(model._meta.verbose_name),
            label=self._subjects[model].get(row.id) or _last_label(row),
            object_id=row.id,
            who=self._users.get(row.history_user_id, ""),
            user_id=row.history_user_id,
            client=row.history_client,
            because=row.history_change_reason or "",
            changes=tuple(self._told(model, *change) for change in _changed(pair)),
        )

    def _seen(self, model: Any) -> Any:
        """The records a key may be told by name."""
        rows = model._default_manager.all()
        return rows.visible_to(self.viewer) if self.viewer is not None and hasattr(rows, "visible_to") else rows

    def _told(self, model: type[Model], each: Any, before: Any, after: Any) -> FieldChange:
        name = str(each.verbose_name)
        if each.name in getattr(model, "sensitive_fields", ()):
            return FieldChange(name, is_hidden=True)
        return FieldChange(name, self._value(each, before), self._value(each, after))

    def _value(self, each: Any, value: Any) -> Any:
        """A value as a reader would say it."""
        if value is None or value == "":
            return None
        if each.remote_field:
            return self._labels[each.related_model].get(value, _("no longer shown"))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(dict(each.flatchoices).get(value, value)) if each.flatchoices else value


def _told_of(pairs: list[Pair]) -> dict[Any, set[Any]]:
    """The records whose changes these are; they stand in the caller's scope already, removed ones too."""
    told: dict[Any, set[Any]] = defaultdict(set)
    for pair in pairs:
        told[pair.row.instance_type].add(pair.row.id)
    return told


def _named_in(pairs: list[Pair]) -> dict[Any, set[Any]]:
    """The records that changed foreign keys name."""
    named: dict[Any, set[Any]] = defaultdict(set)
    for each, before, after in (change for pair in pairs for change in _changed(pair)):
        if each.remote_field:
            named[each.related_model] |= {before, after} - {None}
    return named


def _labels_of(rows: Any, ids: set[Any]) -> Labels:
    """The records' names as they are now; a model whose name needs its relations says so in `label_needs`."""
    needs = getattr(rows.model, "label_needs", (None,))  # naming nothing at all would fetch every relation
    return {row.pk: str(row) for row in rows.filter(pk__in=ids).select_related(*needs)}


def _act(pair: Pair) -> str:
    if pair.row.history_type != "~":
        return {"+": "created", "-": "deleted"}[pair.row.history_type]
    was, now = (getattr(row, "removed_at", None) for row in (pair.previous, pair.row))
    if bool(was) == bool(now) or pair.previous is None:
        return "changed"
    return "removed" if now else "restored"


def _last_label(row: Any) -> str:
    """The name a deleted record had, where it needs no relation to say it."""
    return "" if getattr(row.instance_type, "label_needs", ()) else str(row.history_object)
