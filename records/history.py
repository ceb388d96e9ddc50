"""The audit trail: one row per change of a record, written by the verb that changes it (who, when, why, through what).

The tables are django-simple-history's. They name the user by id alone, since users live above this package, and
carry no foreign key, so that a purged record keeps its history.
"""

from collections.abc import Iterable
from typing import Any, Literal

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import F, QuerySet
from simple_history.models import HistoricalRecords

from records.acts import Act, Actor

BY_TRIGGER = ("version", "updated_at")
Change = Literal["+", "~", "-"]


class Tracked(HistoricalRecords):
    """`history = Tracked()` on a model; `read_by` names further columns its history is read by, newest first."""

    def __init__(self, *, excluded_fields: Iterable[str] = (), read_by: Iterable[str] = ()) -> None:
        super().__init__(
            excluded_fields=[*BY_TRIGGER, *excluded_fields],
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.TextField(blank=True, default=""),
            history_user_id_field=models.UUIDField(null=True, blank=True),
            history_user_getter=lambda row: row.history_user_id,
            history_user_setter=lambda row, user_id: setattr(row, "history_user_id", user_id),
        )
        self.read_by = tuple(read_by)

    def create_history_model(self, model: type[models.Model], inherited: bool) -> type[models.Model]:
        """A part has no version to leave out, and simple-history stumbles over names it does not find."""
        known = {field.name for field in model._meta.fields}
        self.excluded_fields: list[str] = [name for name in self.excluded_fields if name in known]
        return super().create_history_model(model, inherited)

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        """The record's columns without their indexes: history is read by a few composite ones only."""
        fields = super().copy_fields(model)
        for field in fields.values():
            field.db_index = False
        return fields

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, models.Field]) -> dict[str, Any]:
        extra = super().get_extra_fields(model, fields)
        extra["history_date"] = models.DateTimeField()
        extra["history_client"] = models.CharField(max_length=40, default="job")
        return extra

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Indexes for the readers: one record, one account, what a part belongs to, and what the model asks for."""
        options = super().get_meta_options(model)
        names = {field.name for field in model._meta.fields}
        wanted = dict.fromkeys(["id", "account", getattr(model, "part_of", None), *self.read_by])
        options["indexes"] = [
            models.Index(fields=[name, "history_date", "history_id"]) for name in wanted if name in names
        ]
        options["default_permissions"] = ()
        return options

    def create_historical_record(self, instance: models.Model, history_type: str, using: str | None = None) -> None:
        """Write the row of one change, signed by the act the verb left on the record."""
        act = getattr(instance, "_act", None) or Act()
        values = {field.attname: getattr(instance, field.attname) for field in self.fields_included(instance)}
        row = getattr(instance, self.manager_name).model(**values, **signature(act), history_type=history_type)
        row.save(using=using, force_insert=True)


def signature(act: Act) -> dict[str, Any]:
    """The columns that say who, when, why and through what."""
    return {
        "history_date": act.at,
        "history_user_id": act.user_id,
        "history_client": act.client,
        "history_change_reason": act.because,
    }


def record_set(queryset: QuerySet, *, by: Actor | None, because: str, type: Change = "~", at: str = "") -> int:
    """Write the history of a whole set in one statement; says how many rows.

    The set is read as it stands: call this after an update with a set that still finds the rows (by id), and
    before a delete. `at` names the field, or the way to it, that holds each row's own moment, when the past is told.
    """
    connection = connections[queryset.db]
    history = history_model(queryset.model)
    signed = signature(Act.of(by, because)) | {"history_type": type}
    if at:
        del signed["history_date"]
    try:
        select, parameters = _columns_of(queryset, history, at).query.sql_with_params()
    except EmptyResultSet:
        return 0
    stored = [history._meta.get_field(name).get_db_prep_save(value, connection) for name, value in signed.items()]
    names = [*(["history_date"] if at else []), *signed]
    with connection.cursor() as cursor:
        cursor.execute(_insert(connection, history, names, len(signed), select), [*stored, *parameters])
        return cursor.rowcount


def _columns_of(queryset: QuerySet, history: Any, at: str) -> QuerySet:
    names = [field.attname for field in history.tracked_fields]
    rows = queryset.order_by()
    return rows.annotate(told_at=F(at)).values_list(*names, "told_at") if at else rows.values_list(*names)


def _insert(connection: Any, history: Any, names: Iterable[str], signed: int, select: str) -> str:
    """The statement that copies the selected rows, the signature first among its parameters."""
    quote = connection.ops.quote_name
    columns = [quote(name) for name in (*(field.column for field in history.tracked_fields), *names)]
    return (
        f"INSERT INTO {quote(history._meta.db_table)} ({', '.join(columns)}) "
        f"SELECT recorded.*, {', '.join(['%s'] * signed)} FROM ({select}) recorded"
    )


def history_model(model: type[models.Model]) -> Any:
    """The table a model's history stands in."""
    options: Any = model._meta
    return getattr(model, options.simple_history_manager_attribute).model


def is_tracked(model: type[models.Model]) -> bool:
    """Whether users edit it, so that it has a history."""
    return hasattr(model._meta, "simple_history_manager_attribute")
