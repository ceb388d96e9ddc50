"""Bulk edits that were done: the recent ones, what each did and to whom, and which Undo left as they are."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.keyset import Page, keyset
from sync import bulk_told
from sync.lists import LISTS, list_named
from sync.models import BulkEdit

PAGE, ROWS = 25, 50
ORDER = ["-done_at", "-id"]


@require_safe
def edits(request: HttpRequest, name: str = "") -> HttpResponse:
    """One's own, and those of colleagues that one may undo; of one list or of all."""
    listing = list_named(name) if name else None
    rows = BulkEdit.objects.told_to(request.user).select_related("author", "undone_by")
    rows = rows.defer("ids", "versions", "asked", "keys")
    page = keyset(rows.filter(listing=name) if name else rows, ORDER, request.GET.get("cursor"), PAGE)
    told = bulk_told.told(bulk_told.undoable_by(page.rows, request.user))
    context = {
        "listing": listing,
        "listings": [*LISTS.values()],
        "back": f"{reverse(listing.page)}?view=all" if listing else "",
        "page": page,
        "told": told,
        "has_others": any(each.edit.author_id != request.user.pk for each in told),
    }
    return render(request, "sync/bulk_edits.html", context)


def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it did to which records; of one undone, those that stay."""
    edit = told_edit(request, pk)
    [told] = bulk_told.told([edit])
    ids = edit.stayed or list(edit.written)
    page = keyset(bulk_told.records_in(edit, ids, request.user), ["id"], request.GET.get("cursor"), ROWS)
    changed = bulk_told.changed(edit, page.rows)
    context = {"told": told, "edit": edit, "page": Page(changed, page.next, page.previous)}
    return render(request, "sync/bulk_edit.html", context)


def told_edit(request: HttpRequest, pk: UUID) -> BulkEdit:
    """One that this user may undo, or has undone; any other does not exist."""
    rows = BulkEdit.objects.told_to(request.user).select_related("author", "undone_by")
    edit = get_object_or_404(rows, pk=pk)
    if not bulk_told.undoable_by([edit], request.user):
        raise Http404
    return edit
