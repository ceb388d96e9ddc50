"""One person: the page, adding, editing, key status, removing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import worked_account
from accounts.models import Account
from pages.htmx import go, toast
from records.editing import attempt, store
from stakeholders import leaving, person_page
from stakeholders.access import asked_id, seen_person, survivor_seen, worked_person
from stakeholders.forms import AddForm, ContactForm, EditForm, Rows
from stakeholders.look_alikes import LookAlike, look_alikes, unless_told
from stakeholders.models import Position, Stakeholder


@require_safe
def detail(request: HttpRequest, pk: Any) -> HttpResponse:
    """The page of a person; that of a merged twin leads to the survivor."""
    try:
        person = seen_person(request, pk)
    except Http404:
        if survivor := survivor_seen(request, pk):
            return redirect(survivor)
        raise
    return render(request, "stakeholders/detail.html", person_page.context(person, request.user))


def add(request: HttpRequest, account: Any) -> HttpResponse:
    """A new person of an account, in a vacant seat if the address names one; whoever looks like them is shown first."""
    account = worked_account(request, account)
    seat = vacant_seat(account, request.GET.get("seat", ""))
    initial = (
        {"title": seat.title, "unit": seat.unit_id, "level": seat.level, "reports_to": seat.reports_to_id}
        if seat
        else {}
    )
    form = AddForm(request.POST or None, account=account, initial=initial)
    contacts = Rows(ContactForm, request.POST or None, initial=[{"kind": "mobile"}, {"kind": "email"}], blank=0)
    may_be_meant = []
    if request.method == "POST" and not contacts.only_reshapes and form.is_valid() and contacts.is_valid():
        may_be_meant = unless_told(likely(request, account, form, contacts), request.POST.getlist("told_of"))
        person = (
            None
            if may_be_meant
            else attempt(
                form,
                lambda: leaving.welcome(
                    account, by=request.user, seat=seat, post=form.post(), contacts=contacts.values(), **form.person()
                ),
            )
        )
        if person is not None:
            toast(request, _("%(name)s is added.") % {"name": person})
            return redirect(person)
    status = 422 if form.is_bound and not contacts.only_reshapes else 200
    context = {"form": form, "contacts": contacts, "account": account, "seat": seat, "look_alikes": may_be_meant}
    return render(request, "stakeholders/add.html", context, status=status)


def likely(request: HttpRequest, account: Account, form: AddForm, contacts: Rows) -> list[LookAlike]:
    """Who may be meant by what is typed so far; a number that is none is no trace."""
    ways = [row.cleaned_data for row in contacts.rows if row.is_filled and row.is_valid()]
    typed = {name: form.cleaned_data.get(name, "") for name in ("other_names", "title")}
    return look_alikes(account, request.user, form.cleaned_data.get("name", ""), ways=ways, **typed)


@require_POST
def show_look_alikes(request: HttpRequest, account: Any) -> HttpResponse:
    """The same while somebody types; nothing is stored."""
    account = worked_account(request, account)
    form, contacts = AddForm(request.POST, account=account), Rows(ContactForm, request.POST)
    form.is_valid()
    return render(request, "stakeholders/_look_alikes.html", {"look_alikes": likely(request, account, form, contacts)})


def vacant_seat(account: Any, pk: str) -> Position | None:
    """The seat an address names, if it is one of this account that nobody took."""
    seats = Position.objects.present().filter(account=account, until__isnull=False, succeeded_by=None)
    return seats.select_related("stakeholder").filter(pk=asked_id(pk)).first()


def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    person = worked_person(request, pk)
    name, status, conflict = person.name, 200, None
    form = EditForm(request.POST or None, instance=person, reads_notes=True)
    if request.method == "POST":
        if form.is_valid():
            rows = Stakeholder.objects.worked_by(request.user)
            conflict = store(form, rows, pk, lambda row: row.change(by=request.user, **form.values()))
        if conflict is None and form.is_valid():
            toast(request, _("Saved."))
            return redirect("stakeholders:detail", pk)
        status = 409 if conflict else 422
    context = {"form": form, "person": person, "name": name, "conflict": conflict}
    return render(request, "stakeholders/edit.html", context, status=status)


@require_POST
def confirm_key(request: HttpRequest, pk: Any) -> HttpResponse:
    """Somebody looked and agrees with the key status."""
    person = worked_person(request, pk)
    person.confirm_key_status(person.account.today(), by=request.user)
    toast(request, _("The key status of %(name)s is confirmed.") % {"name": person})
    return go(request, person)


@require_POST
def watch(request: HttpRequest, pk: Any) -> HttpResponse:
    """Turn watching on or off."""
    person = worked_person(request, pk)
    person.change(by=request.user, because="watching_changed", is_watched=not person.is_watched)
    told = (
        _("%(name)s is watched: silence raises an alert.") if person.is_watched else _("%(name)s is no longer watched.")
    )
    toast(request, told % {"name": person}, undo=request.path)
    return go(request, person)


@require_POST
def remove(request: HttpRequest, pk: Any) -> HttpResponse:
    person = worked_person(request, pk)
    person.erase(by=request.user)
    toast(request, _("%(name)s is removed.") % {"name": person}, undo=reverse("stakeholders:restore", args=[pk]))
    return go(request, reverse("stakeholders:of_account", args=[person.account_id]))


@require_POST
def restore(request: HttpRequest, pk: Any) -> HttpResponse:
    person = get_object_or_404(Stakeholder.objects.removed_under(request.user), pk=pk)
    person.bring_back(by=request.user)
    toast(request, _("%(name)s is back.") % {"name": person})
    return go(request, person)
