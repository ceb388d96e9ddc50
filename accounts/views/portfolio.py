"""The portfolio: every account this user sees."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.lists import ACCOUNT_LIST
from records.list_page import show


@require_safe
def list_accounts(request: HttpRequest) -> HttpResponse:
    return show(request, ACCOUNT_LIST, "accounts/list.html")
