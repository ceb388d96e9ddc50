"""The menu: one list of items, and the context that every page's frame reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.addresses import place


@dataclass(frozen=True)
class Item:
    """One way to a part of the product, marked on its page and on those whose address begins with its own."""

    label: Any
    url_name: str
    icon: str
    for_administrators: bool = False
    shortcut: str = ""

    def leads_to(self, address: str) -> bool:
        """Whether an address is this item's own, or of a part of it."""
        url = place(self.url_name)
        return address == url or (url != "/" and address.startswith(url))

    def link(self, *, current: bool = False) -> "Link":
        return Link(str(self.label), place(self.url_name), self.icon, self.shortcut, current)


class Link(NamedTuple):
    """An item as a page shows it, in its reader's language."""

    label: str
    url: str
    icon: str
    shortcut: str
    current: bool


HOME = Item(_("My week"), "config:home", "calendar-days", shortcut="gh")
TODAY = Item(pgettext_lazy("bottom bar", "Today"), "config:home", "calendar-days")
ACCOUNTS = Item(_("Accounts"), "accounts:list", "building-office-2", shortcut="ga")
PEOPLE = Item(_("People"), "relationships:people", "users", shortcut="gp")
OPPORTUNITIES = Item(_("Opportunities"), "opportunities:list", "briefcase", shortcut="go")
ALERTS = Item(_("Alerts"), "reviews:alerts", "bell", shortcut="gn")
SEARCH = Item(_("Search"), "config:search", "magnifying-glass", shortcut="search")
LOG = Item(pgettext_lazy("verb", "Log"), "relationships:log", "plus")
PROFILE = Item(_("Profile and language"), "users:profile", "user-circle")
IMPORTS = Item(_("Imports"), "sync:imports", "arrow-up-tray")
SETTINGS = Item(_("Settings"), "config:settings", "cog-6-tooth", for_administrators=True)
JOBS = Item(_("Jobs"), "config:jobs", "clock", for_administrators=True)

TOP_BAR = (HOME, ACCOUNTS, PEOPLE, OPPORTUNITIES, ALERTS)
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
        "log": LOG.link(),
        "search": SEARCH.link(),
    }


def links(items: Iterable[Item], address: str) -> tuple[Link, ...]:
    """The items as links; of two addresses that lead here the longer one is marked."""
    items = tuple(items)
    leading = [item for item in items if item.leads_to(address)]
    nearest = max(leading, key=lambda item: len(place(item.url_name)), default=None)
    return tuple(item.link(current=item is nearest) for item in items)
