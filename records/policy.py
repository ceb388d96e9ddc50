"""Policy: the numbers of the method, one row per matter, edited by administrators."""

from typing import Any, Self

from django.db import models

from records.record import Record


class Policy(Record):
    """A record of which there is exactly one."""

    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="%(app_label)s_%(class)s_only")]

    @classmethod
    def load(cls) -> Self:
        """The row as it stands now; made with its defaults where an installation has none yet."""
        rows: Any = cls._default_manager
        return rows.get_or_create(only=True)[0]
