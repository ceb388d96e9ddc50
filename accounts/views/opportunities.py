"""Opportunities: what accounts may buy, from the first word of it to the outcome."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import seen_account, seen_opportunity, worked_opportunity
from accounts.models import Opportunity
from accounts.opportunity_forms import CloseForm, OpenOpportunityForm, OpportunityForm
from accounts.opportunity_list import OPPORTUNITY_LIST
from accounts.views.answers import show_opportunity_form
from pages.htmx import toast
from records.editing import attempt, store
from records.list_page import show

AT_ONCE = 50


@require_safe
def list_opportunities(request: HttpRequest) -> HttpResponse:
    return show(request, OPPORTUNITY_LIST, "accounts/opportunities.html")


@require_safe
def of_account(request: HttpRequest, pk: Any) -> HttpResponse:
    """The Opportunities tab: what is open by its expected close, and what was decided last."""
    account = seen_account(request, pk)
    rows = Opportunity.objects.present().filter(account=account).select_related("lost_to")
    context = {
        "account": account,
        "open": rows.filter(outcome="").order_by("ends_on", "id")[:AT_ONCE],
        "closed": rows.exclude(outcome="").order_by("-ends_on", "-id")[:AT_ONCE],
        "may_change": account.is_on_team(request.user),
    }
    return render(request, "accounts/account_opportunities.html", context)


@require_safe
def detail(request: HttpRequest, pk: Any) -> HttpResponse:
    """One opportunity: what is known of it, and how it ended."""
    opportunity = seen_opportunity(request, pk)
    may_change = opportunity.account.is_on_team(request.user)
    return render(request, "accounts/opportunity.html", {"opportunity": opportunity, "may_change": may_change})


def create(request: HttpRequest) -> HttpResponse:
    """A new one, at the account the address names or one that is chosen."""
    form = OpenOpportunityForm(request.POST or None, user=request.user, asked=request.GET.get("account", ""))
    if request.method == "POST" and form.is_valid():
        opportunity = attempt(form, lambda: Opportunity.open(by=request.user, **form.values()))
        if opportunity is not None:
            toast(request, _("%(name)s is added.") % {"name": opportunity})
            return redirect(opportunity)
    context = {"form": form, "back": reverse("opportunities:list")}
    return render(request, "accounts/edit_opportunity.html", context, status=422 if form.is_bound else 200)


def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    opportunity = worked_opportunity(request, pk)
    form = OpportunityForm(request.POST or None, instance=opportunity)
    name, status, conflict = opportunity.name, 200, None
    if request.method == "POST":
        if form.is_valid():
            rows = Opportunity.objects.worked_by(request.user)
            conflict = store(form, rows, pk, lambda row: row.change(by=request.user, **form.values()))
        if conflict is None and form.is_valid():
            toast(request, _("Saved."))
            return redirect(opportunity)
        status = 409 if conflict else 422
    context = {"form": form, "opportunity": opportunity, "name": name, "conflict": conflict}
    return render(
        request, "accounts/edit_opportunity.html", context | {"back": opportunity.get_absolute_url()}, status=status
    )


def close(request: HttpRequest, pk: Any) -> HttpResponse:
    """It was decided: won, lost and to whom, or dropped, and why."""
    opportunity = worked_opportunity(request, pk)
    if not opportunity.is_open:
        raise Http404
    form = CloseForm(request.POST or None, opportunity=opportunity)
    posted = request.method == "POST" and form.is_valid()
    if posted and attempt(form, lambda: form.decide(opportunity, by=request.user)):
        undo = reverse("opportunities:reopen", args=[pk])
        toast(request, _("%(name)s is closed.") % {"name": opportunity}, undo=undo)
        return redirect(opportunity)
    context = {"form": form, "opportunity": opportunity, "back": opportunity.get_absolute_url()}
    title = _("How did “%(name)s” end?") % {"name": opportunity.name}
    status = 422 if form.is_bound else 200
    return show_opportunity_form(request, title, status=status, action=_("Close the opportunity"), **context)


@require_POST
def reopen(request: HttpRequest, pk: Any) -> HttpResponse:
    """It is not decided after all."""
    opportunity = worked_opportunity(request, pk)
    if not opportunity.is_open:
        opportunity.reopen(by=request.user)
        toast(request, _("%(name)s is open again.") % {"name": opportunity})
    return redirect(opportunity)


@require_POST
def remove(request: HttpRequest, pk: Any) -> HttpResponse:
    opportunity = worked_opportunity(request, pk)
    opportunity.remove(by=request.user)
    undo = reverse("opportunities:restore", args=[pk])
    toast(request, _("%(name)s is removed.") % {"name": opportunity}, undo=undo)
    return redirect("opportunities:of_account", opportunity.account_id)


@require_POST
def restore(request: HttpRequest, pk: Any) -> HttpResponse:
    opportunity = get_object_or_404(Opportunity.objects.restorable_by(request.user), pk=pk)
    opportunity.restore(by=request.user)
    toast(request, _("%(name)s is back.") % {"name": opportunity})
    return redirect(opportunity)
