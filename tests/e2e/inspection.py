"""What is wrong with a page that a browser shows: for a reader without eyes, on a phone, on a slow line."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
# A text that nobody filled in.
UNFILLED = re.compile(r"%\(\w+\)|\{\{|\bundefined\b|\[object ")
LARGEST = 60_000
# What htmx fetches on its own has come.
SETTLED = "html:not(.busy, :has(.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added, [aria-busy=true]))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Colours are judged when they have come to rest; what moves without end is not waited for.
AT_REST = """Promise.race([
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
    new Promise((over) => setTimeout(over, 5000)),
])"""
WIDEST = """() => [...document.querySelectorAll("main *, header *, nav *")]
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.tagName + "." + part.className).slice(0, 3).join(" ")"""
CUT_OFF = """(within) => [document.querySelector(within), ...document.querySelectorAll(within + " *")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "visible")
    .filter((part) => !part.matches(".sr, .option *, thead") && part.checkVisibility())
    .map((part) => part.tagName + "." + part.className).slice(0, 3).join(" ")"""
LONGEST_WAIT = 60  # seconds
AXE = {"resultTypes": ["violations"], "preload": False}


def until(page: Any, true: str) -> None:
    """Wait for an expression to be true. Playwright's own waiting has the page evaluate text, which the content policy
    forbids from the second look on."""
    ends = time.monotonic() + LONGEST_WAIT
    while not page.evaluate(f"Boolean({true})"):
        assert time.monotonic() < ends, f"never came true: {true}"
        page.wait_for_timeout(40)


def becomes(read: Callable[[], Any], wanted: Any) -> None:
    """Read until it is what is wanted: a page shows, and forgets, a moment after its answer has come."""
    ends = time.monotonic() + LONGEST_WAIT
    while (seen := read()) != wanted and time.monotonic() < ends:
        time.sleep(0.04)
    assert seen == wanted


def type_and_see(page: Any, text: str) -> None:
    """Type where the focus is, until what is suggested answers the whole text and not its first letters."""
    with page.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("q") == [text]):
        page.keyboard.type(text)
    page.wait_for_selector(SETTLED)


@cache
def rules() -> str:
    """The script that knows the rules of accessibility."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script


def violations(page: Any, within: str | None = None) -> Iterator[str]:
    """The rules of accessibility this page breaks, or this part of it; looked at again, lest it was still moving."""
    found = broken_rules(page, within)
    if found:
        page.wait_for_timeout(500)
        found = broken_rules(page, within)
    for broken in found:
        where = [" ".join(map(str, node["target"])) for node in broken["nodes"][:3]]
        why = next((check["message"] for check in broken["nodes"][0]["any"]), "")
        yield f"{broken['id']} at {where}, {page.viewport_size['width']} wide: {why}"


def broken_rules(page: Any, within: str | None) -> list[dict[str, Any]]:
    if page.evaluate("!window.axe"):
        page.evaluate(rules())
    return page.evaluate("([within, options]) => axe.run(within ?? document, options)", [within, AXE])["violations"]


def overflow(page: Any) -> Iterator[str]:
    """Nothing is wider than the screen."""
    over = page.evaluate(TOO_WIDE)
    if over > 0:
        yield f"{over} px too wide at {page.viewport_size['width']}: {page.evaluate(WIDEST)}"


def enlarged(page: Any) -> Iterator[str]:
    """Twice and four times the size on a desk of 1280: still nothing to the side."""
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 512})
        yield from overflow(page)


def cut_off(page: Any, within: str) -> Iterator[str]:
    """Nothing in an opened part is wider than it."""
    if part := page.evaluate(CUT_OFF, within):
        yield f"cuts off {part} at {page.viewport_size['width']}"


def content(page: Any) -> Iterator[str]:
    """Its texts are filled in, it has one title, and it travels light."""
    unfilled = UNFILLED.search(page.locator("body").inner_text())
    if unfilled:
        yield f"shows {unfilled[0]!r}"
    headings = page.locator("h1:visible").count()
    if headings != 1:
        yield f"{headings} titles"
    size = len(gzip.compress(page.content().encode(), 6))
    if size > LARGEST:
        yield f"{size} bytes"


def everything(page: Any, *, phone: str, desk: str) -> Iterator[str]:
    """A page looked at on a phone and on a desk, in the theme named for each."""
    yield from content(page)
    for theme, screen in ((phone, PHONE), (desk, DESK)):
        look(page, theme, screen)
        yield from violations(page)
        yield from overflow(page)


def opened(page: Any, within: str, *, phone: str, desk: str) -> Iterator[str]:
    """The same of what was opened on a page."""
    for theme, screen in ((desk, DESK), (phone, PHONE)):
        yield from here(page, within, theme, screen)


def here(page: Any, within: str | None, theme: str, screen: dict[str, int]) -> Iterator[str]:
    """A page, or what was opened on it if that is still there, looked at once."""
    look(page, theme, screen)
    part = within if within and page.locator(within).count() else None
    yield from violations(page, part)
    yield from overflow(page)
    if part:
        yield from cut_off(page, part)


def look(page: Any, theme: str, screen: dict[str, int]) -> None:
    page.set_viewport_size(screen)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate(AT_REST)
