"""Figures that accounts show and do not know: how many have gone quiet, how many of the key people are kept."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.calendar import days_now, on_each_day
from accounts.models import Account
from relationships.awaited import awaited
from relationships.forms.fields import as_uuid
from relationships.models import ContactRules, ContactState
from relationships.views.scope import account_seen

MOST = 100


@require_safe
def account_summary(request: HttpRequest, pk: Any) -> HttpResponse:
    """The right side of an account's header: key people in touch, and people gone quiet."""
    account = account_seen(request, pk)
    today = account.today()
    is_awaited = awaited(today, ContactRules.load())
    counts = (
        ContactState.objects.on(today)
        .filter(account=account)
        .aggregate(
            key=Count("pk", filter=Q(stakeholder__is_key=True)),
            kept=Count("pk", filter=Q(stakeholder__is_key=True, stale_on__gt=today)),
            quiet=Count("pk", filter=Q(~is_awaited, raises_alerts=True, stale_on__lte=today)),
        )
    )
    return render(request, "relationships/_account_summary.html", {"account": account, **counts})


@require_safe
def quiet_in_accounts(request: HttpRequest) -> HttpResponse:
    """How many have gone quiet in each account of a list, out of band; four queries, however many rows."""
    asked = [pk for pk in map(as_uuid, request.GET.get("accounts", "").split(",")[:MOST]) if pk]
    seen = Account.objects.visible_to(request.user).filter(pk__in=asked)
    found: dict[Any, int] = dict.fromkeys(seen.values_list("pk", flat=True), 0)
    policy = ContactRules.load()
    quiet = on_each_day(
        days_now(), lambda day: Q(~awaited(day, policy), starts_on__lte=day, ends_on__gt=day, stale_on__lte=day)
    )
    states = ContactState.objects.filter(quiet, account__in=found, raises_alerts=True)
    found |= dict(states.values_list("account_id").annotate(Count("pk")).order_by())
    return render(request, "relationships/_quiet_in_accounts.html", {"counts": found.items()})
