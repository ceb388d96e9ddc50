"""Records by the keys that other systems know them by, a whole set in one query.

A file that this product wrote has keys, too: the ids of its records, in this house or the one it comes from.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import models

from records.external_reference import ExternalReference
from records.identity import new_id

OURS = "two-eyes"  # the source of such a file
LENGTH_OF_ID = 36


def known_elsewhere(model: type[models.Model], source: str, keys: Collection[str]) -> dict[str, UUID]:
    """Which of a system's keys are known, and of which records; removed ones too."""
    if not source or not keys:
        return {}
    rows = ExternalReference.objects.filter(type=model._meta.label_lower, source=source, external_id__in=keys)
    known: dict[str, UUID] = dict(rows.values_list("external_id", "object_id"))
    return known | standing_here(model, keys) if source == OURS else known


def standing_here(model: type[models.Model], keys: Collection[str]) -> dict[str, UUID]:
    """Which of these keys are ids of records that stand here."""
    ids = {key: pk for key in keys if (pk := as_id(key))}
    rows = model._base_manager.filter(pk__in=set(ids.values()), removed_at=None)
    standing = set(rows.values_list("pk", flat=True))
    return {key: pk for key, pk in ids.items() if pk in standing}


def as_id(key: str) -> UUID | None:
    try:
        return UUID(key) if len(key) == LENGTH_OF_ID else None
    except ValueError:
        return None


def note_keys(model: type[models.Model], source: str, keys: Mapping[str, UUID]) -> None:
    """Remember what these records are called there; a key that is known keeps its record while that stands."""
    label = model._meta.label_lower
    known = ExternalReference.objects.filter(type=label, source=source, external_id__in=keys)
    gone = model._base_manager.filter(removed_at__isnull=False)
    if source and keys:
        known.filter(object_id__in=gone.values("pk")).delete()
    ExternalReference.objects.bulk_create(
        [
            ExternalReference(id=new_id(), type=label, object_id=pk, source=source, external_id=key)
            for key, pk in keys.items()
            if source and key and key != str(pk)
        ],
        ignore_conflicts=True,
    )


def forget_keys(model: type[models.Model], ids: Collection[UUID]) -> None:
    """These records are no longer known elsewhere: an import that made them was taken back."""
    ExternalReference.objects.filter(type=model._meta.label_lower, object_id__in=ids).delete()


def keys_of(model: type[models.Model], source: str) -> dict[UUID, str]:
    """What a system calls the records of a model, all that it knows."""
    rows = ExternalReference.objects.filter(type=model._meta.label_lower, source=source)
    return dict(rows.values_list("object_id", "external_id"))


def having_keys(model: type[models.Model], source: str, ids: Collection[UUID]) -> set[UUID]:
    """Which of these records the other system knows by some key."""
    if not source:
        return set()
    rows = ExternalReference.objects.filter(type=model._meta.label_lower, source=source, object_id__in=ids)
    return set(rows.values_list("object_id", flat=True))
