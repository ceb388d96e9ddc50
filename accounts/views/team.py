"""Our side of an account: first responsible, supporting team, and who works on it as what."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import seen_account, sees, staffed_account
from accounts.forms import AdmitForm, FunctionForm, ResponsibleForm
from accounts.models import Account, AccountMember
from accounts.triangle import corners
from accounts.views.answers import finish, refused, show_again, show_form
from pages.htmx import go, target, toast
from records.editing import attempt, store

CHANGED = "account-team-changed"


def page(account: Account) -> str:
    return reverse("accounts:team", args=[account.pk])


@require_safe
def show(request: HttpRequest, pk) -> HttpResponse:
    account = seen_account(request, pk)
    members = list(AccountMember.objects.of(account))
    context = {
        "account": account,
        "members": members,
        "corners": corners(members),
        "may_staff": account.team_can_be_changed_by(request.user),
    }
    return render(
        request, "accounts/_team.html" if target(request) == "account-team" else "accounts/team.html", context
    )


def answer_for(request: HttpRequest, pk) -> HttpResponse:
    """Another first responsible or supporting team."""
    account = staffed_account(request, pk)
    form = ResponsibleForm(request.POST or None, instance=account)
    asked = {"account": account, "form": form, "back": account.get_absolute_url(), "action": _("Save")}
    title = _("First responsible and supporting team")
    if request.method != "POST":
        return show_form(request, title, **asked)
    conflict = None
    if form.is_valid():
        rows = Account.objects.visible_to(request.user)
        values = form.values()
        conflict = store(
            form, rows, pk, lambda row: row.change(by=request.user, because="responsible_changed", **values)
        )
    if conflict or not form.is_valid():
        return show_again(request, title, conflict, **asked)
    toast(request, _("%(name)s answers for this account now.") % {"name": form.cleaned_data["owner"]})
    return go(request, account if sees(request.user, account) else "accounts:list")


def admit(request: HttpRequest, pk) -> HttpResponse:
    account = staffed_account(request, pk)
    start = {"function": request.GET.get("function") or AccountMember.Function.MEMBER}
    form = AdmitForm(request.POST or None, account=account, initial=start)
    asked = {"account": account, "form": form, "back": page(account), "action": _("Add to the team")}
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        attempt(form, lambda: account.admit(chosen["user"], by=request.user, function=chosen["function"]))
        if form.is_valid():
            toast(request, _("%(name)s is on the team.") % {"name": chosen["user"]})
            return finish(request, CHANGED, page(account))
    return show_form(request, _("Add a colleague"), status=422 if form.is_bound else 200, **asked)


def change_function(request: HttpRequest, pk, member) -> HttpResponse:
    account = staffed_account(request, pk)
    row = get_object_or_404(AccountMember.objects.of(account), pk=member)
    form = FunctionForm(request.POST or None, instance=row)
    asked = {"account": account, "form": form, "back": page(account), "action": _("Save")}
    title = _("Function of %(name)s") % {"name": row.user}
    if request.method != "POST":
        return show_form(request, title, **asked)
    conflict = None
    if form.is_valid():
        function = form.cleaned_data["function"]
        conflict = store(
            form, AccountMember.objects.of(account), member, lambda row: row.change(function, by=request.user)
        )
    if conflict or not form.is_valid():
        return show_again(request, title, conflict, **asked)
    return finish(request, CHANGED, page(account))


@require_POST
def remove(request: HttpRequest, pk, member) -> HttpResponse:
    account = staffed_account(request, pk)
    row = get_object_or_404(AccountMember.objects.of(account), pk=member)
    try:
        row.remove(by=request.user)
    except ValidationError as refusal:
        return refused(request, refusal, CHANGED, page(account))
    if not sees(request.user, account):
        toast(request, _("You left the team of this account."))
        return go(request, "accounts:list")
    undo = reverse("accounts:readmit", args=[pk, member])
    toast(request, _("%(name)s is off the team.") % {"name": row.user}, undo=undo)
    return finish(request, CHANGED, page(account))


@require_POST
def readmit(request: HttpRequest, pk, member) -> HttpResponse:
    account = staffed_account(request, pk)
    row = get_object_or_404(AccountMember.objects.filter(account=account).select_related("user"), pk=member)
    row.readmit(by=request.user)
    toast(request, _("%(name)s is on the team.") % {"name": row.user})
    return redirect(account)
