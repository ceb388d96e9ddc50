"""Settings: the method's numbers and words, edited in the browser by administrators; every change is in the trail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from config.policy_forms import (
    ActivityTypeForm,
    AlertPolicyForm,
    CadenceForm,
    ContactRulesForm,
    KeyPersonPolicyForm,
    RolePowerForm,
    SupportRulesForm,
)
from pages.htmx import toast
from records.editing import attempt, store
from relationships.models import ActivityType, CadencePolicy
from stakeholders.models import RolePower
from stakeholders.policy_changes import change_key_policy, change_role_powers
from users.views import administrators_only, answer


@dataclass(frozen=True)
class Numbers:
    """A single row of numbers: its form, the verb that changes it (False: a job judges everybody later), its title."""

    form: type
    verb: Callable[..., bool | None]
    title: Any


NUMBERS = {
    "contact": Numbers(ContactRulesForm, lambda row, **change: row.change(**change), gettext_lazy("Contact rules")),
    "key-persons": Numbers(
        KeyPersonPolicyForm, lambda row, **change: change_key_policy(**change), gettext_lazy("Key persons")
    ),
    "support": Numbers(
        SupportRulesForm, lambda row, **change: row.change(**change), gettext_lazy("Support in opportunities")
    ),
    "alerts": Numbers(AlertPolicyForm, lambda row, **change: row.change(**change), gettext_lazy("Alerts")),
}


@administrators_only
def settings(request: HttpRequest) -> HttpResponse:
    """What there is to set."""
    return render(request, "config/settings.html")


def told(request: HttpRequest, is_judged: bool | None) -> None:
    """Say it is saved, and whether everybody is judged by it already."""
    if is_judged is False:
        messages.info(request, _("Saved. Everybody is judged anew by it within a few minutes."))
    else:
        toast(request, _("Saved."))


@administrators_only
def cadence(request: HttpRequest) -> HttpResponse:
    """The table of rule 4.6."""
    cells = list(CadencePolicy.objects.all())
    form = CadenceForm(request.POST or None, cells=cells)
    overtaken = []
    if form.is_bound and form.is_valid():
        overtaken = form.overtaken()
        if not overtaken:
            told(request, CadencePolicy.change_all(form.changes(), by=request.user))
            return redirect("config:cadence")
    status = 409 if overtaken else 422 if form.is_bound else 200
    context = {"form": form, "rows": form.rows(), "tiers": Account.Tier.labels, "overtaken": overtaken}
    return render(request, "config/cadence.html", context, status=status)


@administrators_only
def numbers(request: HttpRequest, name: str) -> HttpResponse:
    """One row of numbers."""
    if name not in NUMBERS:
        raise Http404
    kind = NUMBERS[name]
    model = kind.form._meta.model
    form = kind.form(request.POST or None, instance=model.load())
    conflict = None
    if form.is_bound and form.is_valid():
        judged = []
        conflict = store(
            form,
            model.objects.all(),
            form.instance.pk,
            lambda row: judged.append(kind.verb(row, by=request.user, **form.values())),
        )
        if not conflict and not form.errors:
            told(request, judged[0])
            return redirect("config:settings")
    return answer(request, "config/numbers.html", {"form": form, "heading": kind.title}, conflict=conflict)


@administrators_only
def role_powers(request: HttpRequest) -> HttpResponse:
    """The power of each decision role when none is given (rule 4.1)."""
    powers = sorted(RolePower.objects.all(), key=lambda row: "ADSEI".index(row.letter))
    form = RolePowerForm(request.POST or None, powers=powers)
    if form.is_bound and form.is_valid():
        change_role_powers(form.changes(), by=request.user)
        told(request, True)
        return redirect("config:settings")
    return answer(request, "config/numbers.html", {"form": form, "heading": _("Power of the roles")})


@administrators_only
def activity_types(request: HttpRequest) -> HttpResponse:
    """Every kind of activity in the order of the buttons; they are few."""
    return render(
        request, "config/activity_types.html", {"types": ActivityType.objects.present().order_by("place", "id")}
    )


@administrators_only
def create_activity_type(request: HttpRequest) -> HttpResponse:
    """A new kind of activity."""
    form = ActivityTypeForm(request.POST or None)
    if form.is_bound and form.is_valid() and attempt(form, lambda: ActivityType.add(by=request.user, **form.values())):
        told(request, True)
        return redirect("config:activity_types")
    return answer(request, "config/activity_type.html", {"form": form, "name": ""})


@administrators_only
def activity_type(request: HttpRequest, pk) -> HttpResponse:
    """Edit one kind: its words, its place, how it counts, its checklist."""
    rows = ActivityType.objects.present()
    kind = get_object_or_404(rows, pk=pk)
    name, form, conflict = kind.label, ActivityTypeForm(request.POST or None, instance=kind), None
    if form.is_bound and form.is_valid():
        judged = []
        conflict = store(form, rows, pk, lambda row: judged.append(row.change(by=request.user, **form.values())))
        if not conflict and not form.errors:
            told(request, judged[0])
            return redirect("config:activity_types")
    return answer(request, "config/activity_type.html", {"form": form, "name": name}, conflict=conflict)
