"""Every page in a real browser: accessible, quiet, no wider than a phone, in both languages and themes."""

from collections import defaultdict
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.e2e import inspection
from tests.e2e.conftest import session_of
from tests.e2e.portfolio import told, user
from tests.test_access import ACCESS, NAME_THE_ACCOUNT, arguments

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# What htmx fetches on its own has come.
SETTLED = "html:not(.busy, :has(.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added, [aria-busy=true]))"
WALKERS = ("ann", "ada", "ben", "eve")
# Addresses that say more than the bare route, and the same page as others see it.
ALSO = (
    ("ben", "config:home", "", 200),
    ("eve", "config:home", "", 200),
    ("ada", "config:home", "", 200),
    ("cleo", "relationships:tray", "", 200),
    ("ann", "config:search", "?q=wang", 200),
    ("ann", "config:search", "?q=nobody+at+all", 200),
    ("ann", "stakeholders:list", "?q=nobody+at+all", 200),
    ("ann", "accounts:list", "?q=nobody+at+all", 200),
    ("ann", "users:list", "", 403),
    ("ann", "relationships:log", "nowhere/", 404),
    (None, "account_login", "", 200),
)


@pytest.mark.parametrize(("language", "on_phone", "on_desk"), [("en", "light", "dark"), ("zh-hans", "dark", "light")])
def test_every_page_is_accessible_and_quiet(browser, live_server, language, on_phone, on_desk):
    world = told()
    get_user_model().objects.update(language=language)
    walk = Walk(browser, live_server.url, language, {"phone": on_phone, "desk": on_desk})

    for who, address, status in stops(world):
        walk.to(who, address, status)

    walk.end()
    assert dict(walk.found) == {}


def stops(world: dict[str, Any]) -> list[tuple[str | None, str, int]]:
    """Each page of the access table as the first of the walkers who may see it, and the others."""
    every = [(walker(name), address_of(name, world), 200) for name, (method, _who) in ACCESS.items() if method == "get"]
    return [stop for stop in every if stop[0]] + [
        (who, reverse(name) + more, status) for who, name, more, status in ALSO
    ]


def walker(name: str) -> str | None:
    expected = ACCESS[name][1]
    return next((who for who in WALKERS if expected[who] == 200), None)


def address_of(name: str, world: dict[str, Any]) -> str:
    address = reverse(name, kwargs=arguments(name, world))
    if name in (*NAME_THE_ACCOUNT, "relationships:log", "relationships:plan"):
        address += f"?account={world['account'].pk}"
    return address


class Walk:
    """One phone for each walker, from page to page; what is wrong is gathered by address."""

    def __init__(self, browser: Any, url: str, language: str, themes: dict[str, str]) -> None:
        self.browser, self.url, self.language, self.themes = browser, url, language, themes
        self.pages: dict[str | None, Any] = {}
        self.found: defaultdict[str, list[str]] = defaultdict(list)
        self.address = ""

    def to(self, who: str | None, address: str, status: int) -> None:
        page, self.address = self.page_of(who), f"{who} {address}"
        answer = page.goto(address)
        if answer.status != status:
            self.complain(f"answers {answer.status}")
        if "<html" in answer.text():  # not a piece of one, nor a word for a machine
            page.wait_for_selector(SETTLED)
            self.complain(*self.language_of(page), *inspection.everything(page, **self.themes))

    def page_of(self, who: str | None) -> Any:
        if who not in self.pages:
            self.pages[who] = self.begin(who)
        return self.pages[who]

    def begin(self, who: str | None) -> Any:
        context = self.browser.new_context(
            base_url=self.url,
            viewport=inspection.PHONE,
            has_touch=True,
            reduced_motion="reduce",
            locale=self.language[:2],
        )
        if who:
            context.add_cookies([session_of(user(who), self.url)])
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and self.hear(message.text))
        page.on("pageerror", lambda error: self.hear(str(error)))
        page.on(
            "response", lambda response: response.status >= 500 and self.complain(f"{response.status} {response.url}")
        )
        return page

    def hear(self, text: str) -> None:
        """The console; that a page is refused or missing is written there too, and its status is looked at anyhow."""
        if not ("status of 40" in text and self.address.endswith(("users/", "nowhere/"))):
            self.complain(text)

    def complain(self, *texts: str) -> None:
        self.found[self.address] += texts
        if not self.found[self.address]:
            del self.found[self.address]

    def language_of(self, page: Any) -> list[str]:
        told = page.locator("html").get_attribute("lang")
        return [] if told == self.language else [f"is in {told}"]

    def end(self) -> None:
        for page in self.pages.values():
            page.context.close()
