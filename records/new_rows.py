"""Rows born in the database, a whole set in one statement: what a query finds becomes rows of another table."""

from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, QuerySet, UUIDField

UUID7_POSTGRES = (
    "encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing "
    "substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) "
    "FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid"
)
UUID7_SQLITE = (
    "lower(printf('%%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) || '7' || "
    "substr(hex(randomblob(2)), 1, 3) || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(8)), 1, 15))"
)


class NewId(Func):
    """A UUIDv7, like `records.identity.new_id`, made by the database for each row."""

    arity = 0
    output_field = UUIDField()

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:
        return UUID7_POSTGRES, []

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:
        return UUID7_SQLITE, []


def insert_found(model: type[models.Model], found: QuerySet, **values: Any) -> int:
    """Make one row of `model` of each row found, its fields from these expressions; how many were new.

    A row that the schema's unique rules know already is left out, so two writers at once make it once.
    """
    connection = connections[router.db_for_write(model)]
    columns = [connection.ops.quote_name(model._meta.get_field(name).column) for name in values]
    named = {f"new_{name}": expression for name, expression in values.items()}
    sql, parameters = found.order_by().annotate(**named).values_list(*named).query.sql_with_params()
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {sql} ON CONFLICT DO NOTHING", parameters)
        return cursor.rowcount
