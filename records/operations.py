"""Migration operations of this package: SQL for PostgreSQL alone, which never stands in a model's `Meta`, and triggers
in the middle of a migration."""

from typing import Any

from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from records import triggers


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


class InstallTriggers(Operation):
    """Bring the triggers into line before the migration ends: between a renaming and a change of rows after it."""

    reversible = True
    reduces_to_sql = False

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if not schema_editor.collect_sql:
            triggers.install(schema_editor.connection)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Going back, the triggers of the older release are installed by its own migrate."""

    def describe(self) -> str:
        return "Install the triggers of records"
