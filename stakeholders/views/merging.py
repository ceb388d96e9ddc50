"""Two records of one person: bringing them together, taking them apart, and saying that they are two."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from pages.htmx import go, toast
from pages.keyset import keyset
from records.editing import attempt
from records.merge_pages import tell_what_stays, too_late
from stakeholders import merging, side_by_side
from stakeholders.access import survivor_seen, worked_person
from stakeholders.forms import MergeForm, TwinForm
from stakeholders.models import PersonMerge, Stakeholder, SuspectedTwins
from stakeholders.views.answers import show_form

PAGE = 20
COUNTED = 99


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of whom this user may change both, the likeliest first."""
    rows = SuspectedTwins.objects.undecided().worked_by(request.user)
    page = keyset(rows, ("-likeness", "id"), request.GET.get("cursor"), PAGE)
    context = {"page": page, "pairs": side_by_side.pairs(page.rows, request.user)}
    return render(request, "stakeholders/duplicates.html", context)


@require_safe
def duplicates_count(request: HttpRequest) -> HttpResponse:
    """How many there are, for the link in the list of people; asked for apart, and counted up to a bound."""
    number = SuspectedTwins.objects.undecided().worked_by(request.user)[: COUNTED + 1].count()
    return render(
        request, "stakeholders/_duplicates_link.html", {"number": f"{COUNTED}+" if number > COUNTED else number}
    )


def choose_twin(request: HttpRequest, pk: Any) -> HttpResponse:
    """Who else this person is; both are looked at before anything is merged."""
    person = worked_person(request, pk)
    form = TwinForm(request.POST or None, person=person, user=request.user)
    if request.method == "POST" and form.is_valid():
        return go(request, reverse("stakeholders:merge", args=[pk, form.cleaned_data["twin"].pk]))
    title = _("Who else is %(name)s?") % {"name": person}
    context = {"form": form, "person": person, "back": person.get_absolute_url(), "action": _("Compare")}
    return show_form(request, title, status=422 if form.is_bound else 200, **context)


def merge(request: HttpRequest, pk: Any, twin: Any) -> HttpResponse:
    """Both side by side; `pk` stays."""
    if pk == twin:
        raise Http404
    if merged := merged_one(request, pk, twin):
        return too_late(request, *merged)
    kept, goes = worked_person(request, pk), worked_person(request, twin)
    form = MergeForm(request.POST or None, kept=kept, twin=goes)
    if request.method == "POST" and form.is_valid():
        told = {"by": request.user, "choose": form.chosen(), "seen": form.seen()}
        done = attempt(form, lambda: merging.merge(kept, goes, **told))
        if done is not None:
            told = _("%(twin)s is now part of %(kept)s.") % {"twin": goes, "kept": kept}
            toast(request, told, undo=reverse("stakeholders:take_apart", args=[done.pk]))
            return redirect(kept)
        if merged := merged_one(request, pk, twin):
            return too_late(request, *merged)
        form.look_again()
    cards = side_by_side.two(kept.pk, goes.pk, request.user)
    context = {
        "form": form,
        "kept": kept,
        "twin": goes,
        "cards": cards,
        "turned": reverse("stakeholders:merge", args=[twin, pk]),
    }
    context["turned"] = reverse("stakeholders:merge", args=[twin, pk])
    return render(request, "stakeholders/merge.html", context, status=422 if form.is_bound else 200)


def merged_one(request: HttpRequest, *ids: UUID) -> tuple[Stakeholder, Stakeholder] | None:
    """Which of these was merged already, and what it has become, if this user sees that."""
    twin = Stakeholder.objects.filter(pk__in=ids, merged_into__isnull=False).first()
    survivor = survivor_seen(request, twin.pk) if twin else None
    return (twin, survivor) if twin and survivor else None


@require_POST
def take_apart(request: HttpRequest, pk: Any) -> HttpResponse:
    """Two people again; what could not go back is named."""
    seen = PersonMerge.objects.filter(kept__in=Stakeholder.objects.visible_to(request.user))
    done = get_object_or_404(seen.select_related("kept", "twin"), pk=pk)
    if not may_take_apart(done, request):
        raise PermissionDenied
    try:
        left = merging.take_apart(done, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(done.kept)
    toast(request, _("%(kept)s and %(twin)s are two people again.") % {"kept": done.kept, "twin": done.name})
    tell_what_stays(request, left)
    return redirect(done.kept)


def may_take_apart(done: PersonMerge, request: HttpRequest) -> bool:
    """Whoever may change both."""
    accounts: set[UUID] = {done.kept.account_id, done.twin.account_id}
    return Account.objects.worked_by(request.user).filter(pk__in=accounts).count() == len(accounts)


@require_POST
def tell_apart(request: HttpRequest, pk: Any) -> HttpResponse:
    """They are two people, and nobody is asked again."""
    pair = worked_pair(request, pk)
    pair.tell_apart(by=request.user)
    names = {"one": pair.one, "other": pair.other}
    undo = reverse("stakeholders:ask_again", args=[pk])
    toast(request, _("%(one)s and %(other)s are not the same person; nobody asks again.") % names, undo=undo)
    return go(request, "stakeholders:duplicates")


@require_POST
def ask_again(request: HttpRequest, pk: Any) -> HttpResponse:
    """Undo `tell_apart`."""
    worked_pair(request, pk).ask_again(by=request.user)
    return go(request, "stakeholders:duplicates")


def worked_pair(request: HttpRequest, pk: Any) -> SuspectedTwins:
    """A pair for whoever may change both; 404 as if it were not there for who does not see both."""
    pairs = SuspectedTwins.objects.visible_to(request.user).select_related("one", "other")
    pair = get_object_or_404(pairs, pk=pk)
    if not SuspectedTwins.objects.worked_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    return pair
