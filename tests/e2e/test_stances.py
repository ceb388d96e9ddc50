"""The stance grid typed like a spreadsheet, by keyboard alone."""

import pytest

from accounts.models import Contender
from relationships.models import Stance
from tests.e2e.inspection import SETTLED, until
from tests.factories import OpportunityFactory, StakeholderFactory, role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FIELDS = "document.querySelectorAll('.stance-cell')"
FOCUSED = f"[...{FIELDS}].indexOf(document.activeElement)"


@pytest.fixture
def grid(open_page, acme, ann):
    bid = OpportunityFactory(account=acme, name="Core upgrade")
    Contender.enter(bid, "Norddata", by=ann)
    for name, letter in (("Chen Guohua 陈国华", "A"), ("Zhou Min 周敏", "D")):
        role(StakeholderFactory(account=acme, name=name), letter, opportunity=bid)
    page = open_page(ann, f"/opportunities/{bid.pk}/stances/", width=1440, height=900)
    page.wait_for_selector(SETTLED)
    return page


def is_kept(page, place, tone):
    until(page, f"{FIELDS}[{place}].classList.contains('is-{tone}')")


def test_values_are_kept_while_one_types_on(grid):
    grid.locator(".stance-cell").first.focus()

    for key in ("2", "ArrowRight", "-", "1", "ArrowDown", "?", "ArrowLeft", "0", "Enter"):  # no waiting for answers
        grid.keyboard.press(key)

    is_kept(grid, 0, "3")
    is_kept(grid, 1, "neg")
    is_kept(grid, 2, "0")
    stances = Stance.objects.order_by("stakeholder__name", "competitor__name")
    kept = {(each.stakeholder.name[:4], str(each.competitor or "us"), each.value) for each in stances}
    assert kept == {("Chen", "us", 2), ("Chen", "Norddata", -1), ("Zhou", "us", 0)}


def test_the_place_is_kept_when_the_answer_comes(grid):
    grid.locator(".stance-cell").first.focus()
    grid.keyboard.type("1")
    grid.keyboard.press("ArrowRight")

    is_kept(grid, 0, "1")

    until(grid, f"{FOCUSED} == 1")
    assert grid.locator(".stance-cell").first.input_value() == "+1"


def test_what_cannot_be_read_is_marked_and_escape_takes_back_what_was_typed(grid):
    grid.locator(".stance-cell").first.focus()
    grid.keyboard.type("7")
    grid.keyboard.press("Escape")
    taken_back = grid.locator(".stance-cell").first.input_value()

    grid.keyboard.type("7")
    grid.keyboard.press("ArrowRight")
    grid.wait_for_selector("[aria-invalid=true]")

    assert taken_back == ""
    assert "−2, −1, 0, 1 or 2" in grid.locator("#stance-error").inner_text()
    assert not Stance.objects.exists()
