"""Whatever htmx or a script does on a page, a plain link or form does too."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_access import ACCESS, NAME_THE_ACCOUNT, arguments, world

pytestmark = pytest.mark.django_db
world = world  # the fixture

VOID = {"input", "br", "hr", "img", "meta", "link", "source", "wbr", "col"}
FETCHES = ("hx-get", "hx-post")


class Part:
    """An element, what it stands in and what stands in it."""

    def __init__(self, tag: str, attrs: dict, above: "Part | None") -> None:
        self.tag, self.attrs, self.above, self.below, self.text = tag, attrs, above, [], ""

    def __repr__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in self.attrs.items() if name in ("id", "class", *FETCHES))
        return f"<{self.tag} {told}> {self.said()[:40]}"

    def classes(self) -> list[str]:
        return (self.attrs.get("class") or "").split()

    def line(self):
        """Itself and everything above it."""
        part = self
        while part:
            yield part
            part = part.above

    def all(self):
        for part in self.below:
            yield part
            yield from part.all()

    def said(self) -> str:
        return " ".join([self.text, *(part.said() for part in self.below)]).strip()


class Reader(HTMLParser):
    """A page as a tree; good enough for pages that close what they open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = self.at = Part("", {}, None)
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        part = Part(tag, dict(attrs), self.at)
        self.at.below.append(part)
        if tag not in VOID:
            self.at = part

    def handle_endtag(self, tag):
        for part in self.at.line():
            if part.tag == tag:
                self.at = part.above
                return

    def handle_data(self, data):
        self.at.text += data.strip() + " " if data.strip() else ""


def needs_a_script(page: str) -> list[Part]:
    """What one can do, or is shown, only with script."""
    parts = [part for part in Reader(page).root.all() if is_shown(part)]
    return [part for part in parts if is_dead(part) or (is_fetched(part) and not has_a_twin(part))]


def is_shown(part: Part) -> bool:
    """Shown to a browser that runs no script."""
    return not any(
        "with-script" in each.classes() or "hidden" in each.attrs or each.tag in ("template", "dialog")
        for each in part.line()
    )


def is_dead(part: Part) -> bool:
    """A button that sends nothing, a link that leads nowhere."""
    if part.tag == "button":
        sends = "form" in part.attrs or any(each.tag == "form" for each in part.line())
        return part.attrs.get("type") == "button" or not sends
    return part.tag == "a" and part.attrs.get("href") in (None, "", "#")


def is_fetched(part: Part) -> bool:
    return any(name in part.attrs for name in FETCHES)


def has_a_twin(part: Part) -> bool:
    """A link, a form or its button, a field of a form that has a button, or a part that is filled already."""
    if part.tag == "a":
        return bool(part.attrs.get("href"))
    if part.tag in ("form", "button", "input"):
        form = next((each for each in part.line() if each.tag == "form"), None)
        return form is not None
    return part.attrs.get("id") in SAID_ELSEWHERE or "figures" in part.classes() or bool(part.said())


# Warnings while one types: without script the answer to the form says them.
SAID_ELSEWHERE = {"too-often", "look-alikes"}
PAGES = [name for name, (method, _who) in ACCESS.items() if method == "get" and name != "pages:gallery"]


def test_nothing_needs_a_script(world, request):
    found = {}
    for name in PAGES:
        who = next(each for each in ("ann", "ada", "eve") if ACCESS[name][1][each] != 403)
        client = Client()
        client.force_login(request.getfixturevalue(who))
        found[name] = needs_a_script(client.get(address_of(name, world)).getvalue().decode())

    assert {name: parts for name, parts in found.items() if parts} == {}


def address_of(name: str, world: dict) -> str:
    address = reverse(name, kwargs=arguments(name, world))
    if name in (*NAME_THE_ACCOUNT, "relationships:log", "relationships:plan"):
        address += f"?account={world['account'].pk}"
    return address


@pytest.mark.parametrize(
    "page",
    [
        '<main><section hx-get="/here/" hx-trigger="load"></section></main>',
        '<a hx-get="/here/">Open</a>',
        '<form><button type="button">Open</button></form>',
        "<button>Open</button>",
        '<a href="#">Open</a>',
    ],
)
def test_what_needs_a_script_is_found(page):
    assert needs_a_script(page)


@pytest.mark.parametrize(
    "page",
    [
        '<section hx-get="/here/" hx-trigger="load"><a href="/here/">Here</a></section>',
        '<a href="/here/" hx-get="/here/">Open</a>',
        '<form><button hx-post="/here/">Open</button></form>',
        '<div class="part with-script"><button type="button">Open</button></div>',
        '<template><button type="button">Open</button></template>',
    ],
)
def test_what_needs_none_is_let_through(page):
    assert not needs_a_script(page)
