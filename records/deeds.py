"""What can be done to records of a list, to one in its row or to many at once: judged first, written by sets.

A deed says which fields it writes, for whom, and why not; judging writes nothing. What is carried out is signed with
one reason, so that the history can take it back (`records/taking_back.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from records.acts import Actor
from records.by_sets import update_rows
from records.history import record_set
from records.intake import Key
from records.record_types import Text

Asked = Mapping[str, Any]  # what the deed's form was told
Ids = Collection[UUID]
NOT_YOURS = _("not yours to change")
CHANGED = _("changed meanwhile")
GONE = _("no longer here")


def nothing_beside(records: Sequence[Any], asked: Asked, *, by: Actor, because: str) -> dict[UUID, list[Key]]:
    """For a deed that writes its own records alone."""
    return {}


def no_objection(records: Sequence[Any], asked: Asked) -> dict[UUID, Text]:
    return {}


def nothing_follows(ids: Ids) -> None:
    """For a deed from which nothing is derived."""


@dataclass(frozen=True)
class Deed:
    """One thing to do. `values` gives the fields of a record as they shall be; `derived` are those no history holds."""

    name: str
    label: Text
    form: Callable[..., forms.Form]  # takes data, and `reader`
    values: Callable[[Any, Asked], dict[str, Any]]
    may: Callable[[QuerySet, Any], QuerySet]  # those whom this user may do it to
    column: str = ""  # the column that shows it, and is edited in place
    derived: tuple[str, ...] = ()
    objections: Callable[[Sequence[Any], Asked], dict[UUID, Text]] = no_objection
    beside: Callable[..., dict[UUID, list[Key]]] = nothing_beside
    settle: Callable[[Ids], None] = nothing_follows
    initial: Callable[[Any], dict[str, Any]] = lambda record: {}
    needs: tuple[str, ...] = ()  # relations that judging reads


@dataclass
class Judgement:
    """What a deed would do: whom it changes to what, for whom nothing changes, and who is refused why."""

    changing: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    same: list[Any] = field(default_factory=list)
    refused: list[tuple[Any, Text]] = field(default_factory=list)


def judge(deed: Deed, rows: QuerySet, asked: Asked, user: Any, versions: Mapping[UUID, int] | None = None) -> Judgement:
    """Of these rows in the user's sight; with `versions`, only where a row is still as it was shown."""
    judgement = Judgement()
    records = list(rows.select_related(*deed.needs) if deed.needs else rows)
    theirs = set(deed.may(rows.order_by(), user).values_list("pk", flat=True))
    objections = deed.objections(records, asked)
    for record in records:
        values = deed.values(record, asked)
        if record.pk not in theirs:
            judgement.refused.append((record, NOT_YOURS))
        elif versions is not None and versions.get(record.pk) != record.version:
            judgement.refused.append((record, CHANGED))
        elif record.pk in objections:
            judgement.refused.append((record, objections[record.pk]))
        elif all(stored(record, name) == plain(value) for name, value in values.items()):
            judgement.same.append(record)
        else:
            judgement.changing.append((record, values))
    return judgement


def stored(record: Any, name: str) -> Any:
    """A field's value; of a relation, the key."""
    return getattr(record, record._meta.get_field(name).attname)


def plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def carry_out(deed: Deed, judgement: Judgement, asked: Asked, *, by: Actor, because: str) -> dict[UUID, list[Key]]:
    """Write what was judged, in a transaction that holds the rows; by record, what was written."""
    records = [record for record, _values in judgement.changing]
    if not records:
        return {}
    model = type(records[0])
    names = list(judgement.changing[0][1])
    for record, values in judgement.changing:
        for name, value in values.items():
            setattr(record, name, value)
    beside = deed.beside(records, asked, by=by, because=because)
    update_rows(model, records, names)
    ids = [record.pk for record in records]
    record_set(model._base_manager.filter(pk__in=ids), by=by, because=because)
    deed.settle(ids)
    return {pk: [(model._meta.label_lower, pk), *beside.get(pk, ())] for pk in ids}


def held(model: type[models.Model], ids: Ids) -> list[UUID]:
    """Lock these rows until the transaction ends, in one order for everybody."""
    rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=ids)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def written_beside(rows: Iterable[tuple[UUID, UUID]], label: str) -> dict[UUID, list[Key]]:
    """Pairs of a record and a row written with it, as `carry_out` hands them on."""
    beside: dict[UUID, list[Key]] = defaultdict(list)
    for owner, pk in rows:
        beside[owner].append((label, pk))
    return beside


def pieces(ids: Ids, size: int = 1000) -> Iterator[list[UUID]]:
    """At most so many at a time."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


# Forms of one field ---------------------------------------------------------------------------------------------------


class DeedForm(forms.Form):
    """What a deed asks for; `reader` narrows what there is to choose."""

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        self.reader = reader
        super().__init__(*args, **kwargs)
