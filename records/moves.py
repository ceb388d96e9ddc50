"""What a merge did to rows of any kind, written down so exactly that it can be taken back.

A change names a field of a row, what it said before and what it says since; what went is kept whole. Both are plain
JSON, rows that changed alike standing together.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from records.acts import Actor
from records.by_sets import update_rows
from records.history import is_tracked, record_set
from records.record import Record

Values = dict[str, Any]
Delta = dict[str, tuple[Any, Any]]
Deltas = dict[Any, Delta]
CHUNK = 1000


@dataclass
class Moves:
    """The changes of one merge, in the order they were made; `by` and `because` sign the history."""

    by: Actor | None
    because: str
    changed: list[tuple[type[models.Model], Deltas]] = field(default_factory=list)
    gone: list[models.Model] = field(default_factory=list)

    @property
    def dropped(self) -> set[Any]:
        """The rows that went, by model and key."""
        return {(type(row), row.pk) for row in self.gone}

    # What happens

    def change(self, model: type[models.Model], rows: Iterable[tuple[Any, Values]]) -> None:
        """Write these fields of these rows, a statement for all that change the same ones, with their history."""
        deltas: Deltas = {}
        by_fields: dict[tuple[str, ...], list[models.Model]] = defaultdict(list)
        for row, values in rows:
            found = set_values(row, values)
            if found:
                deltas[row.pk] = one_after_the_other(deltas.get(row.pk, {}), found)
                by_fields[tuple(found)].append(row)
        for names, some in by_fields.items():
            write(model, some, names)
        self.sign(model, deltas, "~")
        if deltas:
            self.changed.append((model, deltas))

    def drop(self, model: type[models.Model], rows: Sequence[Any], at: datetime) -> None:
        """Take rows away: a record is removed, anything less is deleted and kept here."""
        if not rows:
            return
        self.gone += rows
        keys = [row.pk for row in rows]
        found = model._base_manager.filter(pk__in=keys)
        if issubclass(model, Record):
            found.update(removed_at=at)
            self.sign(model, keys, "~")
        else:
            self.sign(model, keys, "-")
            found._raw_delete(found.db)

    def sign(self, model: type[models.Model], keys: Iterable[Any], type: Any) -> None:
        """Write the history of these rows as they stand."""
        for some in pieces(list(keys)):
            if is_tracked(model):
                record_set(model._base_manager.filter(pk__in=some), by=self.by, because=self.because, type=type)

    # As it is stored

    def as_stored(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "changed": [line for model, deltas in self.changed for line in stored_changes(model, deltas)],
            "gone": [{"model": row._meta.label_lower, "row": written_row(row)} for row in self.gone],
        }


def set_values(row: Any, values: Mapping[str, Any]) -> Delta:
    """Set what differs; by column, what it said and what it says now."""
    found = {}
    for name, value in values.items():
        column = row._meta.get_field(name).attname
        before = getattr(row, column)
        if before != value:
            setattr(row, column, value)
            found[column] = (before, value)
    return found


def one_after_the_other(first: Delta, second: Delta) -> Delta:
    """Two changes of a row as one: what it said at first, and what it says at last."""
    return first | {column: (first.get(column, delta)[0], delta[1]) for column, delta in second.items()}


def write(model: type[models.Model], rows: Sequence[models.Model], columns: Iterable[str]) -> None:
    """One statement for all of them."""
    by_column = {each.attname: each.name for each in model._meta.concrete_fields}
    for some in pieces(rows):
        update_rows(model, some, [by_column[column] for column in columns])


def pieces(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """At most `CHUNK` at a time."""
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


# To JSON and back ----------------------------------------------------------------------------------------------------


def stored_changes(model: type[models.Model], deltas: Deltas) -> Iterator[dict[str, Any]]:
    """Rows that changed alike stand in one line."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, delta in deltas.items():
        said = {column: [written(before), written(after)] for column, (before, after) in delta.items()}
        groups[json.dumps(said, sort_keys=True)].append(str(key))
    for said_alike, keys in groups.items():
        yield {"model": model._meta.label_lower, "fields": json.loads(said_alike), "rows": keys}


def read_changes(told: Mapping[str, Any]) -> Iterator[tuple[Any, list[Any], Delta]]:
    """The changes of `as_stored`, the last one first: model, keys, and what each of these rows said and says."""
    for line in reversed(told["changed"]):
        model = apps.get_model(line["model"])
        delta = {
            column: (read(model, column, before), read(model, column, after))
            for column, (before, after) in line["fields"].items()
        }
        yield model, [model._meta.pk.to_python(key) for key in line["rows"]], delta


def read_gone(told: Mapping[str, Any]) -> list[Any]:
    """The rows that went, each whole as it was."""
    return [read_row(apps.get_model(line["model"]), line["row"]) for line in told["gone"]]


def written_row(row: models.Model) -> dict[str, Any]:
    return {each.attname: written(getattr(row, each.attname)) for each in row._meta.concrete_fields}


def read_row(model: Any, values: Mapping[str, Any]) -> Any:
    """The row, not stored; columns that the model has lost since are left out."""
    known = {each.attname for each in model._meta.concrete_fields}
    return model(**{column: read(model, column, value) for column, value in values.items() if column in known})


def written(value: Any) -> Any:
    """A value as JSON holds it, to the last microsecond."""
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | dict | list) else str(value)


def read(model: Any, column: str, value: Any) -> Any:
    """What `written` wrote, as the column holds it."""
    return model._meta.get_field(column).to_python(value)
