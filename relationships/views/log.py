"""Logging a contact, and planning one."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Account
from pages.htmx import announce, go, toast
from records.editing import attempt
from relationships.forms import LogForm, PlanForm
from relationships.forms.fields import as_uuid
from relationships.log_choices import customers
from relationships.models import Interaction
from relationships.models.interaction import AlreadyLoggedOtherwise
from relationships.views import contact_form
from relationships.views.contact_form import Sheet, account_to_log_at, show, start, step, too_often_by, unheard


def log(request: HttpRequest) -> HttpResponse:
    """A contact that took place: customer, what, who, when, save."""
    sheet = Sheet(_("Log a visit"), _("Save"), reverse("relationships:log"), draft="log")
    if request.method == "POST":
        return save_log(request, sheet, account_to_log_at(request.user, request.POST.get("account")))
    if planned := planned_one(request):
        return redirect("relationships:complete", planned.pk)
    return first_page(request, sheet, LogForm, {"opened_at": timezone.now().isoformat()})


def plan(request: HttpRequest) -> HttpResponse:
    """A contact to come."""
    sheet = Sheet(_("Plan a visit"), _("Save plan"), reverse("relationships:plan"), draft="plan", is_plan=True)
    if request.method == "POST":
        return save_plan(request, sheet, account_to_log_at(request.user, request.POST.get("account")))
    return first_page(request, sheet, PlanForm, {"held_on": request.GET.get("day") or None})


def planned_one(request: HttpRequest) -> Interaction | None:
    """The plan the address names, which then is completed rather than logged a second time."""
    pk = as_uuid(request.GET.get("interaction"))
    return Interaction.objects.visible_to(request.user).planned().filter(pk=pk).first()


def first_page(request: HttpRequest, sheet: Sheet, form: Any, filled: dict[str, Any]) -> HttpResponse:
    """Without a customer the customers, with one the form."""
    account = asked_account(request)
    if account is None:
        return show(request, sheet, None, None)
    initial = {**filled, **start(request, account)}
    return show(request, sheet, form(account=account, user=request.user, initial=initial), account)


def asked_account(request: HttpRequest) -> Account | None:
    """The customer in the address; the customer of the interaction there; the only one there is."""
    if request.GET.get("account"):
        return account_to_log_at(request.user, request.GET["account"])
    if like := as_uuid(request.GET.get("interaction")):
        found = Interaction.objects.visible_to(request.user).filter(pk=like).first()
        return account_to_log_at(request.user, found.account_id) if found else None
    if request.GET.get("customer") or request.GET.get("choose"):
        return None
    offered = customers(request.user)
    return offered[0] if len(offered) == 1 else None


def save_log(request: HttpRequest, sheet: Sheet, account: Account) -> HttpResponse:
    form = LogForm(request.POST, account=account, user=request.user)
    if answer := step(request, sheet, form, account):
        return answer
    try:
        visit = attempt(form, lambda: make(Interaction.log, form, account, request)) if form.is_valid() else None
    except AlreadyLoggedOtherwise as sent:
        return otherwise(request, sheet, form, account, sent.first)
    if visit is None:
        return show(request, sheet, form, account, status=422)
    toast(request, _("Saved."), undo=reverse("relationships:delete", args=[visit.pk]))
    to = reverse("relationships:after", args=[visit.pk])
    return announce(go(request, to), "interaction-logged", client_id=visit.client_id or "")


def save_plan(request: HttpRequest, sheet: Sheet, account: Account) -> HttpResponse:
    form = PlanForm(request.POST, account=account, user=request.user)
    if answer := step(request, sheet, form, account):
        return answer
    if form.is_valid() and (found := unheard(request, form)):
        return show(request, sheet, form, account, status=422, warnings=found, is_warned=True)
    try:
        visit = attempt(form, lambda: make(Interaction.plan, form, account, request)) if form.is_valid() else None
    except AlreadyLoggedOtherwise as sent:
        return otherwise(request, sheet, form, account, sent.first)
    if visit is None:
        return show(request, sheet, form, account, status=422)
    toast(request, _("Planned."), undo=reverse("relationships:delete", args=[visit.pk]))
    return announce(go(request, visit), "interaction-planned", client_id=visit.client_id or "")


def make(verb: Any, form: Any, account: Account, request: HttpRequest) -> Interaction:
    return verb(account, by=request.user, client_id=form.cleaned_data["client_id"], **form.values())


def otherwise(request: HttpRequest, sheet: Sheet, form: Any, account: Account, first: Interaction) -> HttpResponse:
    """This form was sent before with other content: both are shown, and saving again makes a second one. What the
    first made may lie at an account its author no longer sees."""
    form.data = form.data.copy()
    form.data["client_id"] = str(uuid4())
    seen = Interaction.objects.visible_to(request.user).select_related("account", "activity_type")
    first = seen.filter(pk=first.pk).first()
    return show(request, sheet, form, account, status=409, first=first, was_sent_before=True)


@require_safe
def too_often(request: HttpRequest) -> HttpResponse:
    """The warning beside a plan, asked for anew with every choice."""
    account = account_to_log_at(request.user, request.GET.get("account"))
    besides = Interaction.objects.filter(account=account, pk=as_uuid(request.GET.get("besides"))).first()
    form = PlanForm(request.GET, account=account, user=request.user, record=besides)
    form.is_valid()
    context = {"warnings": too_often_by(form, request.user, besides)}
    return contact_form.render(request, "relationships/_too_often.html", context)
