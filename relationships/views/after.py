"""What came of a contact, and the tray of those nobody has told about yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pages.htmx import announce, go, target, toast
from pages.keyset import keyset
from records.editing import store
from relationships.forms.after import AfterForm
from relationships.models import Interaction
from relationships.views.scope import changeable
from stakeholders.known_here import rank_here

ORDER = ("-held_on", "-id")


def after(request: HttpRequest, pk) -> HttpResponse:
    """Value, favour, note, next step: all may be left out."""
    interaction = changeable(request, pk)
    form = AfterForm(request.POST or None, interaction=interaction, user=request.user)
    if request.method == "POST" and request.POST.get("answer") == "nothing":
        interaction.finish(by=request.user)
        return announce(go(request, interaction), "interaction-changed")
    if request.method == "POST" and form.is_valid():
        return tell(request, interaction, form)
    return page(request, interaction, form, status=422 if form.is_bound else 200)


def page(request: HttpRequest, interaction: Interaction, form: AfterForm, **options) -> HttpResponse:
    conflict, status = options.get("conflict"), options["status"]
    there = interaction.participants.select_related("stakeholder")
    there = there.order_by(rank_here(interaction.account, "stakeholder__"), "stakeholder__sort_key", "id")
    context = {"interaction": interaction, "form": form, "participants": there, "conflict": conflict}
    return render(request, "relationships/after.html", context, status=status)


def tell(request: HttpRequest, interaction: Interaction, form: AfterForm) -> HttpResponse:
    rows = Interaction.objects.visible_to(request.user)
    conflict = store(form, rows, interaction.pk, lambda row: row.finish(by=request.user, **form.told_values()))
    if conflict or form.errors:
        return page(request, interaction, form, conflict=conflict, status=409 if conflict else 422)
    toast(request, _("Thank you, that is told."))
    return announce(go(request, interaction), "interaction-changed")


@require_POST
def nothing_to_add(request: HttpRequest, pk) -> HttpResponse:
    """From the tray itself."""
    interaction = changeable(request, pk)
    interaction.finish(by=request.user)
    toast(request, _("Out of the tray."))
    return announce(go(request, "relationships:tray"), "interaction-changed")


@require_safe
def tray(request: HttpRequest) -> HttpResponse:
    """One's own, latest first."""
    mine = Interaction.objects.visible_to(request.user).done().filter(author=request.user, is_unfinished=True)
    rows = mine.select_related("account", "activity_type").prefetch_related("participants__stakeholder")
    context = {"page": keyset(rows, ORDER, request.GET.get("cursor"))}
    template = "relationships/_tray.html" if target(request) == "tray" else "relationships/tray.html"
    return render(request, template, context)
