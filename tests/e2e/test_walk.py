"""Every page in a real browser: accessible, quiet, no wider than a phone, in both languages and themes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.e2e.inspection import SETTLED
from tests.e2e.portfolio import told
from tests.e2e.walk import Walk
from tests.test_access import ACCESS, NAME_THE_ACCOUNT, arguments

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WALKERS = ("ann", "ada", "ben", "eve")
# Addresses that say more than the bare route, and the same page as others see it.
ALSO = (
    ("ben", "config:home", "", 200),
    ("eve", "config:home", "", 200),
    ("ada", "config:home", "", 200),
    ("cleo", "relationships:tray", "", 200),
    ("ann", "config:search", "?q=wang", 200),
    ("ann", "config:search", "?q=nobody+at+all", 200),
    ("ann", "relationships:people", "?q=nobody+at+all", 200),
    ("ann", "accounts:list", "?q=nobody+at+all", 200),
    ("ann", "users:list", "", 403),
    ("ann", "relationships:log", "nowhere/", 404),
    (None, "account_login", "", 200),
)
# What is no page to look at.
FILES = ("sync:download", "sync:export")


@pytest.mark.long
@pytest.mark.parametrize(("language", "on_phone", "on_desk"), [("en", "light", "dark"), ("zh-hans", "dark", "light")])
def test_every_page_is_accessible_and_quiet(browser, live_server, language, on_phone, on_desk):
    world = told()
    get_user_model().objects.update(language=language)
    walk = Walk(browser, live_server.url, language, {"phone": on_phone, "desk": on_desk})

    for who, address, status in stops(world):
        walk.to(who, address, status)

    walk.open_dialogs()
    for who, name, within, act in OPENED:
        walk.opened(who, reverse(name), within, act)
    if language == "en":
        walk.send_overtaken()
    else:
        walk.send_empty()
    walk.end()
    assert dict(walk.found) == {}
    assert len(walk.menus) > 5
    assert len(walk.dialogs) > 10
    assert walk.answers["conflict"] > 10 if language == "en" else walk.answers[422] > 25


def stops(world: dict[str, Any]) -> list[tuple[str | None, str, int]]:
    """Each page of the access table as the first of the walkers who may see it, and the others."""
    pages = [name for name, (method, _who) in ACCESS.items() if method == "get" and name not in FILES]
    every = [(walker(name), address_of(name, world), 200) for name in pages]
    done = ("ann", world["bulk_done"].get_absolute_url(), 200)
    also = [(who, reverse(name) + more, status) for who, name, more, status in ALSO]
    return [*(stop for stop in every if stop[0]), done, *also]


def walker(name: str) -> str | None:
    expected = ACCESS[name][1]
    return next((who for who in WALKERS if expected[who] == 200), None)


def address_of(name: str, world: dict[str, Any]) -> str:
    address = reverse(name, kwargs=arguments(name, world))
    if name in (*NAME_THE_ACCOUNT, "relationships:log", "relationships:plan"):
        address += f"?account={world['account'].pk}"
    return address


# A list of suggestions with one of them marked, and one that says there is none.
MARKED, NOTHING = ":has([aria-selected=true])", ":has([role=option][aria-disabled=true])"

# What comes up by doing something, beside menus and dialogs: where, what it is, and how.
OPENED: tuple[tuple[str, str, str, Callable[[Any], None]], ...] = (
    ("ann", "config:home", f".top .search{MARKED}", lambda page: type_and_walk(page, "#search", "zh")),
    ("ann", "config:home", f".top .search{NOTHING}", lambda page: type_and_walk(page, "#search", "zzqq")),
    ("ann", "config:home", "#shortcuts", lambda page: page.keyboard.press("?")),
    ("ann", "config:home", ".toast", lambda page: snooze_first(page)),
    ("ann", "pages:gallery", f"[data-choice]{MARKED}", lambda page: type_and_walk(page, CHOICE, "a")),
    ("ann", "pages:gallery", f"[data-choice]{NOTHING}", lambda page: type_and_walk(page, CHOICE, "zzqq")),
)
CHOICE = ":nth-match([data-choice] [role=combobox], 1)"


def type_and_walk(page: Any, field: str, text: str) -> None:
    with page.expect_response(lambda answer: f"q={text}" in answer.url):
        page.locator(field).press_sequentially(text)
    page.wait_for_selector(SETTLED)
    page.keyboard.press("ArrowDown")


def snooze_first(page: Any) -> None:
    page.locator(".person-row details[data-menu] summary").first.click()
    page.locator(".person-row details[open] [hx-get*=snooze]").click()
    page.locator("#dialog button.primary").click()
