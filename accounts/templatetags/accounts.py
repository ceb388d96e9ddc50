"""The tabs of an account: those of higher apps by the names of their URLs, which this app may know."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pages.addresses import place_if_any

register = template.Library()

# Label, URL name, and the view names that stand under the tab: one name, or a whole namespace.
TABS = (
    (_("Overview"), "accounts:detail", "accounts:"),
    (_("People"), "stakeholders:of_account", "stakeholders:"),
    (_("Activity"), "relationships:activity", "relationships:"),
    (_("History"), "config:account_history", "config:account_history"),
)


@register.inclusion_tag("components/tabs.html", takes_context=True)
def account_tabs(context: template.Context, account: Any) -> dict[str, Any]:
    """The tabs that exist, the current one marked."""
    shown = view_name(context["request"])
    items = [
        {"label": label, "url": url, "current": shown.startswith(scope)}
        for label, name, scope in TABS
        if (url := place_if_any(name, account.pk))
    ]
    return {"label": _("Parts of this account"), "items": items}


@register.simple_tag
def fragment_url(name: str, *args: Any) -> str:
    """The address a panel is fetched from, empty while no app above serves it."""
    return place_if_any(name, *args)


def view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
