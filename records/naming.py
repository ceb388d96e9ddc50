"""Naming a record that may be merged at this moment: whoever is about to waits, and names the survivor."""

from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet


def survivor_named(record: Any) -> Any:
    """The record, or what it has become, with the lock that its foreign key takes: many may name it at once, and no
    merge comes between before the transaction ends.

    A foreign key alone is checked when the transaction commits, too late to name another one. Before the survivor is
    waited for the twin is let go: a merge takes both in the order of their keys.
    """
    while True:
        place = transaction.savepoint()
        merged_into = locked_as_named(type(record)._base_manager.filter(pk=record.pk).values_list("merged_into"))
        if not merged_into:
            transaction.savepoint_commit(place)
            return record
        transaction.savepoint_rollback(place)
        record = type(record)._base_manager.get(pk=merged_into)


def locked_as_named(row: QuerySet) -> Any:
    """The one value asked of one row; None where there is none."""
    connection = connections[row.db]
    if connection.vendor != "postgresql":
        return next(iter(row), (None,))[0]
    sql, parameters = row.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR KEY SHARE", parameters)
        return (cursor.fetchone() or (None,))[0]
