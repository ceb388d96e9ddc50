"""The small rows of a person: ways to reach them, care dates."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pages.conflict import Conflict, Difference
from pages.htmx import toast
from records.editing import store
from stakeholders.access import reached_person, worked_person
from stakeholders.forms import CareDateForm, ContactForm, Rows
from stakeholders.models import CareDate, ContactMethod, Stakeholder


def contacts(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ways to reach somebody, edited together; the one marked as main stands first."""
    person = reached_person(request, pk)
    stored = contact_values(person)
    form = Rows(ContactForm, request.POST or None, initial=stored, version=person.version)
    return edit_rows(
        request,
        person,
        form,
        title=_("Ways to reach %(name)s") % {"name": person.name},
        part="contacts",
        act=lambda row: row.set_contacts(form.values(), by=request.user),
        told=lambda row: contact_values(row),
    )


def care_dates(request: HttpRequest, pk: Any) -> HttpResponse:
    person = worked_person(request, pk)
    stored = care_values(person)
    form = Rows(CareDateForm, request.POST or None, initial=stored, version=person.version)
    return edit_rows(
        request,
        person,
        form,
        title=_("Care dates of %(name)s") % {"name": person.name},
        part="care_dates",
        act=lambda row: row.set_care_dates(form.values(), by=request.user),
        told=lambda row: care_values(row),
    )


def edit_rows(
    request: HttpRequest, person: Stakeholder, form: Rows, *, title: str, part: str, act: Callable, told: Callable
) -> HttpResponse:
    """Show the rows, add or drop one, or store them all under the person's version."""
    status, conflict = 200, None
    if request.method == "POST" and not form.only_reshapes:
        if form.is_valid():
            rows = Stakeholder.objects.visible_to(request.user)
            conflict = store(form, rows, person.pk, act)
        if conflict is None and form.is_valid():
            toast(request, _("Saved."))
            return redirect("stakeholders:detail", person.pk)
        status = 409 if conflict else 422
    if conflict:
        conflict = both(conflict, form, told(person), title)
    context = {"person": person, "form": form, "title": title, "part": part, "conflict": conflict}
    return render(request, f"stakeholders/{part}.html", context, status=status)


def both(conflict: Conflict, form: Rows, stored: list[dict], label: str) -> Conflict:
    """The rows typed beside the rows stored."""
    difference = Difference(label, "", in_lines(form.values()), in_lines(stored), None)
    return replace(conflict, differences=[difference])


def in_lines(rows: list[dict]) -> str:
    kinds = dict(ContactMethod.Kind.choices) | dict(CareDate.Kind.choices)
    return "\n".join(" ".join([str(kinds[row["kind"]]), *details(row)]) for row in rows) or "—"


def details(row: dict) -> list[str]:
    if "value" in row:
        return [row["value"]]
    day = "-".join(str(row[name]) for name in ("year", "month", "day") if row.get(name))
    return [day, *([_("lunar")] if row.get("is_lunar") else []), *([row["note"]] if row.get("note") else [])]


def contact_values(person: Stakeholder) -> list[dict]:
    """The stored rows, the main one first."""
    return list(person.contact_methods.order_by("-is_primary", "id").values("kind", "value", "normalised"))


def care_values(person: Stakeholder) -> list[dict]:
    return list(person.care_dates.order_by("month", "day", "id").values(*CareDate.SAYS))
