"""Next steps: list, add, edit, put off, finish."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from pages.htmx import announce, go, toast
from records.editing import attempt, store
from records.list_page import show
from relationships.forms.action import ActionForm, FinishForm
from relationships.forms.fields import as_uuid
from relationships.lists import ACTION_LIST
from relationships.models import Action, Interaction
from relationships.rights import may_log_at
from relationships.views.scope import account_seen, action_changeable, action_seen, person_seen
from stakeholders.models import Stakeholder


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """One's own open ones, or those asked for."""
    return show(request, ACTION_LIST, "relationships/actions.html")


def action(request: HttpRequest, pk: Any) -> HttpResponse:
    """One next step; whoever may, edits it here. Put off, it keeps its first day."""
    row = action_changeable(request, pk) if request.method == "POST" else action_seen(request, pk)
    form = ActionForm(
        request.POST or None,
        initial=as_form(row),
        account=row.account,
        user=request.user,
        person=row.stakeholder,
        owner=row.owner,
    )
    conflict = None
    if form.is_bound and form.is_valid():
        conflict = store(form, Action.objects.visible_to(request.user), pk, partial(change, form=form, by=request.user))
        if not conflict and not form.errors:
            toast(request, _("Saved."))
            return announce(go(request, row), "action-changed")
    return page(request, row, form=form, conflict=conflict)


def change(row: Action, form: ActionForm, *, by: Any) -> None:
    row.change(by=by, **form.values())


def as_form(row: Action) -> dict[str, Any]:
    names = ("title", "due_on", "review_on", "version")
    related = {"owner": row.owner_id, "stakeholder": row.stakeholder_id, "activity_type": row.activity_type_id}
    return {name: getattr(row, name) for name in names} | related


def page(request: HttpRequest, row: Action, *, form: Any, finish: Any = None, conflict: Any = None) -> HttpResponse:
    bound = form.is_bound or (finish is not None and finish.is_bound)
    context = {
        "action": row,
        "form": form,
        "finish": finish or FinishForm(initial={"version": row.version, "result": row.result}),
        "conflict": conflict,
        "may_change": row.can_be_changed_by(request.user),
        "today": row.account.today(),
    }
    return render(request, "relationships/action.html", context, status=409 if conflict else 422 if bound else 200)


def add_action(request: HttpRequest) -> HttpResponse:
    """A next step at an account, for a person, or from an interaction."""
    account, links = place_of(request)
    if not may_log_at(account, request.user):
        raise PermissionDenied
    person = links.get("stakeholder")
    initial = {"stakeholder": person.pk if person else None}
    form = ActionForm(request.POST or None, initial=initial, account=account, user=request.user, person=person)
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: add(account, form, links, request))
        if made:
            toast(request, _("Next step added."), undo=reverse("relationships:drop_action", args=[made.pk]))
            return announce(go(request, links.get("interaction") or made), "action-changed")
    status = 422 if form.is_bound else 200
    return render(request, "relationships/add_action.html", {"form": form, "account": account}, status=status)


def add(account: Account, form: ActionForm, links: dict[str, Any], request: HttpRequest) -> Action:
    values = form.values()
    return Action.add(
        account,
        values.pop("title"),
        values.pop("due_on"),
        by=request.user,
        interaction=links.get("interaction"),
        **values,
    )


def place_of(request: HttpRequest) -> tuple[Account, dict[str, Stakeholder | Interaction]]:
    """The account the address leads to, and what the next step hangs on."""
    asked = {name: as_uuid(request.GET.get(name)) for name in ("interaction", "person", "account")}
    if asked["interaction"]:
        found = (
            Interaction.objects.visible_to(request.user)
            .filter(pk=asked["interaction"])
            .select_related("account")
            .first()
        )
        if found is None:
            raise Http404
        return found.account, {"interaction": found}
    if asked["person"]:
        person = person_seen(request, asked["person"])
        return account_seen(request, asked["account"] or person.account_id), {"stakeholder": person}
    return account_seen(request, asked["account"]), {}


@require_POST
def finish_action(request: HttpRequest, pk: Any) -> HttpResponse:
    """It is done, with what it brought."""
    row = action_changeable(request, pk)
    form, conflict = FinishForm(request.POST), None
    if form.is_valid():
        rows = Action.objects.visible_to(request.user)
        conflict = store(form, rows, pk, partial(finish, form=form, by=request.user))
    if conflict or form.errors:
        edited = ActionForm(
            initial=as_form(row), account=row.account, user=request.user, person=row.stakeholder, owner=row.owner
        )
        return page(request, row, form=edited, finish=form, conflict=conflict)
    toast(request, _("Done."), undo=reverse("relationships:reopen_action", args=[pk]))
    return announce(go(request, row), "action-changed")


def finish(row: Action, form: FinishForm, *, by: Any) -> None:
    row.finish(row.account.today(), by=by, result=form.cleaned_data["result"])


@require_POST
def reopen_action(request: HttpRequest, pk: Any) -> HttpResponse:
    """Undo `finish_action`."""
    row = action_changeable(request, pk)
    row.reopen(by=request.user)
    toast(request, _("Open again."))
    return announce(go(request, row), "action-changed")


@require_POST
def drop_action(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take it away, with a way back."""
    row = action_changeable(request, pk)
    row.remove(by=request.user, because="action_removed")
    toast(request, _("Deleted."), undo=reverse("relationships:restore_action", args=[pk]))
    return announce(
        go(
            request,
            row.interaction if row.interaction_id and not row.interaction.is_removed else "relationships:actions",
        ),
        "action-changed",
    )


@require_POST
def restore_action(request: HttpRequest, pk: Any) -> HttpResponse:
    """Undo `drop_action`."""
    row = (
        Action.objects.filter(pk=pk, account__in=Account.objects.visible_to(request.user))
        .select_related("account")
        .first()
    )
    if row is None:
        raise Http404
    if not row.can_be_changed_by(request.user):
        raise PermissionDenied
    row.restore(by=request.user, because="action_restored")
    toast(request, _("It is back."))
    return announce(go(request, row), "action-changed")
