"""Triggers that count versions and fill the change log, generated from the models.

Only the database sees every way a row can change: `update()`, bulk calls, raw SQL, cascades. So it alone raises
`version`, sets `updated_at` and writes the change log. `install` makes the live schema match the models, whatever
state it is in; `verify` says where it does not.
"""

from types import ModuleType
from typing import Any

from django.db import transaction

from records.triggers import postgres, sqlite
from records.triggers.plan import LOG, Logged, Plan, plan


def install(connection: Any) -> list[str]:
    """Bring the triggers into line with the models; says what it had to change, nothing when all stood."""
    engine = _engine(connection)
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        standing, ready = engine.live(cursor), plan().within(engine.schema(cursor))
        wanted = engine.pieces(ready)
        surplus = [name for name in standing if name not in wanted]
        changed = [name for name, shape in wanted.items() if standing.get(name) != shape]
        for name in surplus:
            engine.drop(cursor, name)
        for name in changed:
            engine.replace(cursor, name, wanted[name])
        if changed:
            _tell_of_uncounted(cursor, ready, engine, standing)
    return [*surplus, *changed]


def verify(connection: Any) -> list[str]:
    """Where the live schema and the models differ, one line each."""
    engine, whole = _engine(connection), plan()
    with connection.cursor() as cursor:
        standing, columns = engine.live(cursor), engine.schema(cursor)
    wanted = engine.pieces(whole.within(columns))
    return [
        *(f"{table}: table or columns missing" for table in _absent(whole, columns)),
        *(f"{name}: missing" for name in wanted if name not in standing),
        *(f"{name}: differs" for name, shape in wanted.items() if standing.get(name, shape) != shape),
        *(f"{name}: surplus" for name in standing if name not in wanted),
    ]


def _engine(connection: Any) -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def _absent(whole: Plan, columns: dict[str, set[str]]) -> list[str]:
    keyless = {touch.table for touch in whole.touches if touch.key not in columns.get(touch.table, ())}
    return sorted({logged.table for logged in whole.logged if not logged.stands_in(columns)} | keyless)


def _tell_of_uncounted(cursor: Any, ready: Plan, engine: ModuleType, standing: dict[str, str]) -> None:
    """A table found without its triggers may have changed unseen: its rows go into the log as they stand."""
    for logged in ready.logged:
        if not engine.is_counted(logged.table, standing):
            cursor.execute(_snapshot(logged))


def _snapshot(logged: Logged) -> str:
    account = f'"{logged.account}"' if logged.account else "NULL"
    return (
        f'INSERT INTO "{LOG}" ("type", "object_id", "op", "version", "account_before", "account_after", "at") '
        f"""SELECT '{logged.type}', "id", 'upsert', "version", {account}, {account}, CURRENT_TIMESTAMP """
        f'FROM "{logged.table}" WHERE "removed_at" IS NULL'
    )
