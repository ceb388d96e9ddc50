"""What has come to lean on a record since an act made it: taking the act back must not leave that in the air."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import ForeignObjectRel, QuerySet

from records.history import history_model, is_tracked
from records.record import Record
from records.undone import lasting

Model = type[models.Model]


def leaned_on(model: Model, ids: Collection[UUID], because: str) -> set[UUID]:
    """Those of the records that something names which was last written for another reason."""
    found: set[UUID] = set()
    for relation in leaning_relations(model) if ids else ():
        found |= named_by_others(relation, ids, because)
    return found


def leaning_relations(model: Model) -> Iterator[ForeignObjectRel]:
    """Where users' own records name it; a model whose rows come and go by themselves says `blocks_removal = False`."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if not relation.many_to_many and is_tracked(other) and getattr(other, "blocks_removal", True):
            yield relation


def named_by_others(relation: ForeignObjectRel, ids: Collection[UUID], because: str) -> set[UUID]:
    owners: dict[UUID, UUID] = dict(rows_naming(relation, ids).values_list("pk", relation.field.attname))
    written = last_reasons(relation.related_model, owners) if owners else {}
    return {owner for pk, owner in owners.items() if written.get(pk, because) != because}


def rows_naming(relation: ForeignObjectRel, ids: Collection[UUID]) -> QuerySet:
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
    return rows.filter(removed_at=None) if issubclass(relation.related_model, Record) else rows


def last_reasons(model: Model, ids: Collection[Any]) -> dict[Any, str]:
    """Why each row was written last, but for what was taken back."""
    histories: dict[Any, list[tuple[str]]] = defaultdict(list)
    lines = history_model(model).objects.filter(id__in=ids).order_by("history_date", "history_id")
    for pk, reason in lines.values_list("id", "history_change_reason"):
        histories[pk].append((reason,))
    return {pk: kept[-1][0] for pk, told in histories.items() if (kept := lasting(told))}
