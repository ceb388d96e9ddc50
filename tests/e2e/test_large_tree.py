"""A large tree of departments in a real browser: opened by key, searched by typing, walked without script."""

import pytest

from accounts.models import OrgUnit
from accounts.trees import place_trees
from tests.e2e import inspection
from tests.factories import OrgUnitFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def head(acme):
    """A head office with ninety branches, the last of them with a desk."""
    head = OrgUnitFactory(account=acme, name="Head office")
    office = OrgUnitFactory(account=acme, name="Offices", parent=head)
    rows = [OrgUnit(account=acme, parent=office, name=f"Branch {n:02}", sort_key=f"branch {n:02}") for n in range(90)]
    OrgUnit.objects.bulk_create(rows)
    place_trees(OrgUnit.objects.present(), [acme.pk])
    OrgUnitFactory(account=acme, name="服务台", parent=rows[-1])
    return head


@pytest.fixture
def tree(open_page, ann, acme, head):
    page = open_page(ann, f"/accounts/{acme.pk}/units/")
    inspection.until(page, "window.htmx")
    return page


def branches(page):
    return page.locator("#org-units .leaf", has_text="Branch")


def test_a_department_is_opened_by_key_and_goes_on_where_one_was(tree):
    tree.locator("#org-units summary", has_text="91 below").focus()
    tree.keyboard.press("Enter")
    branches(tree).nth(39).wait_for()
    assert branches(tree).count() == 40

    tree.get_by_role("link", name="Show more").focus()
    tree.keyboard.press("Enter")
    branches(tree).nth(79).wait_for()

    assert branches(tree).count() == 80
    tree.keyboard.press("Tab")
    assert tree.evaluate("document.activeElement.getAttribute('aria-label')") == "Change Branch 40"


def test_a_department_is_found_while_typing(tree):
    tree.get_by_label("Search departments").press_sequentially("fwt")
    tree.locator("#org-units .way", has_text="Head office › Offices › Branch 89").wait_for()

    inspection.becomes(tree.locator("#org-units .leaf").all_inner_texts, ["服务台"])
    inspection.becomes(lambda: tree.url.endswith("q=fwt"), True)
    assert tree.evaluate("document.activeElement.id") == "units-q"


def test_without_script_every_part_has_its_page(open_page, ann, acme, head):
    page = open_page(ann, f"/accounts/{acme.pk}/units/", java_script_enabled=False)

    page.locator("#org-units summary", has_text="91 below").click()
    page.get_by_role("link", name="Show what is below").click()
    page.get_by_role("link", name="Next").click()

    inspection.becomes(branches(page).first.inner_text, "Branch 40")
    assert page.get_by_label("The way to it").inner_text() == "All departments › Head office › Offices"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [inspection.PHONE, inspection.DESK], ids=["phone", "desk"])
def test_every_part_can_be_read(open_page, ann, acme, head, size, theme):
    page = open_page(ann, f"/accounts/{acme.pk}/units/", theme=theme, **size)
    wrong = []
    for part in ("", f"?below={head.pk}", "?q=branch", "?q=zzz"):
        page.goto(f"/accounts/{acme.pk}/units/{part}")
        wrong += [f"{part}: {one}" for one in [*inspection.violations(page), *inspection.overflow(page)]]

    assert wrong == []
