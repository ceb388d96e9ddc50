"""How silent people are: of one person, of an account, and of the rows of a list."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account
from pages.templatetags.pages import clock
from relationships.awaited import awaited, next_contacts
from relationships.contact_reasons import last_contact, reasons
from relationships.forms.fields import as_uuid
from relationships.models import ContactRules, ContactState
from relationships.rights import may_log_at
from relationships.views import panel
from relationships.views.scope import account_seen, person_seen
from stakeholders.models import Stakeholder

SHOWN, CLOCKS = 8, 200


@require_safe
def person_state(request: HttpRequest, pk: Any) -> HttpResponse:
    """The state in words, since when, against which gap, and why that gap; for whom the person's own account is out
    of sight, none: it tells when others met them there."""
    person = person_seen(request, pk)
    today = person.account.today()
    row = ContactState.objects.visible_to(request.user).on(today).filter(stakeholder=person).first()
    context = {
        "person": person,
        "row": row,
        "today": today,
        **judged(row, today),
        "reasons": reasons(person, row, today, request.user) if row else None,
        "last": last_contact(person, row, request.user) if row and row.last_contact_on else None,
        "reads_account": Account.objects.visible_to(request.user).filter(pk=person.account_id).exists(),
    }
    return panel.show(request, "relationships/_person_state.html", context)


def judged(row: ContactState | None, today: Any) -> dict[str, Any]:
    """What the clock shows."""
    if row is None:
        return {}
    since = row.last_contact_on
    return {
        "state": row.state(today).value,
        "days": (today - since).days if since else None,
        "is_resting": row.resting_until is not None and row.resting_until >= today,
        "is_too_often": row.too_often_until is not None and row.too_often_until >= today,
    }


@require_safe
def account_quiet(request: HttpRequest, pk: Any) -> HttpResponse:
    """A panel of the account's overview: who has gone quiet, key persons first; whom we meet soon comes last, with
    that day."""
    account = account_seen(request, pk)
    today, policy = account.today(), ContactRules.load()
    rows = ContactState.objects.gone_quiet(today).filter(account=account, raises_alerts=True)
    rows = rows.annotate(is_awaited=awaited(today, policy)).select_related("stakeholder")
    order = ("is_awaited", "stakeholder__key_rank", "stale_on", "stakeholder__sort_key", "stakeholder_id")
    found = list(rows.order_by(*order)[: SHOWN + 1])
    planned = next_contacts([row.stakeholder_id for row in found if row.is_awaited], today, policy, request.user)
    shown = [row for row in found[:SHOWN] if not row.is_awaited or row.stakeholder_id in planned]
    context = {
        "account": account,
        "people": [
            {"person": row.stakeholder, "gap": row.gap, "plan": planned.get(row.stakeholder_id), **judged(row, today)}
            for row in shown
        ],
        "has_more": len(found) > SHOWN,
        "may_log": may_log_at(account, request.user),
    }
    return panel.show(request, "relationships/_account_quiet.html", context)


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """The clocks of the rows of a list, by person; two queries, however many rows."""
    asked = [pk for pk in map(as_uuid, request.GET.getlist("id")[:CLOCKS]) if pk]
    seen = (
        Stakeholder.objects.visible_to(request.user)
        .filter(pk__in=asked)
        .select_related("account")
        .only("id", "account__time_zone")
    )
    days = {person.pk: person.account.today() for person in seen}
    marks = {}
    for row in ContactState.objects.visible_to(request.user).filter(stakeholder__in=list(days)):
        today = days[row.stakeholder_id]
        if row.starts_on <= today < row.ends_on:
            shown = judged(row, today)
            marks[str(row.stakeholder_id)] = clock(shown["state"], shown["days"], row.gap, resting=shown["is_resting"])
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(marks)
    return render(request, "relationships/_clocks.html", {"marks": marks})
