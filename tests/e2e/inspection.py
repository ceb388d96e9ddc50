"""What is wrong with a page that a browser shows: for a reader without eyes, on a phone, on a slow line."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
# A text that nobody filled in.
UNFILLED = re.compile(r"%\(\w+\)|\{\{|\bundefined\b|\[object ")
LARGEST = 60_000
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Colours are judged when they have come to rest.
AT_REST = "Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)))"
WIDEST = """() => [...document.querySelectorAll("main *, header *, nav *")]
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.tagName + "." + part.className).slice(0, 3).join(" ")"""


def violations(page: Any) -> Iterator[str]:
    """The rules of accessibility this page breaks."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    result = axe.run(page, options={"resultTypes": ["violations"], "preload": False})
    for broken in result.response["violations"]:
        where = [" ".join(map(str, node["target"])) for node in broken["nodes"][:3]]
        yield f"{broken['id']} at {where}"


def overflow(page: Any) -> Iterator[str]:
    """Nothing is wider than the screen."""
    over = page.evaluate(TOO_WIDE)
    if over > 0:
        yield f"{over} px too wide at {page.viewport_size['width']}: {page.evaluate(WIDEST)}"


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
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate(AT_REST)
        yield from violations(page)
        yield from overflow(page)
