"""Two accounts that are one customer: bringing them together, and taking them apart."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import merging, side_by_side
from accounts.access import survivor_seen, worked_account
from accounts.merge_forms import MergeForm, TwinForm
from accounts.models import Account, AccountMerge
from accounts.views.answers import show_form
from pages.htmx import go, toast
from records.editing import attempt
from records.merge_pages import tell_what_stays, too_late


def choose_twin(request: HttpRequest, pk: Any) -> HttpResponse:
    """Which other account this customer is; both are looked at before anything is merged."""
    account = worked_account(request, pk)
    form = TwinForm(request.POST or None, account=account, user=request.user)
    if request.method == "POST" and form.is_valid():
        return go(request, reverse("accounts:merge", args=[pk, form.cleaned_data["twin"].pk]))
    title = _("Which other account is %(name)s?") % {"name": account.short}
    context = {"form": form, "account": account, "back": account.get_absolute_url(), "action": _("Compare")}
    return show_form(request, title, status=422 if form.is_bound else 200, **context)


def merge(request: HttpRequest, pk: Any, twin: Any) -> HttpResponse:
    """Both side by side; `pk` stays."""
    if pk == twin:
        raise Http404
    if merged := merged_one(request, pk, twin):
        return too_late(request, *merged)
    kept, goes = worked_account(request, pk), worked_account(request, twin)
    form = MergeForm(request.POST or None, kept=kept, twin=goes, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = {"by": request.user, "choose": form.chosen(), "seen": form.seen()}
        done = attempt(form, lambda: merging.merge(kept, goes, **told))
        if done is not None:
            told = _("%(twin)s is now part of %(kept)s.") % {"twin": done.name, "kept": done.kept}
            toast(request, told, undo=reverse("accounts:take_apart", args=[done.pk]))
            return redirect(kept)
        if merged := merged_one(request, pk, twin):
            return too_late(request, *merged)
        form.look_again()
    cards = side_by_side.two(kept, goes, request.user)
    context = {
        "form": form,
        "kept": kept,
        "twin": goes,
        "cards": cards,
        "turned": reverse("accounts:merge", args=[twin, pk]),
    }
    context["turned"] = reverse("accounts:merge", args=[twin, pk])
    return render(request, "accounts/merge.html", context, status=422 if form.is_bound else 200)


def merged_one(request: HttpRequest, *ids: UUID) -> tuple[Account, Account] | None:
    """Which of these was merged already, and what it has become, if this user sees that."""
    twin = Account.objects.filter(pk__in=ids, merged_into__isnull=False).first()
    survivor = survivor_seen(request, twin.pk) if twin else None
    return (twin, survivor) if twin and survivor else None


@require_POST
def take_apart(request: HttpRequest, pk) -> HttpResponse:
    """Two customers again; what could not go back is named."""
    seen = AccountMerge.objects.filter(kept__in=Account.objects.visible_to(request.user))
    done = get_object_or_404(seen.select_related("kept", "twin"), pk=pk)
    if not done.kept.is_on_team(request.user):  # that is both teams now
        raise PermissionDenied
    try:
        left = merging.take_apart(done, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(done.kept)
    toast(request, _("%(kept)s and %(twin)s are two accounts again.") % {"kept": done.kept, "twin": done.name})
    tell_what_stays(request, left)
    return redirect(done.kept)
