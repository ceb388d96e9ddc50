"""What still refers to a record, so that removing it is refused in words instead of leaving something in the air."""

from datetime import date

from django.db.models import Q

from records.history import is_tracked
from records.models import Record


def kinds_in_use(record: Record, today: date, *, besides: tuple[type[Record], ...] = ()) -> list[str]:
    """The kinds of records users keep that name this one, in whatever app; past posts and roles do not count."""
    relations = [relation for relation in record._meta.related_objects if counts(relation.related_model, besides)]
    names = [str(each.related_model._meta.verbose_name_plural) for each in relations if is_named(record, each, today)]
    return list(dict.fromkeys(names))


def counts(model: type, besides: tuple[type[Record], ...]) -> bool:
    """Records only; a model whose rows come and go by themselves says `blocks_removal = False`."""
    keeps = issubclass(model, Record) and is_tracked(model) and getattr(model, "blocks_removal", True)
    return keeps and model not in besides


def is_named(record: Record, relation, today: date) -> bool:
    rows = relation.related_model._base_manager.filter(removed_at=None, **{relation.field.name: record})
    if any(field.name == "until" for field in relation.related_model._meta.fields):
        rows = rows.filter(Q(until=None) | Q(until__gt=today))
    return rows.exists()
