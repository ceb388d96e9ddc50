"""The portfolio: every account this user sees."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms import SORTS, PortfolioForm
from accounts.models import Account
from pages.htmx import target
from pages.keyset import keyset
from users.models import User


@require_safe
def list_accounts(request: HttpRequest) -> HttpResponse:
    form = PortfolioForm(request.GET)
    rows = with_group(form.rows(request.user), request.user).select_related("owner", "team")
    page = keyset(rows, SORTS[form.sort_name], request.GET.get("cursor"))
    context = {"form": form, "page": page, "columns": columns(request, form.sort_name)}
    template = "accounts/_rows.html" if target(request) == "account-rows" else "accounts/list.html"
    return render(request, template, context)


def with_group(accounts: QuerySet[Account], user: User) -> QuerySet[Account]:
    """The group company's name beside each account, where this user sees it."""
    groups = Account.objects.visible_to(user).filter(pk=OuterRef("parent_id"))
    return accounts.annotate(group_name=Subquery(groups.values("name")[:1])).defer("notes", "search_key")


def columns(request: HttpRequest, sorted_by: str) -> list[dict[str, Any]]:
    """The head of the table; the sorted column's link turns the order round."""
    return [
        sortable(request, "name", _("Account"), sorted_by),
        sortable(request, "tier", _("Tier"), sorted_by),
        {"label": _("Industry and region")},
        {"label": _("First responsible")},
    ]


def sortable(request: HttpRequest, name: str, label: str, sorted_by: str) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("cursor", None)
    query["sort"] = f"-{name}" if sorted_by == name else name
    directions = {name: "ascending", f"-{name}": "descending"}
    return {"label": label, "sort": f"?{query.urlencode()}", "sorted": directions.get(sorted_by)}
