"""Finding somebody by keyboard alone, from wherever one is."""

import re

import pytest

from tests.e2e.inspection import SETTLED, becomes, type_and_see, until
from tests.factories import AccountFactory, StakeholderFactory, visit

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FIELD = "#search"
OPTIONS = "#search-results [role=option]"
MARKED = "document.activeElement.getAttribute('aria-activedescendant')"


@pytest.fixture
def wang(ann, north):
    metro = AccountFactory(name="Metro Group", owner=ann, team=north)
    StakeholderFactory(account=metro, name="王芳", title="Clerk")
    return StakeholderFactory(account=metro, name="王伟", title="Head of networks")


@pytest.fixture
def week(open_page, ann, wang):
    page = open_page(ann, "/", width=1440, height=900)
    page.wait_for_selector(SETTLED)
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def called(page, count):
    """The names suggested, as soon as there are so many."""
    until(page, f"document.querySelectorAll('{OPTIONS}').length == {count}")
    return [name.strip() for name in page.locator(f"{OPTIONS} > span:not(.stone) > b").all_inner_texts()]


def test_somebody_is_found_and_opened_without_a_mouse(week, wang):
    press(week, "/")
    type_and_see(week, "ww")
    assert called(week, 2) == ["王伟"]  # and all results
    week.locator(".search [role=status]", has_text="2").wait_for(state="attached")

    press(week, "ArrowDown")
    assert week.evaluate(MARKED) == week.locator(OPTIONS).first.get_attribute("id")

    press(week, "Enter")
    week.wait_for_url(re.compile(re.escape(wang.get_absolute_url())))


def test_control_k_searches_even_while_typing_and_escape_leaves(week):
    press(week, "Control+k")
    type_and_see(week, "wang network")
    assert called(week, 2) == ["王伟"]

    press(week, "Escape")
    assert week.locator(OPTIONS).count() == 0
    press(week, "Control+a", "Backspace", "Escape", "Escape")
    assert week.evaluate("document.activeElement.id") != "search"


def test_whom_one_met_last_is_offered_before_a_letter_is_typed(open_page, ann, wang):
    visit(wang, by=ann)
    page = open_page(ann, "/", width=1440, height=900)
    page.wait_for_selector(SETTLED)

    press(page, "/")

    assert called(page, 3)[0] == "王伟"


def test_enter_alone_brings_all_results(week):
    press(week, "/")
    week.keyboard.type("wang")
    press(week, "Enter")

    week.wait_for_url(re.compile("search"))
    becomes(week.locator("#found .person-row .name").all_inner_texts, ["王芳", "王伟"])


def test_only_the_last_of_quickly_typed_letters_is_shown(week):
    press(week, "/")
    week.keyboard.type("wangwei", delay=120)

    assert called(week, 2) == ["王伟"]
    week.wait_for_timeout(300)
    assert called(week, 2) == ["王伟"]


def test_a_phone_searches_on_a_page_of_its_own(open_page, ann, wang):
    page = open_page(ann, "/", width=390, height=844)
    page.wait_for_selector(SETTLED)
    press(page, "/")
    page.wait_for_url(re.compile("search"))

    until(page, "document.activeElement.id === 'search-page'")
    page.keyboard.type("ww")

    until(page, "document.querySelectorAll('#found .person-row').length == 1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
