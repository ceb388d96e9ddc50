"""Lists in a real browser: narrowed and kept as a view, changed in the row and by the dozen, undone, carried away."""

import csv
from pathlib import Path

import pytest

from accounts.models import Account
from tests.e2e.inspection import SETTLED, becomes
from tests.factories import AccountFactory, StakeholderFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1440, "height": 900}


@pytest.fixture
def portfolio(acme, ann, north):
    for number, tier in enumerate(("key", "key", "strategic")):
        AccountFactory(owner=ann, team=north, name=f"Customer {number}", tier=tier)


def shown(page) -> list[str]:
    return page.locator(".list-table tbody th a").all_inner_texts()


def narrow_to_key(page) -> None:
    page.get_by_role("link", name="Filters").click()
    page.locator("#filters .chip", has_text="Key").click()
    page.locator(".list-chips .removable").wait_for()


def test_a_view_is_kept_and_opens_again(open_page, portfolio, ann):
    page = open_page(ann, "/accounts/", **DESK)
    narrow_to_key(page)
    becomes(lambda: shown(page), ["Customer 0", "Customer 1"])

    page.locator("summary[aria-label='More about this list']").click()
    page.get_by_role("link", name="Save as a view").click()
    page.locator("#dialog [name=name]").fill("Key ones")
    page.locator("#dialog button.primary").click()
    page.locator(".views a[aria-current]", has_text="Key ones").wait_for()
    page.locator(".views .count", has_text="2").wait_for()
    page.locator(".views a", has_text="All").click()
    page.wait_for_url("**view=all")
    page.locator(".views a", has_text="Key ones").click()
    page.wait_for_url("**tier=key**")

    becomes(lambda: shown(page), ["Customer 0", "Customer 1"])
    page.locator(".list-chips .removable").click()
    page.locator(".list-table tbody tr").nth(3).wait_for()


def test_a_cell_is_edited_by_keyboard(open_page, portfolio, ann):
    page = open_page(ann, "/accounts/", **DESK)
    page.wait_for_selector(SETTLED)
    cell = page.locator("td[data-edit=tier]").first
    cell.focus()

    page.keyboard.press("Enter")
    page.locator("[data-cell] select").wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-cell]").wait_for(state="detached")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[data-cell] select").select_option("standard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-cell]").wait_for(state="detached")
    page.locator("tr", has_text="Customer 0").locator("td.of-tier", has_text="Standard").wait_for()

    assert Account.objects.get(name="Customer 0").tier == "standard"


def test_many_are_changed_after_a_look_and_taken_back(open_page, portfolio, ann):
    page = open_page(ann, "/accounts/", **DESK)
    page.locator("[data-pick-all]").check()
    page.get_by_role("button", name="Change the chosen ones").click()
    page.get_by_role("link", name="Tier").click()
    page.locator("select[name=tier]").select_option("strategic")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_text("3 rows change.").wait_for()
    assert Account.objects.filter(tier="strategic").count() == 1

    page.get_by_role("button", name="Change 3 rows").click()
    page.locator(".toast", has_text="3 changed.").wait_for()
    assert Account.objects.filter(tier="strategic").count() == 4
    page.locator(".toast .undo").click()
    page.locator(".toast", has_text="3 taken back.").wait_for()

    assert Account.objects.filter(tier="strategic").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_what_was_done_is_undone_after_its_message_is_gone(open_page, portfolio, ann, script):
    page = open_page(ann, "/accounts/", **DESK, java_script_enabled=script)
    for name in ("Customer 0", "Customer 1"):
        page.locator("tr", has_text=name).locator("[name=ids]").check()
    page.get_by_role("button", name="Change the chosen ones").click()
    page.get_by_role("link", name="Tier").click()
    page.locator("select[name=tier]").select_option("strategic")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Change 2 rows").click()
    page.locator(".toast", has_text="2 changed.").wait_for()
    Account.objects.get(name="Customer 1").change(by=None, region="East")

    page.goto("/accounts/")
    page.locator("summary[aria-label='More about this list']").click()
    page.get_by_role("link", name="Bulk edits, to undo").click()
    page.locator("tr", has_text="Tier: Strategic").get_by_role("button", name="Undo").click()

    page.get_by_text("1 row is as it was before.").wait_for()
    page.get_by_role("link", name="Customer 1").wait_for()
    assert Account.objects.get(name="Customer 0").tier == "key"
    assert Account.objects.get(name="Customer 1").tier == "strategic"


def test_what_is_shown_is_carried_away(open_page, portfolio, ann):
    page = open_page(ann, "/accounts/?tier=key&columns=name,tier", **DESK)
    page.locator("summary[aria-label='More about this list']").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV file").click()

    with Path(waiting.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["Account", "Tier"], ["Customer 0", "Key"], ["Customer 1", "Key"]]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_on_a_phone_rows_are_cards_within_the_screen(open_page, acme, ann, language):
    long = "Vice president of procurement, logistics and everything else 采购与物流及其他一切事务副总裁"
    StakeholderFactory(account=acme, name="王" * 30, title=long)
    page = open_page(ann, "/people/?filters=open", language=language)

    assert page.locator(".list-table thead").bounding_box()["height"] <= 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".list-tools summary").click()
    box = page.locator(".list-tools .sheet").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_on_a_phone_a_finger_beside_the_box_chooses_the_row(open_page, portfolio, ann):
    page = open_page(ann, "/accounts/")
    page.wait_for_selector(SETTLED)
    row = page.locator(".list-table tbody tr").first
    card = row.bounding_box()

    page.touchscreen.tap(card["x"] + 22, card["y"] + 6)

    becomes(row.locator(".pick input").is_checked, True)


def test_on_a_phone_a_row_runs_on_without_gaps(open_page, ann, north):
    short = AccountFactory(owner=ann, team=north, name="华山")
    StakeholderFactory(account=short, name="Wang Wei")
    page = open_page(ann, "/people/?columns=name,account,unit,level")

    cell = page.locator(".list-table td.of-account")

    assert cell.bounding_box()["width"] < cell.locator("a").bounding_box()["width"] + 30  # the dot, and room around it
