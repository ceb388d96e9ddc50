"""The stances of an opportunity: the grid, one person's history in it, and who competes with us."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import seen_opportunity, worked_opportunity
from accounts.models import Competitor, Contender, Opportunity
from pages.htmx import target, toast
from records.editing import attempt
from relationships.forms.stance import ContendForm, StanceForm, read_grid
from relationships.models import Stance
from relationships.stance_grid import US, Grid, figures
from stakeholders.models import Stakeholder

HISTORY = 60


def stances(request: HttpRequest, pk: Any) -> HttpResponse:
    """The grid; sent back, what was changed in it is judged as of today, all of it or nothing."""
    opportunity = asked_opportunity(request, pk)
    grid, errors = Grid(opportunity, request.user), {}
    if request.method == "POST":
        changed, errors = read_grid(request.POST, grid)
        if not errors:
            keep(changed, grid, request)
            if target(request) != "stances":
                return redirect("relationships:stances", pk)
            grid = Grid(opportunity, request.user)
    template = "relationships/_stances.html" if target(request) == "stances" else "relationships/stances.html"
    return render(request, template, page_of(grid, errors, request), status=422 if errors else 200)


def asked_opportunity(request: HttpRequest, pk: Any) -> Opportunity:
    """To look at for whoever sees it, to judge in for its account's team."""
    return worked_opportunity(request, pk) if request.method == "POST" else seen_opportunity(request, pk)


def keep(changed: list, grid: Grid, request: HttpRequest) -> None:
    """Each of them a judgement of its own."""
    rivals = {each.competitor_id: each.competitor for each in grid.contenders}
    with transaction.atomic():
        for person, supplier, value in changed:
            rival = None if supplier == US else rivals[supplier]
            Stance.judge(grid.opportunity, person, rival, value, by=request.user)


def page_of(grid: Grid, errors: dict, request: HttpRequest) -> dict[str, Any]:
    """Rows and figures, with what was typed where it could not be read."""
    return {
        "opportunity": grid.opportunity,
        "grid": grid,
        "rows": [row_of(grid, person, errors) for person in grid.shown],
        "more": len(grid.people) - len(grid.shown),
        "errors": list(dict.fromkeys(why for _typed, why in errors.values())),
        "may_change": grid.opportunity.account.is_on_team(request.user),
        "contend": ContendForm(),
        "competitors": Competitor.objects.present().order_by("name").values_list("name", flat=True)[:100],
        **figures(grid),
    }


def row_of(grid: Grid, person: Stakeholder, errors: dict) -> dict[str, Any]:
    cells = [grid.cell(person.pk, supplier) for supplier in (US, *grid.rivals)]
    names = [str(_("us")), *grid.rivals.values()]
    return {
        "person": person,
        "is_seen": person.pk in grid.seen,
        "letters": grid.letters(person.pk),
        "power": grid.powers.get(person.pk),
        "cells": [{"cell": marked(cell, errors), "supplier": name} for cell, name in zip(cells, names, strict=True)],
    }


def marked(cell: Any, errors: dict) -> Any:
    typed, why = errors.get(cell.name, ("", ""))
    return replace(cell, typed=typed, error=why) if why else cell


def stance(request: HttpRequest, pk: Any, person: Any) -> HttpResponse:
    """One person in this opportunity: how they stood toward whom, and a new judgement with its reason."""
    opportunity = asked_opportunity(request, pk)
    chosen = get_object_or_404(Stakeholder.objects.visible_to(request.user), pk=person)
    form = StanceForm(request.POST or None, opportunity=opportunity)
    if form.is_bound and form.is_valid() and attempt(form, lambda: judged(opportunity, chosen, form, request)):
        toast(request, _("Saved."))
        return redirect("relationships:stances", pk)
    rows = Stance.objects.visible_to(request.user).filter(opportunity=opportunity, stakeholder=chosen)
    context = {
        "opportunity": opportunity,
        "person": chosen,
        "form": form,
        "history": rows.select_related("competitor", "author").oldest_first().reverse()[:HISTORY],
        "may_change": opportunity.account.is_on_team(request.user),
    }
    return render(request, "relationships/stance.html", context, status=422 if form.is_bound else 200)


def judged(opportunity: Opportunity, person: Stakeholder, form: StanceForm, request: HttpRequest) -> Stance:
    told = form.values()
    return Stance.judge(opportunity, person, told.pop("competitor"), told.pop("value"), by=request.user, **told)


@require_POST
def contend(request: HttpRequest, pk: Any) -> HttpResponse:
    """A competitor takes part in the opportunity."""
    opportunity = worked_opportunity(request, pk)
    form = ContendForm(request.POST)
    try:
        if form.is_valid():
            Contender.enter(opportunity, form.cleaned_data["name"], by=request.user)
        else:
            messages.error(request, _("Name the competitor."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("relationships:stances", pk)


@require_POST
def leave_contest(request: HttpRequest, pk: Any, contender: Any) -> HttpResponse:
    """A competitor takes part no longer; stances toward it are kept."""
    opportunity = worked_opportunity(request, pk)
    row = get_object_or_404(Contender.objects.of(opportunity), pk=contender)
    row.remove(by=request.user, because="contender_left")
    undo = reverse("relationships:return_to_contest", args=[pk, contender])
    toast(request, _("%(name)s takes part no longer.") % {"name": row}, undo=undo)
    return redirect("relationships:stances", pk)


@require_POST
def return_to_contest(request: HttpRequest, pk: Any, contender: Any) -> HttpResponse:
    """It takes part after all."""
    opportunity = worked_opportunity(request, pk)
    row = get_object_or_404(Contender.objects.filter(opportunity=opportunity), pk=contender)
    if not Contender.objects.of(opportunity).filter(competitor=row.competitor_id).exists():
        row.restore(by=request.user, because="contender_returned")
    return redirect("relationships:stances", pk)
