"""The triggers as SQLite says them: one row at a time, one AFTER UPDATE trigger that counts and logs.

With `recursive_triggers=OFF` the update inside that trigger does not call it again; a WHEN clause instead would
let a writer who sets the version himself slip through. `records.sqlite` keeps the texts through rebuilds, and
counts on every column being written as `NEW."column"` or `OLD."column"`.
"""

from typing import Any

from records.sqlite.standing import columns_of_tables, standing_triggers
from records.triggers.plan import LOG, PREFIX, REFERENCES, Logged, Plan, Touch

# As Django writes a moment, digit for digit: SQLite compares text, and lists are paged by it.
NOW = "REPLACE(STRFTIME('%Y-%m-%d %H:%M:%f000', 'now'), '.000000', '')"
INTO_LOG = f'INSERT INTO "{LOG}" ("type", "object_id", "op", "version", "account_before", "account_after", "at")'


def pieces(plan: Plan) -> dict[str, str]:
    """Each trigger's name and text."""
    named: dict[str, str] = {}
    for logged in plan.logged:
        named |= _logging(logged)
    for table in plan.touching_tables:
        named |= _touching(table, plan.touches_of(table))
    return named


def live(cursor: Any) -> dict[str, str]:
    """The triggers that stand."""
    return standing_triggers(cursor.db)


def schema(cursor: Any) -> dict[str, set[str]]:
    """The columns of every table."""
    return columns_of_tables(cursor.db)


def replace(cursor: Any, name: str, text: str) -> None:
    drop(cursor, name)
    cursor.execute(text)


def drop(cursor: Any, name: str) -> None:
    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def is_counted(table: str, standing: dict[str, str]) -> bool:
    """Whether a table of records had its trigger."""
    return any(f' ON "{table}" ' in text for text in standing.values())


def _trigger(event: str, table: str, *statements: str) -> dict[str, str]:
    name = f"{PREFIX}{event.lower()}_{table}"
    body = " ".join(f"{statement};" for statement in statements)
    return {name: f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN {body} END'}


def _logging(logged: Logged) -> dict[str, str]:
    table, kind = logged.table, f"'{logged.type}'"
    before, after = _account("OLD", logged.account), _account("NEW", logged.account)
    return (
        _trigger(
            "INSERT",
            table,
            f"""{INTO_LOG} SELECT {kind}, NEW."id", 'upsert', NEW."version", NULL, {after}, {NOW}"""
            ' WHERE NEW."removed_at" IS NULL',
        )
        | _trigger(
            "UPDATE",
            table,
            f'UPDATE "{table}" SET "version" = OLD."version" + 1, "updated_at" = {NOW} WHERE "id" = NEW."id"',
            f'{INTO_LOG} SELECT {kind}, NEW."id",'
            """ CASE WHEN NEW."removed_at" IS NULL THEN 'upsert' ELSE 'delete' END,"""
            f' OLD."version" + 1, {before}, {after}, {NOW}'
            ' WHERE OLD."removed_at" IS NULL OR NEW."removed_at" IS NULL',
        )
        | _trigger(
            "DELETE",
            table,
            f"""{INTO_LOG} SELECT {kind}, OLD."id", 'delete', OLD."version" + 1, {before}, NULL, {NOW}"""
            ' WHERE OLD."removed_at" IS NULL',
            f'DELETE FROM "{REFERENCES}" WHERE "type" = {kind} AND "object_id" = OLD."id"',
        )
    )


def _account(row: str, column: str | None) -> str:
    """The account a row was visible under; a removed one was under none."""
    return f'CASE WHEN {row}."removed_at" IS NULL THEN {row}."{column}" END' if column else "NULL"


def _touching(table: str, touches: list[Touch]) -> dict[str, str]:
    return (
        _trigger("INSERT", table, *(_raise(touch, "NEW") for touch in touches))
        | _trigger("UPDATE", table, *(_raise(touch, "OLD", "NEW") for touch in touches))
        | _trigger("DELETE", table, *(_raise(touch, "OLD") for touch in touches))
    )


def _raise(touch: Touch, *rows: str) -> str:
    """Any update will do: the record's own trigger counts."""
    keys = ", ".join(_key(touch, row) for row in rows)
    return f'UPDATE "{touch.whole}" SET "version" = "version" WHERE "id" IN ({keys})'


def _key(touch: Touch, row: str) -> str:
    key = f'{row}."{touch.key}"'
    return key if touch.type is None else f"""CASE WHEN {row}."type" = '{touch.type}' THEN {key} END"""
