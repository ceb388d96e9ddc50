"""Migration operations for one engine only; what PostgreSQL alone has never stands in a model's `Meta`."""

from typing import Any

from django.db.migrations.operations import RunSQL


class OnPostgres(RunSQL):
    """SQL that runs on PostgreSQL and is passed over elsewhere; without `reverse` it undoes as a no-op."""

    def __init__(self, sql: Any, reverse: Any = RunSQL.noop) -> None:
        super().__init__(sql, reverse)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"sql": self.sql, "reverse": self.reverse_sql}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "SQL on PostgreSQL only"
