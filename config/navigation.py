"""The menu: one list of items, and the context that every page's frame reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Item:
    """One way to a part of the product, marked on its page and on those whose address begins with its own."""

    label: Any
    url_name: str
    icon: str
    for_administrators: bool = False
    shortcut: str = ""

    def link(self, address: str) -> dict[str, Any]:
        url = reverse(self.url_name)
        is_current = address == url or (url != "/" and address.startswith(url))
        return {"label": self.label, "url": url, "icon": self.icon, "current": is_current, "shortcut": self.shortcut}


HOME = Item(_("My week"), "config:home", "calendar-days", shortcut="gh")
TODAY = Item(pgettext_lazy("bottom bar", "Today"), "config:home", "calendar-days")
ACCOUNTS = Item(_("Accounts"), "accounts:list", "building-office-2", shortcut="ga")
PEOPLE = Item(_("People"), "relationships:people", "users", shortcut="gp")
ALERTS = Item(_("Alerts"), "reviews:alerts", "bell", shortcut="gn")
SEARCH = Item(_("Search"), "config:search", "magnifying-glass", shortcut="search")
LOG = Item(pgettext_lazy("verb", "Log"), "relationships:log", "plus")
PROFILE = Item(_("Profile and language"), "users:profile", "user-circle")
IMPORTS = Item(_("Imports"), "sync:imports", "arrow-up-tray")
SETTINGS = Item(_("Settings"), "config:settings", "cog-6-tooth", for_administrators=True)
JOBS = Item(_("Jobs"), "config:jobs", "clock", for_administrators=True)

TOP_BAR = (HOME, ACCOUNTS, PEOPLE, ALERTS)
BOTTOM_BAR = (TODAY, SEARCH, LOG, PEOPLE)
USER_MENU = (PROFILE, IMPORTS, SETTINGS, JOBS)


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame shows; nothing is worked out for a fragment, which has none."""
    return {"shell": SimpleLazyObject(lambda: frame(request))}


def frame(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    address = request.path_info if request.resolver_match else ""
    mine = (item for item in USER_MENU if user.is_administrator or not item.for_administrators)
    return {
        "top_bar": links(TOP_BAR, address),
        "bottom_bar": links(BOTTOM_BAR, address),
        "user_menu": links(mine, address),
        "log": LOG.link(address),
        "search": SEARCH.link(address),
    }


def links(items: Iterable[Item], address: str) -> list[dict[str, Any]]:
    """The items as links; of two addresses that lead here the longer one is marked."""
    shown = [item.link(address) for item in items]
    nearest = max((link["url"] for link in shown if link["current"]), key=len, default="")
    return [link | {"current": link["current"] and link["url"] == nearest} for link in shown]
