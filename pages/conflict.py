"""Two people edited one record: what the second typed beside what the first stored, so that nothing is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Manager, Model
from django.forms import BaseForm, BoundField, ModelChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _

from pages import days
from pages.words import listed


@dataclass(frozen=True)
class Difference:
    """One field in both versions, in words, and the stored one as its input would hold it."""

    label: str
    input_id: str
    yours: str
    stored: str
    raw: str | None


@dataclass(frozen=True)
class Conflict:
    """What the conflict panel shows above a form that somebody else was quicker with."""

    differences: list[Difference]
    by: str = ""
    at: datetime | None = None


def conflict(form: BaseForm, stored: Model, *, by: object = "", at: datetime | None = None) -> Conflict:
    """Compare a bound form with the record as it now is, read anew: a model form writes into its own instance."""
    form.is_valid()
    fields = [field for field in form.visible_fields() if hasattr(stored, field.name)]
    return Conflict([difference(field, stored) for field in fields if differs(field, stored)], str(by or ""), at)


def differs(field: BoundField, stored: Model) -> bool:
    return field.field.has_changed(field.field.prepare_value(held(field, stored)), field.data)


def difference(field: BoundField, stored: Model) -> Difference:
    typed = field.form.cleaned_data.get(field.name, field.data)
    return Difference(
        label=str(field.label),
        input_id=field.id_for_label,
        yours=in_words(field, typed),
        stored=in_words(field, held(field, stored)),
        raw=as_typed(field, held(field, stored)),
    )


def held(field: BoundField, stored: Model) -> Any:
    """The record's value under a form field's name; many-valued relations as a list."""
    value = getattr(stored, field.name)
    return list(value.all()) if isinstance(value, Manager) else value


def as_typed(field: BoundField, value: Any) -> str | None:
    """The value as its single input would hold it; None where there are several inputs."""
    if isinstance(value, list | tuple | bool) or not field.id_for_label:
        return None
    prepared = field.field.prepare_value(value)
    formatted = field.field.widget.format_value(prepared)
    return str(formatted[0] if isinstance(formatted, list) else formatted or "")


def in_words(field: BoundField, value: Any) -> str:
    """A value as a person reads it."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Model):
        return label_of(field, value)
    if isinstance(value, date):
        return moment(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return listed(in_words(field, part) for part in value)
    return str(choices_of(field).get(str(value), value))


def label_of(field: BoundField, value: Model) -> str:
    """A related record as the form's own list names it."""
    if isinstance(field.field, ModelChoiceField):
        return field.field.label_from_instance(value)
    return str(value)


def moment(value: date) -> str:
    if isinstance(value, datetime):
        return days.moment_in_words(timezone.localtime(value), timezone.localdate())
    return days.full_day(value)


def choices_of(field: BoundField) -> dict[str, Any]:
    """Labels of a fixed choice by the value that is stored; groups are opened."""
    if isinstance(field.field, ModelChoiceField):
        return {}
    labels: dict[str, Any] = {}
    for value, label in getattr(field.field, "choices", ()):
        grouped = label if isinstance(label, list | tuple) else [(value, label)]
        labels |= {str(inner): text for inner, text in grouped}
    return labels


def rebase(form: BaseForm, version: int, *, field: str = "version") -> None:
    """Let the form, shown once more with what was typed, be sent against the version it was compared with."""
    name = form.add_prefix(field)
    form.data = form.data.copy()
    form.data[name] = str(version)
