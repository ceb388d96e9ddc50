"""One interaction: read, correct, tick off, take away."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pages.htmx import announce, go, target, toast
from records.editing import store
from relationships.forms import LogForm, PlanForm
from relationships.forms.falling_through import CancelForm, MissForm
from relationships.forms.fields import WORD_OF
from relationships.models import Interaction
from relationships.rights import may_log_at
from relationships.too_often import warnings_of
from relationships.views import contact_form
from relationships.views.contact_form import Sheet, copied
from relationships.views.scope import changeable, seen
from stakeholders.known_here import known_here


@require_safe
def detail(request: HttpRequest, pk: Any) -> HttpResponse:
    """Everything known of it, and what can be done next."""
    interaction = seen(request, pk)
    return render(request, "relationships/interaction.html", shown(request, interaction))


def shown(request: HttpRequest, interaction: Interaction) -> dict[str, Any]:
    there = interaction.participants.select_related("stakeholder")
    there = there.annotate(**known_here(interaction.account, "stakeholder__"))
    steps = interaction.next_steps.present().select_related("account", "owner", "stakeholder")
    return {
        "interaction": interaction,
        "participants": there.order_by("rank_here", "stakeholder__sort_key", "id"),
        "colleagues": interaction.colleagues.select_related("user").order_by("user__full_name"),
        "checklist": interaction.checklist.order_by("place", "id"),
        "next_steps": steps.order_by("due_on", "id"),
        "may_change": interaction.can_be_changed_by(request.user),
        "may_log": may_log_at(interaction.account, request.user),
        "today": interaction.account.today(),
        "warnings": warnings_of(interaction, request.user) if is_ahead(interaction) else [],
    }


def is_ahead(interaction: Interaction) -> bool:
    return interaction.state == Interaction.State.PLANNED and not interaction.is_overdue


# Correcting -----------------------------------------------------------------------------------------------------------


def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Correct what is written down; what it fed is computed anew."""
    interaction = changeable(request, pk)
    is_plan = interaction.state == Interaction.State.PLANNED
    action = reverse("relationships:edit", args=[pk])
    sheet = Sheet(_("Edit"), _("Save"), action, is_plan=is_plan, interaction=interaction)
    if is_plan:
        return write(request, sheet, PlanForm, as_planned(interaction), correct)
    return write(request, sheet, LogForm, as_logged(interaction), correct)


def complete(request: HttpRequest, pk: Any) -> HttpResponse:
    """It took place: the plan fills the form in. What is sent after somebody was quicker is not lost."""
    interaction = changeable(request, pk)
    if interaction.state != Interaction.State.PLANNED and request.method != "POST":
        return go(request, interaction)
    action = reverse("relationships:complete", args=[pk])
    sheet = Sheet(_("It took place"), _("Save"), action, draft=f"complete-{pk}", interaction=interaction)
    return write(request, sheet, LogForm, as_taking_place(interaction), take_place)


def correct(row: Interaction, form: Any, *, by: Any) -> None:
    """A correction keeps its place in the tray, its beginning where none was typed, and writes a next step down."""
    values = form.values()
    next_step = values.pop("next_step", None)
    if values["held_on"] == row.held_on and form.cleaned_data["time"] == row.clock:
        values["starts_at"] = row.starts_at  # to the second, and the later one of an hour that comes twice
    if isinstance(form, LogForm):
        values["is_unfinished"] = row.is_unfinished and values["is_unfinished"]
    row.change(by=by, **values)
    row.lead_to(next_step, by=by)


def take_place(row: Interaction, form: Any, *, by: Any) -> None:
    """Where another tab told it already, and its version was shown beside this one, this corrects it."""
    if row.state == Interaction.State.DONE:
        correct(row, form, by=by)
    else:
        row.complete(by=by, **form.values())


def told_already(interaction: Interaction, form: Any) -> bool:
    """Whether this is the send that completed it once more, because its answer was lost."""
    if interaction.state != Interaction.State.DONE:
        return False
    sent = form.values()
    step, here = sent.pop("next_step"), {person.pk for person in sent.pop("people")}
    besides = {user.pk for user in sent.pop("colleagues")} | {interaction.author_id}
    spoken = {person.pk for person in sent.pop("spoken_to")} & here
    there = dict(interaction.participants.values_list("stakeholder_id", "was_spoken_to"))
    return (
        all(getattr(interaction, name) == value for name, value in sent.items())
        and (here, spoken) == (set(there), {pk for pk, was_spoken_to in there.items() if was_spoken_to})
        and besides == set(interaction.colleagues.values_list("user_id", flat=True))
        and (step is None or interaction.next_steps.present().filter(title=step["title"]).exists())
    )


def write(request: HttpRequest, sheet: Sheet, form_class: Any, initial: dict[str, Any], act: Any) -> HttpResponse:
    """Show the form, take a step, or store it under the record's version."""
    interaction = sheet.interaction
    form = form_class(
        request.POST or None,
        initial=initial | {"version": interaction.version},
        account=interaction.account,
        user=request.user,
        record=interaction,
    )
    if not form.is_bound:
        return contact_form.show(request, sheet, form, interaction.account)
    if answer := contact_form.step(request, sheet, form, interaction.account):
        return answer
    conflict = None
    if form.is_valid():
        if found := contact_form.unheard(request, form, interaction):
            return contact_form.show(
                request, sheet, form, interaction.account, status=422, warnings=found, is_warned=True
            )
        if act is take_place and told_already(interaction, form):
            return stored(request, sheet)
        rows = Interaction.objects.visible_to(request.user)
        conflict = store(form, rows, interaction.pk, partial(act, form=form, by=request.user))
    if conflict or form.errors:
        status = 409 if conflict else 422
        return contact_form.show(request, sheet, form, interaction.account, status=status, conflict=conflict)
    return stored(request, sheet)


def stored(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if sheet.draft:
        return announce(
            go(request, reverse("relationships:after", args=[sheet.interaction.pk])),
            "interaction-done",
            "interaction-logged",
        )
    toast(request, _("Saved."))
    return announce(go(request, sheet.interaction), "interaction-changed")


def as_planned(interaction: Interaction) -> dict[str, Any]:
    """A plan as its form shows it."""
    return copied(interaction) | {
        "held_on": interaction.held_on,
        "time": interaction.clock,
        "asked_by_them": interaction.initiative == Interaction.Side.THEIRS,
    }


def as_logged(interaction: Interaction) -> dict[str, Any]:
    """What took place as its form shows it."""
    spoken = interaction.participants.filter(was_spoken_to=True).values_list("stakeholder_id", flat=True)
    return as_planned(interaction) | {
        "when": "pick",
        "spoken_to": list(spoken),
        "summary": interaction.summary,
        "value_given": interaction.value_given,
        "favour_asked": WORD_OF[interaction.favour_asked],
        "is_answered": interaction.is_answered,
    }


def as_taking_place(interaction: Interaction) -> dict[str, Any]:
    """A plan as it is told: on its own day, or now where that is today or ahead; at its time, once that has come."""
    is_over = interaction.held_on < interaction.account.today()
    has_begun = interaction.starts_at is not None and interaction.starts_at <= timezone.now()
    return as_logged(interaction) | {
        "when": "pick" if is_over else "now",
        "held_on": interaction.held_on if is_over else None,
        "time": interaction.clock if is_over or has_begun else None,
        "opened_at": timezone.now().isoformat(),
    }


# What did not happen --------------------------------------------------------------------------------------------------


def cancel(request: HttpRequest, pk: Any) -> HttpResponse:
    """Called off before its day."""
    return fall_through(request, changeable(request, pk), CancelForm, gettext_lazy("Call it off"))


def missed(request: HttpRequest, pk: Any) -> HttpResponse:
    """It did not happen: who called it off, and how."""
    return fall_through(request, changeable(request, pk), MissForm, gettext_lazy("It did not happen"))


def fall_through(request: HttpRequest, interaction: Interaction, form_class: Any, title: Any) -> HttpResponse:
    form = form_class(request.POST or None, initial={"version": interaction.version})
    conflict = None
    if form.is_bound and form.is_valid():
        act = partial(called_off, form=form, by=request.user)
        conflict = store(form, Interaction.objects.visible_to(request.user), interaction.pk, act)
        if not conflict and not form.errors:
            return fallen_through(request, interaction)
    status = 409 if conflict else 422 if form.is_bound else 200
    context = {"interaction": interaction, "form": form, "title": title, "conflict": conflict}
    return render(request, "relationships/falling_through.html", context, status=status)


def called_off(row: Interaction, form: Any, *, by: Any) -> None:
    sent = form.values()
    if "miss" in sent:
        row.mark_missed(sent["called_off_by"], sent["miss"], by=by, reason=sent["reason"])
    else:
        row.cancel(sent["called_off_by"], by=by, reason=sent["reason"])


def fallen_through(request: HttpRequest, interaction: Interaction) -> HttpResponse:
    """Told; the page offers a new date."""
    toast(request, _("Noted."))
    return announce(go(request, interaction), "interaction-changed")


# Checklist, deleting --------------------------------------------------------------------------------------------------


@require_POST
def tick(request: HttpRequest, pk: Any, item: Any) -> HttpResponse:
    """A point of the checklist is seen to, or not yet."""
    interaction = seen(request, pk)
    if not may_tick(interaction, request.user):
        raise PermissionDenied
    point = get_object_or_404(interaction.checklist, pk=item)
    interaction.tick(point, request.POST.get("done") == "yes", by=request.user)
    if target(request) != "checklist":
        return go(request, interaction)
    context = {"interaction": interaction, "checklist": interaction.checklist.order_by("place", "id"), "may_tick": True}
    return render(request, "relationships/_checklist.html", context)


def may_tick(interaction: Interaction, user: Any) -> bool:
    """Whoever takes part prepares it, beside author and managers."""
    return interaction.can_be_changed_by(user) or interaction.colleagues.filter(user=user).exists()


@require_POST
def delete(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take it away, with a way back."""
    interaction = changeable(request, pk)
    interaction.erase(by=request.user)
    toast(request, _("Deleted."), undo=reverse("relationships:restore", args=[pk]))
    return announce(go(request, "relationships:interactions"), "interaction-changed")


@require_POST
def restore(request: HttpRequest, pk: Any) -> HttpResponse:
    """Undo `delete`."""
    removed = Interaction.objects.filter(removed_at__isnull=False).at_visible_accounts(request.user)
    interaction = get_object_or_404(removed.select_related("account"), pk=pk)
    if not interaction.can_be_changed_by(request.user):
        raise PermissionDenied
    interaction.bring_back(by=request.user)
    toast(request, _("It is back."))
    return announce(go(request, interaction), "interaction-changed")
