"""Columns with a meaning of their own: the version of a record, and the keys a list is sorted and searched by."""

from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.lookups import Contains


class VersionField(models.PositiveBigIntegerField):
    """1 on insert; from then on the database alone counts, whatever a writer believes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", 1)
        kwargs.setdefault("db_default", 1)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Never write a number from memory: the trigger adds one to the stored one."""
        if not add:
            return F(self.attname)
        setattr(model_instance, self.attname, 1)
        return 1


class SortKeyField(models.CharField):
    """Text compared byte by byte, so that both engines page through a list in the same order."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        """SQLite compares bytes anyway and knows no collation of this name."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class SearchKeyField(models.TextField):
    """Folded lines in which a search looks for what was typed."""


@SearchKeyField.register_lookup
class Within(Contains):
    """`contains` as ever; on PostgreSQL a Chinese word has an index, too, however short it is.

    The index of trigrams knows no text of one or two characters. The characters outside ASCII stand in one of their
    own, and a row has to have all of the word's (`CHARACTERS`, as the migrations write it).
    """

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, params = self.as_sql(compiler, connection)
        characters = sorted({char for char in str(self.rhs) if char > "\x7f"})
        if not characters:
            return sql, params
        column, column_params = self.process_lhs(compiler, connection)
        return f"({sql} AND {CHARACTERS.format(column)} @> %s)", [*params, *column_params, characters]


CHARACTERS = r"string_to_array(regexp_replace({}, '[\x01-\x7f]+', '', 'g'), NULL)"


def search_indexes(table: str, column: str) -> tuple[str, str]:
    """SQL that makes the two indexes of a search key on PostgreSQL, and SQL that drops them."""
    trigrams, characters = f"{table}_{column}_trigrams", f"{table}_{column}_characters"
    make = (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm; "
        f"CREATE INDEX {trigrams} ON {table} USING gin ({column} gin_trgm_ops); "
        f"CREATE INDEX {characters} ON {table} USING gin (({CHARACTERS.format(column)}))"
    )
    return make, f"DROP INDEX {trigrams}; DROP INDEX {characters}"
