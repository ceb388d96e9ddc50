"""Editing a record in a form while others may edit it too: the version travels with the form (design 9)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from pages.conflict import Conflict, conflict, rebase
from records.history import history_model
from records.models import Record, RecordQuerySet, Stale


class VersionedForm(forms.Form):
    """A form that knows which version of the record it shows; mix it into a form or model form."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = getattr(self, "instance", None)
        if instance is not None and not instance._state.adding:
            self.initial.setdefault("version", instance.version)

    def values(self) -> dict[str, Any]:
        """What the verb gets: everything but the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def store(form: Any, rows: RecordQuerySet, pk: Any, act: Callable[[Any], Any]) -> Conflict | None:
    """Under the row's lock call `act(row)`, a verb with the form's values.

    The verb's refusals become errors of the form, and `form.is_valid()` is asked again by the caller. When
    somebody was quicker nothing is stored: the conflict comes back, and the form may be sent once more.
    """
    try:
        with transaction.atomic():
            act(rows.locked(pk, form.cleaned_data.get("version")))
    except Stale as stale:
        found = conflict(form, stale.current, **last_change(stale.current))
        rebase(form, stale.current.version)
        return found
    except ValidationError as refusal:
        refuse(form, refusal)
    return None


def attempt(form: Any, act: Callable[[], Any]) -> Any:
    """Call a verb that makes something new; its refusals become errors of the form, and None comes back."""
    try:
        with transaction.atomic():
            return act()
    except ValidationError as refusal:
        refuse(form, refusal)
        return None


def refuse(form: Any, refusal: ValidationError) -> None:
    """Mark the fields a verb refused; what belongs to no field of this form stands above it."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def last_change(record: Record) -> dict[str, Any]:
    """By whom and when the record was changed last."""
    row = history_model(type(record)).objects.filter(id=record.pk).order_by("-history_date", "-history_id").first()
    if row is None:
        return {}
    user = get_user_model().objects.filter(pk=row.history_user_id).first()
    return {"by": user or "", "at": row.history_date}
