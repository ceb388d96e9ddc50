"""Decision roles of a person: giving, changing, ending."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.access import worked_account
from accounts.models import Account
from accounts.views.answers import show_form as show_account_form
from pages.addresses import place_if_any
from pages.htmx import go, toast
from records.editing import attempt
from stakeholders.access import asked_id, seen_person, worked_role
from stakeholders.forms import AssignForm, ChangeRoleForm, EndRoleForm, FillForm
from stakeholders.models import DecisionRole
from stakeholders.views.answers import answer, show_form
from stakeholders.views.posts import place_of


def assign(request: HttpRequest, pk: Any) -> HttpResponse:
    """A role at one account; outsiders can hold one where they hold no post."""
    person = seen_person(request, pk)
    place, account = place_of(request, person.account)
    account = worked_account(request, account.pk)
    form = AssignForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        role = attempt(form, lambda: DecisionRole.assign(person, account, by=request.user, **form.cleaned_data))
        if role is not None:
            toast(request, _("%(name)s is now %(role)s.") % {"name": person.name, "role": role.get_letter_display()})
            return go(request, person)
    context = {"form": form, "person": person, "back": person.get_absolute_url(), "action": _("Give the role")}
    context |= {"place": place} if person.is_outsider else {}
    return show_form(
        request, _("Role of %(name)s") % {"name": person.name}, status=422 if form.is_bound else 200, **context
    )


def fill(request: HttpRequest, pk: Any) -> HttpResponse:
    """A role of the account's chain, or of an opportunity the address names: who takes it."""
    account = worked_account(request, pk)
    asked = {name: request.GET[name] for name in ("letter", "opportunity") if request.GET.get(name)}
    form = FillForm(request.POST or None, account=account, initial=asked)
    back = chain_of(account, asked.get("opportunity", ""))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        person = told.pop("person")
        role = attempt(form, lambda: DecisionRole.assign(person, account, by=request.user, **told))
        if role is not None:
            toast(request, _("%(name)s is now %(role)s.") % {"name": person.name, "role": role.get_letter_display()})
            return go(request, chain_of(account, str(role.opportunity_id or "")))
    context = {"form": form, "account": account, "back": back, "action": _("Give the role")}
    return show_account_form(request, _("Who holds the role?"), status=422 if form.is_bound else 200, **context)


def chain_of(account: Account, opportunity: str) -> str:
    """The page of the chain a seat belongs to; the account's own page while nobody above serves it."""
    if opportunity and (key := asked_id(opportunity)):
        return place_if_any("relationships:opportunity_chain", key) or account.get_absolute_url()
    return place_if_any("relationships:chain", account.pk) or account.get_absolute_url()


def change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Power, the primary mark, the day it began."""
    role = worked_role(request, pk)
    form = ChangeRoleForm(request.POST or None, instance=role)
    return answer(
        request,
        titled(role),
        DecisionRole.objects.all(),
        pk,
        lambda row: row.change(by=request.user, **form.values()),
        told=_("Saved."),
        **about(role, form),
        action=_("Save"),
    )


def end(request: HttpRequest, pk: Any) -> HttpResponse:
    """The person holds the role no longer."""
    role = worked_role(request, pk)
    if role.until:
        raise Http404
    form = EndRoleForm(request.POST or None, instance=role)
    return answer(
        request,
        titled(role),
        DecisionRole.objects.all(),
        pk,
        lambda row: row.end(form.values()["until"], by=request.user),
        told=_("The role has ended; the seat is vacant."),
        **about(role, form),
        action=_("End the role"),
    )


def titled(role: DecisionRole) -> str:
    return f"{role.stakeholder.name} · {role.get_letter_display()}"


def about(role: DecisionRole, form: Any) -> dict[str, Any]:
    person = role.stakeholder
    return {"form": form, "person": person, "to": person, "back": person.get_absolute_url()}
