"""`manage.py take_pictures`: the picture in the README, taken of a running product."""

import base64
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1200, "height": 844}
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
# Both screens as one sheet; each keeps its own size.
SHEET = """<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; padding: 40px; display: flex; gap: 32px; background: #e4e2da }}
  img {{ display: block; border-radius: 14px; box-shadow: 0 0 0 1px #cfccc2, 0 10px 28px #0002 }}
  img:first-child {{ border-radius: 28px }}
</style><img src="{phone}" width="390"><img src="{desk}" width="1200">"""


class Command(BaseCommand):
    help = "Take the README's picture: My week on a phone beside a customer on a desk. Needs Chromium and playwright."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--address", required=True, help="where the product runs, with the demo in it")
        parser.add_argument("--password-file", type=Path, default=settings.VAR_DIR / "demo-password")
        parser.add_argument("--email", default="ann@demo.example")
        parser.add_argument("--out", type=Path, default=settings.BASE_DIR / "docs" / "pictures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only a test round has it)
        except ImportError as missing:
            raise CommandError("playwright is not installed: pip install -r requirements-qa.txt") from missing
        password = options["password_file"].read_text(encoding="utf-8").strip()
        options["out"].mkdir(parents=True, exist_ok=True)
        path = options["out"] / "two-eyes.png"
        with sync_playwright() as playwright:
            found = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=found, args=QUIET)
            entrance = sign_in(browser, options["address"], options["email"], password)
            compose(browser, my_week(browser, entrance), customer(browser, entrance), path)
            browser.close()
        self.stdout.write(f"{path}: {path.stat().st_size // 1024} kB")


def sign_in(browser: Any, address: str, email: str, password: str) -> dict[str, Any]:
    """What every later window begins with: the address and its session."""
    context = browser.new_context(base_url=address, locale="en")
    page = context.new_page()
    page.goto("/auth/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#week")
    state = context.storage_state()
    context.close()
    return {"base_url": address, "storage_state": state, "locale": "en"}


def my_week(browser: Any, entrance: dict[str, Any]) -> bytes:
    context = browser.new_context(**entrance, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto("/", wait_until="networkidle")
    return page.screenshot()


def customer(browser: Any, entrance: dict[str, Any]) -> bytes:
    """The first strategic customer of the portfolio."""
    page = browser.new_context(**entrance, viewport=DESK, bypass_csp=True).new_page()
    page.goto("/accounts/?tier=strategic")
    page.locator("#account-rows tbody a").first.click()
    page.wait_for_selector(".page-head")
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content="html { scrollbar-gutter: auto !important }")  # no scrollbar, no room for it
    return page.screenshot()


def compose(browser: Any, phone: bytes, desk: bytes, path: Path) -> None:
    """One picture of both."""
    page = browser.new_page(viewport={"width": PHONE["width"] + DESK["width"] + 112, "height": 924})
    page.set_content(SHEET.format(phone=embedded(phone), desk=embedded(desk)), wait_until="load")
    page.screenshot(path=path, full_page=True)


def embedded(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
