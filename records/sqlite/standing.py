"""The product's triggers as texts: which stand, and what becomes of one when its table changes under it.

This is a database backend: it loads before the models and knows the triggers by their texts alone. They name every
column of their own row as `NEW."column"` or `OLD."column"`, and tables in double quotes.
"""

import re
from collections.abc import Mapping, Set
from typing import Any

OURS = r"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'records\_%' ESCAPE '\' ORDER BY name"
SCHEMA = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
OWN_TABLE = re.compile(r' ON "([^"]+)"')
NAMED_TABLE = re.compile(r' (?:INTO|FROM|UPDATE) "([^"]+)"')
COUNTED = re.compile(r'UPDATE "([^"]+)" SET "version"')
OWN_COLUMN = re.compile(r'\b(NEW|OLD)\."([^"]+)"')
INDISPENSABLE = frozenset({"id", "version", "removed_at"})


def standing_triggers(connection: Any) -> dict[str, str]:
    """Name and text of each."""
    with connection.cursor() as cursor:
        return dict(cursor.execute(OURS).fetchall())


def columns_of_tables(connection: Any) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table, column in cursor.execute(SCHEMA).fetchall():
            columns.setdefault(table, set()).add(column)
    return columns


def own_table(text: str) -> str:
    """The table a trigger listens to."""
    return OWN_TABLE.search(text).group(1)  # type: ignore[union-attr]


def with_table_renamed(text: str, old: str, new: str) -> str:
    return text.replace(f'"{old}"', f'"{new}"')


def with_columns_renamed(text: str, renamed: Mapping[str, str]) -> str:
    return OWN_COLUMN.sub(lambda own: f'{own[1]}."{renamed.get(own[2], own[2])}"', text)


def adapted(text: str, schema: Mapping[str, Set[str]]) -> str | None:
    """The text as it can stand in a schema, a column that is gone being null; None where nothing is left to do."""
    head, body = text.removesuffix("; END").split(" BEGIN ", 1)
    here = schema.get(own_table(head))
    if here is None:
        return None
    gone = {column for _row, column in OWN_COLUMN.findall(body)} - here
    left = [statement for statement in body.split("; ") if _can_run(statement, schema)]
    if not left or gone & INDISPENSABLE:
        return None
    return OWN_COLUMN.sub(lambda own: "NULL" if own[2] in gone else own[0], f"{head} BEGIN {'; '.join(left)}; END")


def _can_run(statement: str, schema: Mapping[str, Set[str]]) -> bool:
    """Whether the tables it names are there, and the version it raises."""
    if any(table not in schema for table in NAMED_TABLE.findall(f" {statement}")):
        return False
    return all("version" in schema[table] for table in COUNTED.findall(statement))
