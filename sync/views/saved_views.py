"""Saved views above a list: opened, kept, renamed, shared, deleted with a way back; and how many rows each has."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pages.htmx import announce, done, go, target, toast
from records.editing import attempt, store
from records.lists import Listing, Question
from sync.forms.saved_view import SavedViewForm
from sync.lists import list_named
from sync.models import SavedView
from users.models import User

CHANGED = "views-changed"
COUNTED, TABS = 999, 20


def views_of(listing: Listing, user: User) -> QuerySet[SavedView]:
    """What this user may choose from above a list: their own first, then by name."""
    views = SavedView.objects.visible_to(user).filter(listing=listing.name).select_related("owner")
    return views.order_by("name", "id")


@require_safe
def views(request: HttpRequest, name: str) -> HttpResponse:
    """The tabs above the list, or a page with all of them."""
    listing = list_named(name)
    found = sorted(views_of(listing, request.user), key=lambda view: view.owner_id != request.user.pk)
    context = {
        "listing": listing,
        "page_url": reverse(listing.page),
        "views": found,
        "tabs": found[:TABS],
        "current": request.GET.get("view", ""),
        "start": request.user.start_of(name),
    }
    template = "sync/_views.html" if request.htmx and target(request) != "list" else "sync/views.html"
    return render(request, template, context)


@require_safe
def counts(request: HttpRequest, name: str) -> HttpResponse:
    """How many rows each view has for this user, out of band; counted up to a bound."""
    listing = list_named(name)
    found = views_of(listing, request.user)[:TABS]
    counted = [(view.pk, capped(rows_in(listing, QueryDict(view.query), request.user))) for view in found]
    return render(request, "sync/_view_counts.html", {"counts": counted})


def rows_in(listing: Listing, asked: QueryDict, user: User) -> int:
    return Question(listing, asked, user).filters.qs.order_by()[: COUNTED + 1].count()


def capped(count: int) -> str:
    return f"{COUNTED}+" if count > COUNTED else str(count)


@require_safe
def open_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To the list with what the view asks for; one that is gone leads to the whole list."""
    view = SavedView.objects.visible_to(request.user).filter(pk=pk).first()
    if view is not None:
        return redirect(address_of(view))
    gone = [name for name, chosen in request.user.lists.items() if chosen.get("start") == str(pk)]
    if not gone:
        raise Http404
    request.user.keep_list(gone[0], start="")
    return redirect(f"{reverse(list_named(gone[0]).page)}?view=all")


def address_of(view: SavedView) -> str:
    return f"{reverse(list_named(view.listing).page)}?{view.question}"


def save_view(request: HttpRequest, name: str) -> HttpResponse:
    """Keep what the list shows, under a new name or in the view it came from."""
    listing, asked = list_named(name), request.GET
    current = own_view(request.user, asked.get("view", ""))
    if request.method == "POST" and "over" in request.POST and current is not None:
        current.change(by=request.user, asked=asked)
        return kept(request, current)
    form = SavedViewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        view = attempt(form, lambda: SavedView.save_as(listing.name, asked, by=request.user, **form.values()))
        if view is not None:
            return kept(request, view)
    context = {
        "form": form,
        "listing": listing,
        "current": current,
        "back": f"{reverse(listing.page)}?{asked.urlencode()}",
    }
    return answer(request, "sync/save_view.html", context, form)


def own_view(user: User, pk: str) -> SavedView | None:
    """The view of this user that an address names, if it names one."""
    chosen = as_id(pk)
    return SavedView.objects.present().owned_by(user).filter(pk=chosen).first() if chosen else None


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def kept(request: HttpRequest, view: SavedView) -> HttpResponse:
    toast(request, _("View saved."))
    return go(request, address_of(view))


def change_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename or share it."""
    view = get_object_or_404(SavedView.objects.present().owned_by(request.user), pk=pk)
    form = SavedViewForm(request.POST or None, instance=view)
    conflict = None
    if form.is_bound and form.is_valid():
        rows = SavedView.objects.present().owned_by(request.user)
        conflict = store(form, rows, pk, lambda row: row.change(by=request.user, **form.values()))
        if not conflict and not form.errors:
            return kept(request, SavedView.objects.get(pk=pk))
    context = {"form": form, "view": view, "conflict": conflict, "back": reverse("sync:views", args=[view.listing])}
    return answer(request, "sync/change_view.html", context, form, conflict=conflict)


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], form: Any, conflict: Any = None
) -> HttpResponse:
    """The form in a dialog or on a page of its own."""
    context["in_dialog"] = target(request) == "dialog-content"
    status = 409 if conflict else 422 if form.is_bound else 200
    frame = template.replace("sync/", "sync/_") if context["in_dialog"] else template
    return render(request, frame, context, status=status)


@require_POST
def delete_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it away, with a way back."""
    view = get_object_or_404(SavedView.objects.present().owned_by(request.user), pk=pk)
    view.remove(by=request.user, because="view_deleted")
    toast(request, _("View deleted."), undo=reverse("sync:restore_view", args=[pk]))
    return go(request, reverse("sync:views", args=[view.listing]))


@require_POST
def restore_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo `delete_view`; under another name where its own is taken meanwhile."""
    view = get_object_or_404(SavedView.objects.owned_by(request.user), pk=pk)
    names = SavedView.objects.present().owned_by(request.user).filter(listing=view.listing).exclude(pk=pk)
    if names.filter(name=view.name).exists():
        view.name = f"{view.name[:50]} (2)"
        view.keep(by=request.user, because="view_changed")
    view.restore(by=request.user, because="view_restored")
    toast(request, _("It is back."))
    return announce(go(request, reverse("sync:views", args=[view.listing])), CHANGED)


@require_POST
def start_with(request: HttpRequest, name: str) -> HttpResponse:
    """Let the list open with a view from now on, or with all of it again."""
    listing = list_named(name)
    chosen = as_id(request.POST.get("view", ""))
    view = SavedView.objects.visible_to(request.user).filter(listing=name, pk=chosen).first()
    request.user.keep_list(listing.name, start=str(view.pk) if view else "")
    toast(
        request, _("The list opens with “%(view)s”.") % {"view": view} if view else _("The list opens with all of it.")
    )
    return done(CHANGED) if request.htmx else redirect("sync:views", name)
