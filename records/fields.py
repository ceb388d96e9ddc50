"""Columns with a meaning of their own: the version of a record, and the key a list is sorted by."""

from typing import Any

from django.db import models
from django.db.models import F


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
