"""The check constraints of a row, asked about in one query instead of one each."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models, router
from django.db.models import CheckConstraint, Q

Constraints = list[tuple[type[models.Model], list[models.BaseConstraint]]]


class CheckedAtOnce(models.Model):
    """Django's validation of constraints, which asks for each by itself only when one of them does not hold.

    Inside a transaction each question is a savepoint, a query and its release, and a record has up to ten.
    """

    _all_hold = False

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        self._all_hold = all_hold(self, frozenset(exclude or ()))
        try:
            super().validate_constraints(exclude)
        finally:
            self._all_hold = False

    def get_constraints(self) -> Constraints:
        """Without those that were just found to hold."""
        constraints = super().get_constraints()
        if not self._all_hold:
            return constraints
        return [(model, [each for each in found if not is_plain(each)]) for model, found in constraints]


def all_hold(row: models.Model, exclude: frozenset[str]) -> bool:
    """Whether every plain check of the row's own table that can be judged without these fields holds."""
    conditions = list(judged(row, exclude))
    if not conditions:
        return True
    known: Any = row._get_field_expression_map(meta=row._meta, exclude=exclude)
    return Q(*conditions).check(known, using=router.db_for_write(type(row), instance=row))


def judged(row: models.Model, exclude: frozenset[str]) -> Iterator[Q]:
    """The conditions that name none of these fields; the others are not judged at all."""
    for constraint in row._meta.constraints:
        if is_plain(constraint) and exclude.isdisjoint(constraint.condition.referenced_base_fields):
            yield constraint.condition


def is_plain(constraint: models.BaseConstraint) -> bool:
    """A check whose condition tells which fields it names."""
    return type(constraint) is CheckConstraint and isinstance(constraint.condition, Q)
