"""Somebody who goes from page to page, looks at each, opens what there is to open, and sends forms back wrong."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.e2e import inspection
from tests.e2e.conftest import EXPECTED, PATIENCE, session_of
from tests.e2e.inspection import SETTLED
from tests.e2e.portfolio import user

IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
DIALOG = "#dialog[open]"
LIGHT_PAGE = "/settings/profile/"
UNFOLD = "document.querySelectorAll('main details:not([data-menu])').forEach((part) => { part.open = true })"
MENUS = """() => [...document.querySelectorAll("details[data-menu]")]
    .map((menu, place) => ({ menu, place, ways: [...menu.querySelectorAll("a, form")] }))
    .filter(({ menu }) => menu.checkVisibility())
    .map(({ place, ways }) => ({ place, leads: ways.map((way) => way.href || way.action).join(" ") }))"""
DIALOGS = """[...document.querySelectorAll('[hx-target="#dialog-content"][hx-get]')]
    .map((way) => way.getAttribute("hx-get"))"""
FIELDS = ":is(input:not([type=hidden], [type=search]), select, textarea)"
FORMS = f"main form[method=post]:has({FIELDS})"
# A form that somebody overtook, and one with nothing in it.
SEND = """(form, how) => {
    form.noValidate = true;
    const fields = [...form.elements].filter((field) => field.matches("input:not([type=hidden]), select, textarea"));
    if (how === "overtaken") {
        form.elements.version.value = 0;
        const text = fields.find((field) => field.matches("textarea, [type=text]:not([role])"));
        if (text) text.value += "?";
    } else for (const field of fields) {
        if (field.matches("[type=radio], [type=checkbox]")) field.checked = false;
        else field.value = "";
    }
    form.requestSubmit(form.querySelector("button.primary") ?? undefined);
}"""


class Walk:
    """One phone for each walker, from page to page; what is wrong is gathered by address."""

    def __init__(self, browser: Any, url: str, language: str, themes: dict[str, str]) -> None:
        self.browser, self.url, self.language, self.themes = browser, url, language, themes
        self.pages: dict[str | None, Any] = {}
        self.found: defaultdict[str, list[str]] = defaultdict(list)
        self.address = ""
        self.menus: set[str] = set()
        self.dialogs: dict[str, tuple[str | None, str]] = {}
        self.forms: dict[str, tuple[str | None, str]] = {}
        self.answers: Counter[int | str] = Counter()

    # Page by page

    def to(self, who: str | None, address: str, status: int) -> None:
        page, self.address = self.page_of(who), f"{who} {address}"
        answer = page.goto(address)
        if answer.status != status:
            self.complain(f"answers {answer.status}")
        if "<html" in answer.text():  # not a piece of one, nor a word for a machine
            page.wait_for_selector(SETTLED)
            page.evaluate(UNFOLD)
            self.complain(*self.language_of(page), *inspection.everything(page, **self.themes))
            if self.language == "en":  # the longer words
                self.complain(*inspection.enlarged(page))
            self.open_menus(page)
            self.remember(who, page)

    def open_menus(self, page: Any) -> None:
        """Each kind of menu once."""
        for menu in page.evaluate(MENUS):
            kind = IDENTITY.sub("*", menu["leads"])
            if kind not in self.menus:
                self.menus.add(kind)
                page.locator("details[data-menu] > summary").nth(menu["place"]).click()
                self.complain(*inspection.opened(page, "details[data-menu][open]", **self.themes))
                page.keyboard.press("Escape")
                page.set_viewport_size(inspection.DESK)

    def remember(self, who: str | None, page: Any) -> None:
        """What is to be opened and sent when every page was seen as it was."""
        for address in page.evaluate(DIALOGS):
            self.dialogs.setdefault(kind_of(address), (who, address))
        for _form in range(page.locator(FORMS).count()):
            self.forms.setdefault(kind_of(page.url), (who, page.url))

    # What one opens, and sends

    def open_dialogs(self) -> None:
        """Each kind of dialog."""
        for who, address in self.dialogs.values():
            page, self.address = self.page_of(who), f"{who} {address}"
            self.open_dialog(page, address)
            self.complain(*inspection.opened(page, DIALOG, **self.themes))

    def open_dialog(self, page: Any, address: str) -> None:
        page.goto(LIGHT_PAGE)
        page.evaluate("(url) => { htmx.ajax('GET', url, '#dialog-content') }", address)
        page.locator(DIALOG).wait_for()

    def send_overtaken(self) -> None:
        """Each kind of form that somebody else was quicker with."""
        for page, form, part in self.each_form():
            if form.evaluate("(form) => form.elements.version?.value"):
                self.send(page, form, "overtaken")
                self.complain(*inspection.here(page, part, self.themes["phone"], inspection.DESK))

    def send_empty(self) -> None:
        """Each kind of form with nothing in it. What is taken all the same shows its toast where it leads."""
        for page, form, part in self.each_form():
            self.send(page, form, "empty")
            self.complain(*inspection.here(page, part, self.themes["phone"], inspection.PHONE))

    def each_form(self) -> Iterator[tuple[Any, Any, str | None]]:
        """Its page, and the dialog it stands in; one that went with its record is left out."""
        for who, address in self.dialogs.values():
            page, self.address = self.page_of(who), f"{who} {address} sent back"
            if self.is_there(page, address):
                self.open_dialog(page, address)
                yield page, page.locator(f"{DIALOG} form[method=post]"), DIALOG
        for kind, (who, address) in self.forms.items():
            page, self.address = self.page_of(who), f"{who} {address} sent back"
            if kind not in self.dialogs and self.is_there(page, address):
                page.goto(address)
                page.wait_for_selector(SETTLED)
                yield page, page.locator(FORMS).first, None

    def is_there(self, page: Any, address: str) -> bool:
        return not any(self.answers[taken] for taken in (200, 204, 302)) or page.request.get(address).ok

    def send(self, page: Any, form: Any, how: str) -> None:
        with page.expect_event("requestfinished", lambda request: request.method == "POST") as sent:
            form.evaluate(SEND, how)
        answer = sent.value.response()
        page.wait_for_selector(SETTLED)
        self.answers[answer.status] += 1
        self.answers["conflict"] += page.locator(".conflict").count()

    def opened(self, who: str, address: str, within: str, act: Callable[[Any], None]) -> None:
        """What comes up by doing something on a page."""
        page, self.address = self.page_of(who), f"{who} {address} {within}"
        page.set_viewport_size(inspection.DESK)
        page.goto(address)
        page.wait_for_selector(SETTLED)
        act(page)
        page.locator(within).first.wait_for()
        self.complain(*inspection.opened(page, within, **self.themes))

    # The browser

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
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: message.type in ("error", "warning") and self.hear(message.text))
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on(
            "response", lambda response: response.status >= 500 and self.complain(f"{response.status} {response.url}")
        )
        return page

    def hear(self, text: str) -> None:
        """The console; that a page is refused or missing is written there too, and its status is looked at anyhow."""
        is_looked_at = "status of 40" in text and self.address.endswith(("users/", "nowhere/"))
        if not is_looked_at and not EXPECTED.search(text):
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


def kind_of(address: str) -> str:
    """An address without whom it is about."""
    return IDENTITY.sub("*", urlsplit(address).path)
