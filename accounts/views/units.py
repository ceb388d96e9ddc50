"""The departments of an account: the tree, and changing it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import seen_account, worked_account
from accounts.forms import UnitForm
from accounts.models import Account, OrgUnit
from accounts.outline import outline
from accounts.views.answers import finish, refused, show_again, show_form
from pages.htmx import target, toast
from records.editing import attempt, store

CHANGED = "units-changed"


def page(account: Account) -> str:
    return reverse("accounts:units", args=[account.pk])


@require_safe
def show(request: HttpRequest, pk) -> HttpResponse:
    account = seen_account(request, pk)
    context = {
        "account": account,
        "lines": outline(OrgUnit.objects.of(account)),
        "may_change": account.is_on_team(request.user),
    }
    return render(request, "accounts/_units.html" if target(request) == "org-units" else "accounts/units.html", context)


def add(request: HttpRequest, pk) -> HttpResponse:
    account = worked_account(request, pk)
    form = UnitForm(request.POST or None, account=account, initial={"parent": request.GET.get("below", "")})
    asked = {"account": account, "form": form, "back": page(account), "action": _("Add")}
    if request.method == "POST" and form.is_valid():
        unit = attempt(form, lambda: OrgUnit.add(account, by=request.user, **form.values()))
        if unit is not None:
            toast(request, _("%(name)s is added.") % {"name": unit})
            return finish(request, CHANGED, page(account))
    return show_form(request, _("Add a unit"), status=422 if form.is_bound else 200, **asked)


def change(request: HttpRequest, pk, unit) -> HttpResponse:
    """Rename it or move it below another one."""
    account = worked_account(request, pk)
    row = get_object_or_404(OrgUnit.objects.of(account), pk=unit)
    title = _("Change %(name)s") % {"name": row}
    form = UnitForm(request.POST or None, instance=row, account=account)
    asked = {"account": account, "form": form, "back": page(account), "action": _("Save")}
    if request.method != "POST":
        return show_form(request, title, **asked)
    conflict = None
    if form.is_valid():
        conflict = store(
            form, OrgUnit.objects.of(account), unit, lambda row: row.change(by=request.user, **form.values())
        )
    if conflict or not form.is_valid():
        return show_again(request, title, conflict, **asked)
    return finish(request, CHANGED, page(account))


@require_POST
def close(request: HttpRequest, pk, unit) -> HttpResponse:
    account = worked_account(request, pk)
    row = get_object_or_404(OrgUnit.objects.of(account).select_related("parent", "account"), pk=unit)
    try:
        row.close(by=request.user)
    except ValidationError as refusal:
        return refused(request, refusal, CHANGED, page(account))
    toast(request, _("%(name)s is closed.") % {"name": row}, undo=reverse("accounts:reopen_unit", args=[pk, unit]))
    return finish(request, CHANGED, page(account))


@require_POST
def reopen(request: HttpRequest, pk, unit) -> HttpResponse:
    """Undo a closing."""
    account = worked_account(request, pk)
    row = get_object_or_404(OrgUnit.objects.filter(account=account), pk=unit)
    row.reopen(by=request.user)
    toast(request, _("%(name)s is back.") % {"name": row})
    return redirect(account)
