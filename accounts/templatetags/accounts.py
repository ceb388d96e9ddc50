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
    (_("Map"), "relationships:map", "relationships:map"),
    (_("Decision chain"), "relationships:chain", "relationships:chain"),
    (_("People"), "stakeholders:of_account", "stakeholders:"),
    (_("Opportunities"), "opportunities:of_account", "opportunities:"),
    (_("Activity"), "relationships:activity", "relationships:"),
    (_("History"), "config:account_history", "config:account_history"),
)

OPPORTUNITY_TABS = (
    (_("Overview"), "opportunities:detail", "opportunities:"),
    (_("Decision chain"), "relationships:opportunity_chain", "relationships:opportunity_chain"),
    (_("Stances"), "relationships:stances", "relationships:stances"),
    (_("Buying process"), "stakeholders:buying_process", "stakeholders:buying_process"),
)


@register.inclusion_tag("components/tabs.html", takes_context=True)
def account_tabs(context: template.Context, account: Any) -> dict[str, Any]:
    """The tabs that exist, the current one marked."""
    return {"label": _("Parts of this account"), "items": tabs(context, TABS, account)}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def opportunity_tabs(context: template.Context, opportunity: Any) -> dict[str, Any]:
    """The same for an opportunity."""
    return {"label": _("Parts of this opportunity"), "items": tabs(context, OPPORTUNITY_TABS, opportunity)}


def tabs(context: template.Context, known: tuple, record: Any) -> list[dict[str, Any]]:
    """Those somebody serves; the one whose scope is the longest that fits is current."""
    shown = view_name(context["request"])
    scopes = (scope for _label, _name, scope in known if shown.startswith(scope))
    nearest = max(scopes, key=len, default=None)
    return [
        {"label": label, "url": url, "current": scope == nearest}
        for label, name, scope in known
        if (url := place_if_any(name, record.pk))
    ]


@register.simple_tag
def fragment_url(name: str, *args: Any) -> str:
    """The address a panel is fetched from, empty while no app above serves it."""
    return place_if_any(name, *args)


def view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
