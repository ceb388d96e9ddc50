"""The connection: one writer at a time, readers never wait, triggers do not call themselves."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.sqlite3 import base, operations

from records.sqlite.schema import DatabaseSchemaEditor
from records.sqlite.standing import standing_triggers

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=OFF",
)


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Sequence[str], **kwargs: Any) -> list[str]:
        """Empty tables without a word in the change log, as TRUNCATE does."""
        flush = super().sql_flush(style, tables, **kwargs)
        aside = standing_triggers(self.connection) if flush else {}
        return [*(f'DROP TRIGGER "{name}"' for name in aside), *flush, *aside.values()]


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as one office needs it; each option can still be set from the outside."""

    SchemaEditorClass = DatabaseSchemaEditor
    ops_class = DatabaseOperations

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(settings_dict, *args, **kwargs)
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": ";".join(PRAGMAS)}
        self.settings_dict["OPTIONS"] = options | self.settings_dict["OPTIONS"]
