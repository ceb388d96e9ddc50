"""The people of one account, and where a new one works. Everybody one sees is listed above, with their clocks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import seen_account
from pages.htmx import target
from pages.keyset import keyset
from stakeholders import roster
from stakeholders.access import worked_accounts

SORTS = (("unit", _("By unit")), ("key", _("Key persons first")), ("name", _("By name")))


@require_safe
def of_account(request: HttpRequest, pk: Any) -> HttpResponse:
    """The People tab: everybody with a post there, also beside another account's."""
    account = seen_account(request, pk)
    sort = request.GET.get("sort") if request.GET.get("sort") in dict(SORTS) else "unit"
    text = request.GET.get("q", "").strip()[:200]
    page = keyset(roster.posts(account, text=text, by=sort), roster.ORDERS[sort], request.GET.get("cursor"))
    context = {
        "account": account,
        "page": page,
        "groups": roster.grouped(page.rows, account, request.user, by_unit=sort == "unit"),
        "sorts": SORTS,
        "sort": sort,
        "q": text,
        "may_change": account.is_on_team(request.user),
        "seats": [] if text or request.GET.get("cursor") else roster.vacant_seats(account),
    }
    template = "stakeholders/_roster.html" if target(request) == "account-people" else "stakeholders/of_account.html"
    return render(request, template, context)


@require_safe
def choose_account(request: HttpRequest) -> HttpResponse:
    """Where a new person works: asked first, since units and bosses depend on it."""
    context = {
        "accounts": worked_accounts(request.user).search(request.GET.get("q", ""))[:60],
        "q": request.GET.get("q", ""),
    }
    return render(request, "stakeholders/choose_account.html", context)
