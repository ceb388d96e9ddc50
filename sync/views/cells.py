"""Editing one field of a record in its row of a list: a small form in the cell, and the row as it stands then."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from pages.htmx import go
from records.deeds import Deed, DeedForm, carry_out, judge
from records.editing import last_change
from records.list_cells import lines
from records.lists import Listing, Question
from records.models import Stale
from sync.bulk import in_words
from sync.lists import list_named


def cell(request: HttpRequest, name: str, pk: UUID, column: str) -> HttpResponse:
    """The form of a cell, or what was typed into it; `version` says which row was shown."""
    listing = list_named(name)
    deed = listing.edited.get(column)
    if deed is None:
        raise Http404
    rows = listing.type.model._default_manager.visible_to(request.user)
    record = get_object_or_404(rows.select_related(*deed.needs) if deed.needs else rows, pk=pk)
    if not deed.may(rows.filter(pk=pk), request.user).exists():
        raise PermissionDenied
    if request.method != "POST":
        return form_in(request, listing, deed, record, deed.form(initial=initial(deed, record), reader=request.user))
    form = deed.form(request.POST, reader=request.user)
    if not form.is_valid():
        return form_in(request, listing, deed, record, form, status=422)
    return store(request, listing, deed, record, form)


def initial(deed: Deed, record: Any) -> dict[str, Any]:
    """What the form's fields hold now."""
    return {name: getattr(record, name) for name in deed.form.base_fields}


def store(request: HttpRequest, listing: Listing, deed: Deed, record: Any, form: DeedForm) -> HttpResponse:
    """Under the row's lock, by the version that was shown; a refusal stands in the cell."""
    rows = listing.type.model._default_manager.visible_to(request.user)
    version = request.POST.get("version", "")
    try:
        with transaction.atomic():
            row = rows.locked(record.pk, int(version) if version.isdigit() else 0)
            judgement = judge(deed, rows.filter(pk=row.pk), form.cleaned_data, request.user)
            carry_out(deed, judgement, form.cleaned_data, by=request.user, because=f"{deed.name}_edited")
    except Stale as stale:
        return conflict_in(request, listing, deed, stale.current, form)
    for _record, why in judgement.refused:
        form.add_error(None, str(why))
    if form.errors:
        return form_in(request, listing, deed, record, form, status=422)
    return row_again(request, listing, record.pk)


def conflict_in(request: HttpRequest, listing: Listing, deed: Deed, current: Any, form: DeedForm) -> HttpResponse:
    """Somebody was quicker: what stands there now, by whom, and what was typed, to be sent once more."""
    now = "; ".join(in_words(current, name) for name in deed.form.base_fields)
    conflict = {"now": now, **last_change(current)}
    return form_in(request, listing, deed, current, form, status=409, conflict=conflict)


def form_in(
    request: HttpRequest, listing: Listing, deed: Deed, record: Any, form: DeedForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    back = f"{reverse(listing.page)}?{request.GET.urlencode() or 'view=all'}"
    context = {"form": form, "record": record, "deed": deed, "listing": listing, "back": back, **more}
    template = "sync/_cell.html" if request.htmx else "sync/cell.html"
    return render(request, template, context, status=status)


def row_again(request: HttpRequest, listing: Listing, pk: UUID) -> HttpResponse:
    """The row as the list draws it, whether or not the filters still fit; without script, the list."""
    if not request.htmx:
        return go(request, f"{reverse(listing.page)}?{request.GET.urlencode() or 'view=all'}")
    question = Question(listing, request.GET, request.user)
    row = listing.rows(request.user).filter(pk=pk).values(*listing.fetched(question.columns, ()))
    told = listing.told(list(row), question.columns, request.user)
    return HttpResponse("".join(lines(listing, question.columns, told, picks=True)))
