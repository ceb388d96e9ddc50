"""Changing many records of a list at once: chosen, asked what, shown what would become of them, done, taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pages.htmx import go, toast
from records.deeds import Deed, DeedForm, judge
from records.lists import Listing
from sync import bulk, bulk_told
from sync.lists import list_named
from sync.models import BulkEdit
from sync.views.bulk_edits import show, told_edit
from sync.views.saved_views import as_id


@require_POST
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """The rows that were ticked, or all that the list shows."""
    listing = list_named(name)
    query = request.POST.get("query", "").lstrip("?")
    if request.POST.get("what") == "all":
        ids = bulk.chosen_in(listing, QueryDict(query), request.user)
    else:
        ids = [pk for pk in map(as_id, request.POST.getlist("ids")) if pk]
    back = f"{reverse(listing.page)}?{query or 'view=all'}"
    if not ids or len(ids) > bulk.MOST:
        toast(request, refusal(ids))
        return go(request, back)
    edit = BulkEdit.begin(name, ids, query, by=request.user)
    return go(request, reverse("sync:bulk_edit", args=[edit.pk]))


def refusal(ids: list[UUID]) -> str:
    if not ids:
        return _("Choose at least one row.")
    return _("At most %(most)d can be changed at once. Narrow the list first.") % {"most": bulk.MOST}


def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What to do, what would become of it, and doing it."""
    draft = BulkEdit.objects.filter(pk=pk, author=request.user, state=BulkEdit.State.DRAFT).first()
    if draft is None:
        return show(request, pk)
    listing = list_named(draft.listing)
    deed = bulk.deed_named(listing, request.POST.get("deed") or request.GET.get("deed", ""))
    form = form_of(deed, request, draft) if deed else None
    if deed is None or form is None or not form.is_bound or not form.is_valid():
        return ask(request, draft, listing, deed, form)
    if request.POST.get("step") == "do" and deed.name == draft.deed:
        return carry(request, draft, listing, form)
    return shown(request, draft, listing, deed, form)


def form_of(deed: Deed, request: HttpRequest, draft: BulkEdit) -> DeedForm:
    """The deed's form: as sent, or as it was shown."""
    if request.method != "POST":
        return deed.form(reader=request.user)
    sent = QueryDict(draft.asked) if request.POST.get("step") == "do" else request.POST
    return deed.form(sent, reader=request.user)


def ask(
    request: HttpRequest, draft: BulkEdit, listing: Listing, deed: Deed | None, form: DeedForm | None
) -> HttpResponse:
    context = {
        "draft": draft,
        "listing": listing,
        "deed": deed,
        "form": form,
        "count": len(draft.ids),
        "back": back_to(draft, listing),
    }
    return render(request, "sync/bulk.html", context, status=422 if form is not None and form.is_bound else 200)


def shown(request: HttpRequest, draft: BulkEdit, listing: Listing, deed: Deed, form: DeedForm) -> HttpResponse:
    """What would become of them."""
    rows = bulk.records_of(listing, draft.chosen, request.user)
    judgement = judge(deed, rows, form.cleaned_data, request.user)
    seen = [*(record for record, _values in judgement.changing), *judgement.same]
    versions = {record.pk: record.version for record in seen}
    draft.show(deed.name, request.POST.urlencode(), versions)
    changing, refused = bulk.preview(listing, deed, judgement)
    context = {
        "draft": draft,
        "listing": listing,
        "deed": deed,
        "judgement": judgement,
        "has_words": any(line.after for line in changing),
        "changing": changing,
        "refused": refused,
        "more_changing": len(judgement.changing) - len(changing),
        "more_refused": len(judgement.refused) - len(refused),
        "what": bulk_told.what_is_asked(deed, form),
        "back": back_to(draft, listing),
    }
    return render(request, "sync/bulk_preview.html", context)


def carry(request: HttpRequest, draft: BulkEdit, listing: Listing, form: DeedForm) -> HttpResponse:
    try:
        judgement = bulk.carry(draft, form, by=request.user)
    except bulk.MovedOn:
        return moved_on(request, draft)
    count, refused = len(judgement.changing), len(judgement.refused)
    told = ngettext("%(count)d changed.", "%(count)d changed.", count) % {"count": count}
    if refused:
        told += " " + ngettext("%(count)d left as it is.", "%(count)d left as they are.", refused) % {"count": refused}
    toast(request, told, undo=reverse("sync:undo_bulk", args=[draft.pk]) if count else "")
    return go(request, back_to(draft, listing))


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it back; what somebody changed since stays. From the list that tells of it, its page says what stayed."""
    done = told_edit(request, pk)
    try:
        taken = bulk.take_bulk_back(done, by=request.user)
    except bulk.MovedOn:
        return moved_on(request, done)
    toast(request, told_back(len(taken.back), len(taken.kept)))
    is_asked_there = request.POST.get("then") == "show"
    return go(request, done if is_asked_there else back_to(done, list_named(done.listing)))


def moved_on(request: HttpRequest, edit: BulkEdit) -> HttpResponse:
    """Somebody was quicker, or pressed twice: its page says how it stands."""
    toast(request, _("This bulk edit has moved on meanwhile."))
    return go(request, edit)


def told_back(back: int, kept: int) -> str:
    told = ngettext("%(count)d taken back.", "%(count)d taken back.", back) % {"count": back}
    if kept:
        stays = ngettext("%(count)d was changed since and stays.", "%(count)d were changed since and stay.", kept)
        told += " " + stays % {"count": kept}
    return told


def back_to(draft: BulkEdit, listing: Listing) -> str:
    return f"{reverse(listing.page)}?{draft.back or 'view=all'}"
