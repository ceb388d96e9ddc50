"""One account: its overview, opening, changing and removing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import seen_account, sees, survivor_seen, worked_account
from accounts.branches import excerpt
from accounts.forms import AccountForm, OpenForm
from accounts.models import Account, AccountMember
from accounts.triangle import corners
from pages.htmx import toast
from records.editing import attempt, store

# Panels that higher apps serve, in the order they stand on the overview; one nobody serves yet is left out.
SLOTS = (
    {"name": "relationships:account_quiet", "id": "quiet-people", "label": _lazy("People gone quiet")},
    {"name": "relationships:account_next_steps", "id": "next-steps", "label": _lazy("Next steps")},
    {"name": "relationships:account_visits", "id": "next-visits", "label": _lazy("Next visits")},
)


@require_safe
def detail(request: HttpRequest, pk) -> HttpResponse:
    """The overview; that of a merged account leads to the survivor."""
    try:
        account = seen_account(request, pk)
    except Http404:
        if survivor := survivor_seen(request, pk):
            return redirect(survivor)
        raise
    seen = Account.objects.visible_to(request.user)
    may_change = account.is_on_team(request.user)
    members = list(AccountMember.objects.of(account))
    context = {
        "account": account,
        "slots": SLOTS,
        "is_being_recounted": account.is_being_recounted,
        "may_change": may_change,
        "may_staff": may_change or request.user.is_administrator,
        "group": seen.filter(pk=account.parent_id).first() if account.parent_id else None,
        "subsidiaries": seen.filter(parent=account).only("id", "name", "tier").order_by("sort_key", "id")[:50],
        "members": members,
        "corners": corners(members),
        "part": excerpt(account),
        "merges": account.merges.defer("moves").order_by("-merged_at", "-pk"),
    }
    return render(request, "accounts/detail.html", context)


def create(request: HttpRequest) -> HttpResponse:
    form = OpenForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        account = attempt(form, lambda: Account.open(by=request.user, **form.values()))
        if account is not None:
            toast(request, _("%(name)s is opened.") % {"name": account})
            return redirect(account if sees(request.user, account) else "accounts:list")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/edit.html", {"form": form}, status=status)


def edit(request: HttpRequest, pk) -> HttpResponse:
    account = worked_account(request, pk)
    form = AccountForm(request.POST or None, instance=account, user=request.user)
    name, status, conflict = account.name, 200, None
    if request.method == "POST":
        if form.is_valid():
            rows = Account.objects.worked_by(request.user)
            conflict = store(form, rows, pk, lambda row: row.change(by=request.user, **form.values()))
        if conflict is None and form.is_valid():
            toast(request, _("Saved."))
            return redirect("accounts:detail", pk)
        status = 409 if conflict else 422
    context = {"form": form, "account": account, "name": name, "conflict": conflict}
    return render(request, "accounts/edit.html", context, status=status)


@require_POST
def remove(request: HttpRequest, pk) -> HttpResponse:
    account = worked_account(request, pk)
    try:
        account.remove(by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(account)
    toast(request, _("%(name)s is removed.") % {"name": account}, undo=reverse("accounts:restore", args=[pk]))
    return redirect("accounts:list")


@require_POST
def restore(request: HttpRequest, pk) -> HttpResponse:
    account = get_object_or_404(Account.objects.restorable_by(request.user), pk=pk)
    account.restore(by=request.user, because="account_restored")
    toast(request, _("%(name)s is back.") % {"name": account})
    return redirect(account)
