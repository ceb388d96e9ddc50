"""The departments of an account: the tree, and changing it."""

from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import seen_account, worked_account
from accounts.branches import Part, branch, children, excerpt, hits, upper_levels, whole
from accounts.forms import UnitForm
from accounts.models import Account, OrgUnit
from accounts.views.answers import finish, refused, show_again, show_form
from pages.htmx import target, toast
from records.editing import attempt, store

CHANGED = "units-changed"


def page(account: Account) -> str:
    return reverse("accounts:units", args=[account.pk])


@require_safe
def show(request: HttpRequest, pk) -> HttpResponse:
    """The tree, as much of it as is asked for: on its own page, in the overview, or below a unit that is opened."""
    account, place = seen_account(request, pk), target(request)
    below, cursor = asked_unit(request, account), request.GET.get("cursor")
    context = {"account": account, "may_change": account.is_on_team(request.user)}
    if place.startswith("below-") and below:
        return render(request, "accounts/_branch.html", context | {"part": children(below, cursor), "below": below})
    if place == "units-excerpt":
        return render(request, "accounts/_units_excerpt.html", context | {"part": excerpt(account)})
    context["part"] = asked_part(request, account, below, cursor)
    return render(request, "accounts/_units.html" if place == "org-units" else "accounts/units.html", context)


def asked_part(request: HttpRequest, account: Account, below: OrgUnit | None, cursor: str | None) -> Part:
    """What is searched for, one branch, or the tree from the top."""
    if text := request.GET.get("q", "").strip()[:200]:
        return hits(account, text, cursor)
    if below:
        return branch(below, cursor)
    return whole(account) or upper_levels(account, cursor)


def asked_unit(request: HttpRequest, account: Account) -> OrgUnit | None:
    """The unit that the address names, or 404 as if it were not there."""
    units = ModelChoiceField(OrgUnit.objects.of(account), required=False)
    try:
        return units.clean(request.GET.get("below", ""))
    except ValidationError as unknown:
        raise Http404 from unknown


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
