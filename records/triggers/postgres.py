"""The triggers as PostgreSQL says them: a BEFORE row trigger counts, AFTER statement triggers log whole sets.

Logging a statement's rows at once costs half of what logging them one by one does.
"""

from typing import Any

from django.db.backends.utils import truncate_name

from records.triggers.plan import LOG, PREFIX, REFERENCES, Logged, Plan, Touch

LONGEST_NAME = 63
COUNT = f"{PREFIX}count()"
COUNT_BODY = """
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := statement_timestamp();
    RETURN NEW;
END
"""
INTO_LOG = f"INSERT INTO {LOG} (type, object_id, op, version, account_before, account_after, at)"
EVENTS = {"INSERT": (4, None, "new_rows"), "UPDATE": (16, "old_rows", "new_rows"), "DELETE": (8, "old_rows", None)}
BEFORE_UPDATE_ROW = 19

FUNCTIONS = rf"""
SELECT p.proname || '()', p.prosrc FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace AND p.proname LIKE '{PREFIX}%'
      AND p.prorettype = 'trigger'::regtype
"""
TRIGGERS = rf"""
SELECT t.tgname || ' ON ' || c.relname,
       concat_ws(' ', p.proname || '()', t.tgtype, t.tgenabled, t.tgoldtable, t.tgnewtable)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE '{PREFIX}%'
"""
SCHEMA = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
      AND a.attnum > 0 AND NOT a.attisdropped
"""


def pieces(plan: Plan) -> dict[str, str]:
    """Functions first, then the triggers that call them: each piece's name, and what the catalogue says of it."""
    functions: dict[str, str] = {COUNT: COUNT_BODY}
    triggers: dict[str, str] = {}
    for logged in plan.logged:
        name = _function("log", logged.table)
        functions[name] = _logging(logged)
        triggers |= {f"{PREFIX}count ON {logged.table}": f"{COUNT} {BEFORE_UPDATE_ROW} O"}
        triggers |= _on_statements("log", logged.table, name)
    for table in plan.touching_tables:
        name = _function("touch", table)
        functions[name] = _touching(plan.touches_of(table))
        triggers |= _on_statements("touch", table, name)
    return functions | triggers if plan.logged else {}


def live(cursor: Any) -> dict[str, str]:
    """The triggers that stand, then the functions: the order in which they can be dropped."""
    cursor.execute(TRIGGERS)
    triggers = dict(cursor.fetchall())
    cursor.execute(FUNCTIONS)
    return triggers | dict(cursor.fetchall())


def schema(cursor: Any) -> dict[str, set[str]]:
    """The columns of every table."""
    columns: dict[str, set[str]] = {}
    cursor.execute(SCHEMA)
    for table, column in cursor.fetchall():
        columns.setdefault(table, set()).add(column)
    return columns


def replace(cursor: Any, name: str, shape: str) -> None:
    if name.endswith("()"):
        cursor.execute(f"CREATE OR REPLACE FUNCTION {name} RETURNS trigger LANGUAGE plpgsql AS $body${shape}$body$")
        return
    trigger, table = name.split(" ON ")
    function, kind, _enabled, *_tables = shape.split(" ")
    drop(cursor, name)  # OR REPLACE would leave a trigger switched off as it is
    cursor.execute(f"CREATE TRIGGER {trigger} {_timing(int(kind), table)} EXECUTE FUNCTION {function}")


def drop(cursor: Any, name: str) -> None:
    if name.endswith("()"):
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}")
        return
    trigger, table = name.split(" ON ")
    cursor.execute(f'DROP TRIGGER IF EXISTS {trigger} ON "{table}"')


def is_counted(table: str, standing: dict[str, str]) -> bool:
    """Whether a table of records had its triggers."""
    return any(name.endswith(f" ON {table}") for name in standing)


def _function(verb: str, table: str) -> str:
    return truncate_name(f"{PREFIX}{verb}_{table}", LONGEST_NAME) + "()"


def _on_statements(verb: str, table: str, function: str) -> dict[str, str]:
    """One trigger per event, since a transition table belongs to one event."""
    return {
        f"{PREFIX}{verb}_{event.lower()} ON {table}": " ".join(filter(None, [function, str(kind), "O", old, new]))
        for event, (kind, old, new) in EVENTS.items()
    }


def _timing(kind: int, table: str) -> str:
    if kind == BEFORE_UPDATE_ROW:
        return f'BEFORE UPDATE ON "{table}" FOR EACH ROW'
    event, (_kind, old, new) = next(item for item in EVENTS.items() if item[1][0] == kind)
    tables = " ".join(f"{age} TABLE AS {name}" for age, name in (("OLD", old), ("NEW", new)) if name)
    return f'AFTER {event} ON "{table}" REFERENCING {tables} FOR EACH STATEMENT'


def _logging(logged: Logged) -> str:
    # The planner takes a transition table for one row and would join two of them in a loop, which for 20,000 rows is
    # a minute. A FULL JOIN cannot be a loop; every row has its partner, so it finds what an inner one would.
    kind = f"'{logged.type}'"
    before, after = _account("o", logged.account), _account("n", logged.account)
    return f"""
BEGIN
    IF TG_OP = 'INSERT' THEN
        {INTO_LOG}
        SELECT {kind}, n.id, 'upsert', n.version, NULL, {after}, statement_timestamp()
        FROM new_rows n WHERE n.removed_at IS NULL;
    ELSIF TG_OP = 'UPDATE' THEN
        {INTO_LOG}
        SELECT {kind}, n.id, CASE WHEN n.removed_at IS NULL THEN 'upsert' ELSE 'delete' END, n.version,
               {before}, {after}, statement_timestamp()
        FROM new_rows n FULL JOIN old_rows o ON o.id = n.id WHERE o.removed_at IS NULL OR n.removed_at IS NULL;
    ELSE
        {INTO_LOG}
        SELECT {kind}, o.id, 'delete', o.version + 1, {before}, NULL, statement_timestamp()
        FROM old_rows o WHERE o.removed_at IS NULL;
        DELETE FROM {REFERENCES} r USING old_rows o WHERE r.type = {kind} AND r.object_id = o.id;
    END IF;
    RETURN NULL;
END
"""


def _account(row: str, column: str | None) -> str:
    """The account a row was visible under; a removed one was under none."""
    return f'CASE WHEN {row}.removed_at IS NULL THEN {row}."{column}" END' if column else "NULL"


def _touching(touches: list[Touch]) -> str:
    raised = {event: _raise_all(touches, [age for age in (old, new) if age]) for event, (_, old, new) in EVENTS.items()}
    return f"""
DECLARE
    kind text;
BEGIN
    IF TG_OP = 'INSERT' THEN{raised["INSERT"]}
    ELSIF TG_OP = 'UPDATE' THEN{raised["UPDATE"]}
    ELSE{raised["DELETE"]}
    END IF;
    RETURN NULL;
END
"""


def _raise_all(touches: list[Touch], tables: list[str]) -> str:
    """Raise the whole of each row; where rows name theirs by type, only the types that occur are looked at."""
    plain = "".join(_raise(touch, tables) for touch in touches if not touch.type)
    typed = "".join(
        f"\n        IF kind = '{touch.type}' THEN{_raise(touch, tables)}\n        END IF;"
        for touch in touches
        if touch.type
    )
    if not typed:
        return plain
    kinds = " UNION ".join(f"SELECT DISTINCT type FROM {table}" for table in tables)
    return f"{plain}\n        FOR kind IN {kinds} LOOP{typed}\n        END LOOP;"


def _raise(touch: Touch, tables: list[str]) -> str:
    """Any update will do, since the record's own trigger counts; locked in order, so that two writers never wait
    for each other."""
    only = f" WHERE type = '{touch.type}'" if touch.type else ""
    keys = " UNION ".join(f'SELECT "{touch.key}" FROM {table}{only}' for table in tables)
    return f"""
        PERFORM 1 FROM "{touch.whole}" WHERE id IN ({keys}) ORDER BY id FOR NO KEY UPDATE;
        UPDATE "{touch.whole}" SET version = version WHERE id IN ({keys});"""
