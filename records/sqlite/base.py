"""The connection: one writer at a time, readers never wait, triggers do not call themselves."""

from typing import Any

from django.db.backends.sqlite3 import base

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=OFF",
)


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as one office needs it; each option can still be set from the outside."""

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(settings_dict, *args, **kwargs)
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": ";".join(PRAGMAS)}
        self.settings_dict["OPTIONS"] = options | self.settings_dict["OPTIONS"]
