"""Schema changes that keep the triggers.

SQLite changes most things about a table by building it anew, and with the old table its triggers vanish without a
word; and it refuses to drop or rename a table or column that another table's trigger names. So the product's
triggers step aside for the change and come back in the same transaction, in the words of the new schema.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.sqlite3 import schema
from django.db.models import Field, Model

from records.sqlite.standing import (
    adapted,
    columns_of_tables,
    own_table,
    standing_triggers,
    with_columns_renamed,
    with_table_renamed,
)

Rewrite = Callable[[str], str]


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    _are_aside = False

    def _remake_table(
        self,
        model: type[Model],
        create_field: Field | None = None,
        delete_field: Field | None = None,
        alter_fields: list[tuple[Field, Field]] | None = None,
    ) -> None:
        renamed = {str(old.column): str(new.column) for old, new in alter_fields or ()}
        table = model._meta.db_table

        def rewrite(text: str) -> str:
            return with_columns_renamed(text, renamed) if own_table(text) == table else text

        with self._triggers_aside(rewrite):
            super()._remake_table(model, create_field, delete_field, alter_fields)  # type: ignore[misc]

    def delete_model(self, model: type[Model], handle_autom2m: bool = True) -> None:
        with self._triggers_aside():
            super().delete_model(model, handle_autom2m)

    def alter_db_table(self, model: type[Model], old_db_table: str, new_db_table: str) -> None:
        with self._triggers_aside(lambda text: with_table_renamed(text, old_db_table, new_db_table)):
            super().alter_db_table(model, old_db_table, new_db_table)

    def remove_field(self, model: type[Model], field: Field) -> None:
        with self._triggers_aside():
            super().remove_field(model, field)

    @contextmanager
    def _triggers_aside(self, rewrite: Rewrite = str) -> Iterator[None]:
        """Drop the triggers, change the schema, bring back those that still have a sense; once, however deep."""
        if self._are_aside or self.collect_sql:
            yield
            return
        self._are_aside = True
        try:
            with transaction.atomic(self.connection.alias):
                texts = standing_triggers(self.connection)
                self._drop(texts)
                yield
                self._bring_back(rewrite(text) for text in texts.values())
        finally:
            self._are_aside = False

    def _drop(self, names: Any) -> None:
        for name in names:
            self.execute(f"DROP TRIGGER {self.quote_name(name)}", params=None)

    def _bring_back(self, texts: Iterator[str]) -> None:
        columns = columns_of_tables(self.connection)
        for text in texts:
            if fitting := adapted(text, columns):
                self.execute(fitting, params=None)
