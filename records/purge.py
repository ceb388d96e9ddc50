"""The purge: what was removed long ago goes for good, by sets, and never against a rule of the schema.

Records that lean on others go before those, so one run clears a whole removed branch. What something present still
protects stays, and is tried again the next day. History stays in any case.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import CASCADE, DO_NOTHING, SET_DEFAULT, SET_NULL, Exists, ForeignObjectRel, OuterRef, QuerySet

from records.history import is_tracked, record_set
from records.record import Record

REMOVED_KEPT = timedelta(days=30)
CHUNK = 1_000
BECAUSE = "purged"


def purge(before: datetime, *, after_each_chunk: Callable[[], object] = lambda: None) -> dict[str, int]:
    """Delete what was removed before a moment; says how many records of each type went."""
    gone: Counter[str] = Counter()
    for model in _leaning_ones_first():
        while deleted := _purge_chunk(model, before):
            gone[model._meta.label_lower] += deleted
            after_each_chunk()
    return dict(gone)


def _leaning_ones_first() -> list[type[Record]]:
    """The models to purge, each after those that point to it; a ring is cut anywhere, the rules hold all the same."""
    records = [model for model in apps.get_models() if issubclass(model, Record) and not model._meta.proxy]
    waiting, order = [model for model in records if model.is_purged], []
    while waiting:
        free = [model for model in waiting if not _leaning_on(model) & set(waiting)] or waiting[:1]
        order += free
        waiting = [model for model in waiting if model not in free]
    return order


def _leaning_on(model: type[Record]) -> set[type[models.Model]]:
    return {relation.related_model for relation in _relations(model)} - {model}


def _relations(model: type[models.Model]) -> Iterator[ForeignObjectRel]:
    """Everything that points to a model by a foreign key the schema watches over."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        if relation.on_delete is not DO_NOTHING:
            yield relation


def _purge_chunk(model: type[Record], before: datetime) -> int:
    """Delete some rows that are due and unprotected; they are held, so that nobody restores them meanwhile."""
    due = model._base_manager.filter(removed_at__lt=before)
    for relation in filter(_protects, _relations(model)):
        due = due.exclude(Exists(_pointing(relation, OuterRef("pk"))))
    with transaction.atomic():
        ids = list(due.order_by("pk").select_for_update().values_list("pk", flat=True)[:CHUNK])
        return _erase(model, ids) if ids else 0


def _protects(relation: ForeignObjectRel) -> bool:
    """Whether a row at the other end keeps this one: by its rule, or because it is a record of its own."""
    if relation.on_delete in (SET_NULL, SET_DEFAULT):
        return False
    return relation.on_delete is not CASCADE or issubclass(relation.related_model, Record)


def _pointing(relation: ForeignObjectRel, to: Any) -> QuerySet:
    lookup = relation.field.name + ("__in" if isinstance(to, list) else "")
    return relation.related_model._base_manager.filter(**{lookup: to})


def _erase(model: type[models.Model], ids: list[Any]) -> int:
    """Delete rows with what belongs to them, each set with its history."""
    for relation in _relations(model):
        pointing = list(_pointing(relation, ids).values_list("pk", flat=True))
        if pointing and relation.on_delete is CASCADE:
            _erase(relation.related_model, pointing)
        elif pointing:
            _let_go(relation, pointing)
    return _delete(model._base_manager.filter(pk__in=ids))


def _let_go(relation: ForeignObjectRel, ids: list[Any]) -> None:
    """Empty the key of the rows that may live without."""
    rows = relation.related_model._base_manager.filter(pk__in=ids)
    rows.update(**{relation.field.name: relation.field.get_default()})
    if is_tracked(rows.model):
        record_set(rows, by=None, because=BECAUSE)


def _delete(rows: QuerySet) -> int:
    if is_tracked(rows.model):
        record_set(rows, by=None, because=BECAUSE, type="-")
    return rows._raw_delete(rows.db)
