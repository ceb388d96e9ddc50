"""Influence of people on each other: drawing, changing, ending an edge, from either person's page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pages.htmx import go, toast
from records.editing import attempt
from stakeholders.access import asked_id, reached_person, works_with
from stakeholders.forms import ChangeInfluenceForm, DrawForm
from stakeholders.models import Influence, Stakeholder
from stakeholders.views.answers import answer, show_form


def draw(request: HttpRequest, pk: Any) -> HttpResponse:
    """A new edge from or onto this person."""
    person = reached_person(request, pk)
    form = DrawForm(request.POST or None, person=person, user=request.user)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: form.draw(by=request.user)):
        toast(request, _("The influence is noted."))
        return go(request, person)
    context = {"form": form, "person": person, "back": person.get_absolute_url(), "action": _("Note the influence")}
    title = _("Influence of and on %(name)s") % {"name": person.name}
    return show_form(request, title, status=422 if form.is_bound else 200, **context)


def change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Strength, tone, nature, note, the day it began."""
    edge = worked_influence(request, pk)
    form = ChangeInfluenceForm(request.POST or None, instance=edge)
    person = asked_end(request, edge)
    return answer(
        request,
        str(edge),
        Influence.objects.all(),
        pk,
        lambda row: row.change(by=request.user, **form.values()),
        told=_("Saved."),
        to=person,
        form=form,
        person=person,
        back=person.get_absolute_url(),
        action=_("Save"),
    )


@require_POST
def end(request: HttpRequest, pk: Any) -> HttpResponse:
    """It holds no longer, from today on."""
    edge = worked_influence(request, pk)
    if edge.until is None:
        edge.end(edge.account.today(), by=request.user)
    undo = reverse("stakeholders:resume_influence", args=[pk])
    toast(request, _("The influence has ended."), undo=undo)
    return go(request, asked_end(request, edge))


@require_POST
def resume(request: HttpRequest, pk: Any) -> HttpResponse:
    """It had not ended after all."""
    edge = worked_influence(request, pk)
    try:
        edge.resume(None, by=request.user)
        toast(request, _("The influence holds again."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return go(request, asked_end(request, edge))


def worked_influence(request: HttpRequest, pk: Any) -> Influence:
    """An edge both of whose people are in sight, for whoever works with one of them."""
    edges = Influence.objects.visible_to(request.user).select_related("account", "source__account", "target__account")
    edge = get_object_or_404(edges, pk=pk)
    if not any(works_with(request.user, person) for person in (edge.source, edge.target)):
        raise PermissionDenied
    return edge


def asked_end(request: HttpRequest, edge: Influence) -> Stakeholder:
    """The person whose page the reader came from: the source unless the address names the target."""
    return edge.target if asked_id(request.GET.get("at", "")) == edge.target_id else edge.source
