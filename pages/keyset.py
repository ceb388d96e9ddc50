"""Keyset paging: the next rows after a known one, as quick on page 10,000 as on the first, and no count.

The order must end in something unique, and its keys must never be null.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.core import signing
from django.core.exceptions import FieldError, SuspiciousOperation, ValidationError
from django.db.models import BooleanField, F, Field, Func, Q, QuerySet, Value

SALT = "pages.keyset"
FORWARD, BACKWARD = "next", "previous"


class BadCursor(SuspiciousOperation):
    """A cursor that this list never gave out; uncaught it becomes a 400."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list and the cursors beside them; None where the list ends."""

    rows: list[Any]
    next: str | None = None
    previous: str | None = None


def keyset(
    queryset: QuerySet,
    order: Sequence[str],
    cursor: str | None = "",
    size: int = 50,
    *,
    strict: bool = False,
) -> Page:
    """The page a cursor leads to. A bad cursor leads to the first page, or is refused when `strict`."""
    keys = [Key.read(name) for name in order]
    place = read_cursor(cursor, queryset, keys, strict=strict) if cursor else None
    if place is None:
        return first_page(queryset, keys, size)
    direction, values = place
    if direction == BACKWARD:
        return page_before(queryset, keys, values, size)
    rows = fetch(queryset.filter(beyond(queryset, keys, values)), keys, size + 1)
    return Page(rows[:size], after(rows, keys, size), write_cursor(BACKWARD, keys, rows[0]) if rows else None)


def first_page(queryset: QuerySet, keys: list["Key"], size: int) -> Page:
    rows = fetch(queryset, keys, size + 1)
    return Page(rows[:size], after(rows, keys, size))


def page_before(queryset: QuerySet, keys: list["Key"], values: list[Any], size: int) -> Page:
    """The rows before a place; when they no longer fill a page, the first page, so that none looks short."""
    back = [key.reversed() for key in keys]
    rows = fetch(queryset.filter(beyond(queryset, back, values)), back, size + 1)
    if len(rows) <= size:
        return first_page(queryset, keys, size)
    rows = rows[size - 1 :: -1]
    return Page(rows, write_cursor(FORWARD, keys, rows[-1]), write_cursor(BACKWARD, keys, rows[0]))


def after(rows: list[Any], keys: list["Key"], size: int) -> str | None:
    """The cursor behind a page of which one row more was fetched."""
    return write_cursor(FORWARD, keys, rows[size - 1]) if len(rows) > size else None


@dataclass(frozen=True)
class Key:
    """One term of the order: a field, a path to one, or an annotation."""

    name: str
    descends: bool

    @classmethod
    def read(cls, term: str) -> "Key":
        return cls(term.removeprefix("-"), term.startswith("-"))

    @property
    def term(self) -> str:
        return f"-{self.name}" if self.descends else self.name

    def reversed(self) -> "Key":
        return Key(self.name, not self.descends)

    def past(self, value: Any, *, including: bool = False) -> Q:
        """Rows on the far side of a value in this key's own direction."""
        return Q(**{f"{self.name}__{'l' if self.descends else 'g'}t{'e' if including else ''}": value})

    def value_of(self, row: Any) -> Any:
        """The key's value in a model instance or a dict of `values()`."""
        if isinstance(row, dict):
            return row[self.name]
        return reduce(getattr, self.name.split("__"), row)

    def field(self, queryset: QuerySet) -> Field:
        """The field that reads this key's value from text."""
        annotation = queryset.query.annotations.get(self.name)
        if annotation is not None:
            return annotation.output_field
        *path, last = self.name.split("__")
        model = queryset.model
        for step in path:
            model = model._meta.get_field(step).related_model
        return model._meta.pk if last == "pk" else model._meta.get_field(last)


def fetch(queryset: QuerySet, keys: list[Key], size: int) -> list[Any]:
    return list(queryset.order_by(*(key.term for key in keys))[:size])


def beyond(queryset: QuerySet, keys: list[Key], values: Sequence[Any]) -> Q:
    """Rows after a place. The first term is implied by the others, and lets SQLite start there in an index."""
    if len(keys) == 1:
        return keys[0].past(values[0])
    fields = [key.field(queryset) for key in keys]
    together = len({key.descends for key in keys}) == 1
    rest = Q(Beyond(keys, fields, values)) if together else step_by_step(keys, values)
    return keys[0].past(values[0], including=True) & rest


def step_by_step(keys: list[Key], values: Sequence[Any]) -> Q:
    """`key > x OR (key = x AND id < y)`: for orders whose keys run in different directions."""
    steps, same = [], Q()
    for key, value in zip(keys, values, strict=True):
        steps.append(same & key.past(value))
        same &= Q(**{key.name: value})
    return reduce(or_, steps)


class Beyond(Func):
    """`(key, id) > (x, y)`: all keys at once, so that an index leads to the place however many rows share the first."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, keys: Sequence[Key], fields: Sequence[Field], values: Sequence[Any]) -> None:
        told = [Value(value, output_field=field) for field, value in zip(fields, values, strict=True)]
        super().__init__(*(F(key.name) for key in keys), *told)
        self.sign = "<" if keys[0].descends else ">"

    def as_sql(self, compiler: Any, connection: Any, **options: Any) -> tuple[str, list[Any]]:
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _values in some) for some in (parts[:half], parts[half:]))
        return f"({left}) {self.sign} ({right})", [value for _sql, values in parts for value in values]


def write_cursor(direction: str, keys: Iterable[Key], row: Any) -> str:
    """A signed place in a list; whoever holds it saw the row it names."""
    terms = [key.term for key in keys]
    values = [written(key.value_of(row)) for key in keys]
    return signing.dumps([direction, terms, values], salt=SALT, compress=True)


def written(value: Any) -> Any:
    """A key's value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def read_cursor(cursor: str, queryset: QuerySet, keys: list[Key], *, strict: bool) -> tuple[str, list[Any]] | None:
    """The direction and values in a cursor, None when it is bad and the caller is lenient."""
    try:
        direction, terms, values = signing.loads(cursor, salt=SALT)
        if terms != [key.term for key in keys]:
            raise BadCursor("The cursor belongs to another order")
        return direction, [key.field(queryset).to_python(value) for key, value in zip(keys, values, strict=True)]
    except (signing.BadSignature, ValueError, ValidationError, FieldError, BadCursor) as error:
        if strict:
            raise BadCursor("The cursor cannot be read") from error
        return None
