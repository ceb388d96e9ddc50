"""Writing many rows in one statement: derived columns and derived tables follow by sets, whatever their number.

The rows travel as one JSON parameter, which both engines unfold. Django's own bulk calls cut a set into pieces
(62 rows a statement on SQLite) and turn an update into a CASE per row and column, which is quadratic to plan.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


def update_rows(model: type[models.Model], rows: Collection[models.Model], names: Sequence[str]) -> int:
    """Write these fields of rows that stand already; how many were written."""
    return write(model, rows, [model._meta.pk.name, *names], update_statement)


def upsert_rows(model: type[models.Model], rows: Collection[models.Model], key: Sequence[str]) -> int:
    """Write whole rows, new or known by the unique columns `key`; how many were written."""
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    return write(model, rows, names, lambda *parts: upsert_statement(*parts, key=key))


def write(model: type[models.Model], rows: Collection[models.Model], names: Sequence[str], statement: Any) -> int:
    """Run the statement over the rows as JSON; nothing for no rows."""
    if not rows:
        return 0
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in names]
    values = [{f.column: f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields} for row in rows]
    sql = statement(connection, model._meta.db_table, fields)
    cursor: CursorWrapper
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(values, default=str)])
        return cursor.rowcount


def unfolded(connection: BaseDatabaseWrapper, fields: Sequence[models.Field]) -> str:
    """The JSON parameter as a table named `told`."""
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        columns = ", ".join(f"{quote(f.column)} {f.db_type(connection)}" for f in fields)
        return f"jsonb_to_recordset(%s::jsonb) AS told({columns})"
    columns = ", ".join(f"json_extract(value, '$.{f.column}') AS {quote(f.column)}" for f in fields)
    return f"(SELECT {columns} FROM json_each(%s)) AS told"


def update_statement(connection: BaseDatabaseWrapper, table: str, fields: Sequence[models.Field]) -> str:
    """The first field is the primary key."""
    quote = connection.ops.quote_name
    key, *others = (quote(field.column) for field in fields)
    values = ", ".join(f"{column} = told.{column}" for column in others)
    told = unfolded(connection, fields)
    return f"UPDATE {quote(table)} SET {values} FROM {told} WHERE {quote(table)}.{key} = told.{key}"


def upsert_statement(
    connection: BaseDatabaseWrapper, table: str, fields: Sequence[models.Field], *, key: Sequence[str]
) -> str:
    """`WHERE true` tells SQLite that the conflict clause belongs to the insert and not to a join."""
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in fields]
    unique = [quote(field.column) for field in fields if field.name in key]
    values = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in unique)
    return (
        f"INSERT INTO {quote(table)} ({', '.join(columns)}) "
        f"SELECT {', '.join('told.' + column for column in columns)} FROM {unfolded(connection, fields)} WHERE true "
        f"ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {values}"
    )
