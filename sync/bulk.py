"""Doing one thing to many records of a list: judged, shown, done in one transaction, and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from records.deeds import Deed, DeedForm, Judgement, carry_out, held, judge
from records.list_cells import words
from records.lists import Listing, Question
from records.taking_back import TakenBack, take_back
from sync.lists import LISTS
from sync.models import BulkEdit
from users.models import User

MOST = 5_000  # at once; more is refused, in words
SHOWN = 20  # rows of a preview, and of those refused


class MovedOn(Exception):
    """It was done or undone meanwhile, or is about to do something else than was looked at."""


@dataclass(frozen=True)
class Line:
    """A record as a preview tells it: before, after; or why not."""

    name: str
    before: str = ""
    after: str = ""
    why: Any = ""


def chosen_in(listing: Listing, asked: QueryDict, user: User) -> list[UUID]:
    """All that a list shows, and one more than can be changed at once."""
    rows = Question(listing, asked, user).filters.qs.order_by()
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def records_of(listing: Listing, ids: Sequence[UUID], user: User) -> QuerySet:
    """The records chosen, as far as this user sees them, with what naming them reads."""
    rows = listing.type.model._default_manager.visible_to(user).filter(pk__in=ids)
    return rows.select_related(*listing.label_needs) if listing.label_needs else rows


def deed_named(listing: Listing, name: str) -> Deed | None:
    return next((deed for deed in listing.deeds if deed.name == name), None)


def preview(listing: Listing, deed: Deed, judgement: Judgement) -> tuple[list[Line], list[Line]]:
    """The first rows that change, before and after, and the first that are refused."""
    called, some = listing.called, judgement.changing[:SHOWN]
    changing = [Line(called(record), *before_and_after(deed, record, values)) for record, values in some]
    refused = [Line(called(record), why=why) for record, why in judgement.refused[:SHOWN]]
    return changing, refused


def before_and_after(deed: Deed, record: Any, values: dict[str, Any]) -> tuple[str, str]:
    """What was asked for, in words; a deed that asks nothing is told by its name."""
    told = [name for name in deed.form.base_fields if name in values]
    before = [in_words(record, name) for name in told]
    after = [in_words(record, name, values[name]) for name in told]
    return "; ".join(before), "; ".join(after)


def in_words(record: Any, name: str, *instead: Any) -> str:
    """A field's value as a reader says it."""
    field = record._meta.get_field(name)
    value = instead[0] if instead else getattr(record, name)
    return said(value, dict(field.choices or ()))


def said(value: Any, labels: Mapping[Any, Any]) -> str:
    """A value by its label, or as it reads."""
    return _("no") if value is False else str(labels.get(value) or words()(value) or "—")


def carry(draft: BulkEdit, form: DeedForm, *, by: User) -> Judgement:
    """Do what was shown, to those that still stand as they were shown; refused when it is done already."""
    listing = LISTS[draft.listing]
    deed = deed_named(listing, draft.deed)
    assert deed is not None
    with transaction.atomic():
        edit = held_edit(draft, BulkEdit.State.DRAFT)
        found = held(listing.type.model, edit.chosen)
        rows = records_of(listing, found, by)
        judgement = judge(deed, rows, form.cleaned_data, by, edit.shown_versions)
        keys = carry_out(deed, judgement, form.cleaned_data, by=by, because=edit.because)
        edit.note(keys, as_given(form), len(judgement.refused))
    return judgement


def take_bulk_back(done: BulkEdit, *, by: User) -> TakenBack:
    """Undo it, but for what somebody changed since; refused when it is undone already."""
    listing = LISTS[done.listing]
    deed = deed_named(listing, done.deed)
    assert deed is not None
    with transaction.atomic():
        edit = held_edit(done, BulkEdit.State.DONE)
        held(listing.type.model, list(edit.written))
        taken = take_back(edit.written, edit.because, by=by)
        deed.settle(list(taken.back))
        edit.mark_undone(taken.kept, by=by)
    return taken


def held_edit(seen: BulkEdit, state: str) -> BulkEdit:
    """It as it stands now, locked: who presses twice, or in two windows, gets one answer to one question."""
    edit = BulkEdit.objects.select_for_update().get(pk=seen.pk)
    if edit.state != state or edit.asked != seen.asked:
        raise MovedOn
    return edit


def as_given(form: DeedForm) -> dict[str, Any]:
    """What the form was told, as JSON holds it; a record by its kind and key."""
    return {name: as_json(form.cleaned_data[name]) for name in form.fields}


def as_json(value: Any) -> Any:
    if isinstance(value, Model):
        return {"model": value._meta.label_lower, "pk": str(value.pk)}
    return {"day": value.isoformat()} if isinstance(value, date) else value
