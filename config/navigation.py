"""The menu: one list of items, and the context that every page's frame reads."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Item:
    """One way to a part of the product. `whole_app` marks it while any page of its app is shown."""

    label: Any
    url_name: str
    icon: str
    whole_app: bool = False
    for_administrators: bool = False
    shortcut: str = ""

    def link(self, match: ResolverMatch | None) -> dict[str, Any]:
        return {
            "label": self.label,
            "url": reverse(self.url_name),
            "icon": self.icon,
            "current": self.is_current(match),
            "shortcut": self.shortcut,
        }

    def is_current(self, match: ResolverMatch | None) -> bool:
        if match is None:
            return False
        return match.view_name == self.url_name or (self.whole_app and match.namespace == self.url_name.split(":")[0])


HOME = Item(_("My week"), "config:home", "calendar-days", shortcut="gh")
TODAY = Item(pgettext_lazy("bottom bar", "Today"), "config:home", "calendar-days")
ACCOUNTS = Item(_("Accounts"), "accounts:list", "building-office-2", whole_app=True, shortcut="ga")
PEOPLE = Item(_("People"), "stakeholders:list", "users", whole_app=True, shortcut="gp")
ALERTS = Item(_("Alerts"), "reviews:alerts", "bell", whole_app=True, shortcut="gn")
SEARCH = Item(_("Search"), "config:search", "magnifying-glass")
LOG = Item(pgettext_lazy("verb", "Log"), "relationships:log", "plus")
PROFILE = Item(_("Profile and language"), "users:profile", "user-circle")
SETTINGS = Item(_("Settings"), "config:settings", "cog-6-tooth", for_administrators=True)
JOBS = Item(_("Jobs"), "config:jobs", "clock", for_administrators=True)

TOP_BAR = (HOME, ACCOUNTS, PEOPLE, ALERTS)
BOTTOM_BAR = (TODAY, SEARCH, LOG, PEOPLE)
USER_MENU = (PROFILE, SETTINGS, JOBS)


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame shows; nothing is worked out for a fragment, which has none."""
    return {"shell": SimpleLazyObject(lambda: frame(request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    match = request.resolver_match
    return {
        "top_bar": links(TOP_BAR, match),
        "bottom_bar": links(BOTTOM_BAR, match),
        "user_menu": links((item for item in USER_MENU if user.is_administrator or not item.for_administrators), match),
        "log": LOG.link(match),
        "search": SEARCH.link(match),
    }


def links(items, match: ResolverMatch | None) -> list[dict[str, Any]]:
    return [item.link(match) for item in items]
