"""What the triggers have to do, read off the models; the engines only differ in how they say it."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from records.change_log import ChangeLog
from records.external_reference import ExternalReference
from records.part import Part
from records.policy import Policy
from records.record import Record

Schema = Mapping[str, Set[str]]

LOG = ChangeLog._meta.db_table
REFERENCES = ExternalReference._meta.db_table
PREFIX = "records_"


@dataclass(frozen=True)
class Logged:
    """A table of records: its version is counted and its changes are logged as `type`."""

    table: str
    type: str
    account: str | None

    def stands_in(self, schema: Schema) -> bool:
        """Whether the table and its columns are there: a migration may be under way, or going back."""
        columns = {"id", "version", "updated_at", "removed_at", self.account or "id"}
        return columns <= schema.get(self.table, frozenset())


@dataclass(frozen=True)
class Touch:
    """Writing a row of `table` raises the record in `whole` that `key` names, if `type` is given only of that type."""

    table: str
    whole: str
    key: str
    type: str | None = None

    def stands_in(self, schema: Schema) -> bool:
        here, there = schema.get(self.table, frozenset()), schema.get(self.whole, frozenset())
        return self.key in here and {"id", "version"} <= there


@dataclass(frozen=True)
class Plan:
    """All of it: which tables are logged, and which touch which."""

    logged: tuple[Logged, ...]
    touches: tuple[Touch, ...]

    def within(self, schema: Schema) -> "Plan":
        """What of it can stand in a schema now."""
        if LOG not in schema:
            return Plan((), ())
        logged = tuple(each for each in self.logged if each.stands_in(schema))
        return Plan(logged, tuple(each for each in self.touches if each.stands_in(schema)))

    def touches_of(self, table: str) -> list[Touch]:
        return [touch for touch in self.touches if touch.table == table]

    @property
    def touching_tables(self) -> list[str]:
        return list(dict.fromkeys(touch.table for touch in self.touches))


def plan() -> Plan:
    """The plan of all installed models."""
    known = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    records = [model for model in known if issubclass(model, Record)]
    parts = [model for model in known if issubclass(model, Part) and model is not ExternalReference]
    return Plan(tuple(map(_logged, records)), (*map(_touch, parts), *_references(records)))


def _logged(model: type[Record]) -> Logged:
    return Logged(model._meta.db_table, model._meta.label_lower, account_column(model))


def _touch(model: type[Part]) -> Touch:
    key: Any = model._meta.get_field(str(model.part_of))
    return Touch(model._meta.db_table, key.related_model._meta.db_table, key.column)


def _references(records: Iterable[type[Record]]) -> list[Touch]:
    """A reference is a part of whatever record it names; policies have no keys elsewhere."""
    named = [model for model in records if not issubclass(model, Policy)]
    return [Touch(REFERENCES, model._meta.db_table, "object_id", model._meta.label_lower) for model in named]


def account_column(model: type[Record]) -> str | None:
    """The column that says whose account a row belongs to, when the model has it."""
    columns = {field.column for field in model._meta.concrete_fields}
    return model.account_column if model.account_column in columns else None


def badly_declared(model: type[models.Model]) -> str | None:
    """What is wrong with a model's `part_of` or `account_column`."""
    if issubclass(model, Record) and model.account_column not in (None, "account_id") and not account_column(model):
        return f"account_column names {model.account_column!r}, which is no column of it."
    if issubclass(model, Part) and model is not ExternalReference and not _leads_to_record(model):
        return "part_of must name its foreign key to a record."
    return None


def _leads_to_record(model: type[Part]) -> bool:
    try:
        key: Any = model._meta.get_field(str(getattr(model, "part_of", None)))
    except FieldDoesNotExist:
        return False
    return bool(key.many_to_one or key.one_to_one) and issubclass(key.related_model, Record)
