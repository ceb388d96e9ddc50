"""A browser, pages of signed-in users, and what the console complained of."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # ms; a busy machine is no mistake
# Chromium writes every answer of 400 and more to the console; these two are how forms are answered.
EXPECTED = re.compile(r"status of (422|409)")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: Any) -> None:
    """The server answers in threads of its own: SQLite in a file, since one in memory is one connection for all."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "two-eyes.sqlite3")


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: Any) -> Any:
    """The server, begun after its database: before, it would share the one connection in memory with its threads."""
    assert not live_server.thread.connections_override
    return live_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests; each page has a profile of its own."""
    playwright_of = pytest.importorskip("playwright.sync_api")  # only this round installs it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # its loop stands in this thread; nothing here is asynchronous
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    with playwright_of.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET, timeout=2 * PATIENCE)
        yield chromium
        chromium.close()


@dataclass
class Complaints:
    """What the browser's console said in anger; a test may name what it provokes."""

    heard: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, *texts: str) -> None:
        self.allowed += texts

    def listen_to(self, page: Any) -> None:
        page.on("console", lambda message: message.type in ("error", "warning") and self.heard.append(message.text))
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def left(self) -> list[str]:
        """Those nobody expected."""
        return [
            text for text in self.heard if not EXPECTED.search(text) and not any(part in text for part in self.allowed)
        ]


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def open_page(browser: Any, live_server: Any, complaints: Complaints) -> Iterator[Callable[..., Any]]:
    """A page of a signed-in user, `open_page(ann, "/", width=390, theme="dark")`; the console stays empty."""
    contexts = []

    def open_one(
        user: Any = None,
        path: str = "/",
        *,
        width: int = 390,
        height: int = 844,
        theme: str = "light",
        language: str = "en",
        **options: Any,
    ) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            timezone_id=settings.TIME_ZONE,
            has_touch=width < 720,
            **options,
        )
        contexts.append(context)
        if user is not None:
            get_user_model().objects.filter(pk=user.pk).update(language=language)
            context.add_cookies([session_of(user, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        complaints.listen_to(page)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    let_the_server_finish()
    assert complaints.left() == []


def let_the_server_finish() -> None:
    """Wait for the last answers, so that no thread uses the database while it is emptied."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


def session_of(user: Any, url: str) -> dict[str, str]:
    """The cookie of a session that signing in would have made."""
    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
