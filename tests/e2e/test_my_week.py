"""A Monday morning: sign in, see who has gone quiet, log, snooze, dismiss, undo."""

import pytest
from django.urls import reverse

from tests.e2e.inspection import type_and_see
from tests.factories import PASSWORD, AccountFactory, StakeholderFactory, known_for, role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

NAMES = ("Liu Yang 刘洋", "Zhao Xin 赵欣", "Qian Bo 钱博")


@pytest.fixture
def quiet(ann, north):
    """Three people nobody has met for too long."""
    metro = AccountFactory(name="Metro Group", owner=ann, team=north)
    people = [StakeholderFactory(account=metro, name=name) for name in NAMES]
    for person in people:
        role(person, "D")
        known_for(person, 90)
    return people


@pytest.fixture
def week(open_page, ann, quiet):
    """My week at a desk."""
    return open_page(ann, "/", width=1440, height=900)


def test_a_rep_signs_in_logs_a_visit_and_the_person_leaves_the_list(open_page, ann, quiet):
    page = open_page(None, "/")
    page.get_by_label("Email").fill(ann.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).tap()
    row(page, "Liu Yang").wait_for()

    row(page, "Liu Yang").locator("summary").tap()
    row(page, "Liu Yang").get_by_role("link", name="Log").tap()
    page.get_by_role("button", name="Save").tap()
    page.wait_for_url("**/after/")
    page.goto("/")

    row(page, "Zhao Xin").wait_for()
    assert row(page, "Liu Yang").count() == 0


def test_a_person_is_snoozed_in_place(week):
    choose(week, "Liu Yang", "Snooze…")
    week.locator("#dialog").get_by_role("button", name="Snooze").click()

    row(week, "Liu Yang").wait_for(state="detached")
    row(week, "Zhao Xin").wait_for()


def test_a_dismissal_asks_why_and_can_be_undone(week):
    choose(week, "Liu Yang", "Dismiss…")
    week.locator("#dialog").get_by_role("textbox").fill("On leave until spring.")
    week.locator("#dialog").get_by_role("button", name="Dismiss").click()
    row(week, "Liu Yang").wait_for(state="detached")

    week.locator(".toast").get_by_role("button", name="Undo").click()

    row(week, "Liu Yang").wait_for()


def row(page, name):
    """The line of a person among those gone quiet."""
    return page.locator("section[aria-labelledby=quiet] .person-row", has_text=name)


def choose(page, name, act):
    row(page, name).locator("summary").click()
    row(page, name).get_by_role("link", name=act).click()
    page.locator("#dialog[open]").wait_for()


def test_every_part_of_a_page_is_reached_by_keyboard(week, quiet):
    for address in walked(quiet[0]):
        week.goto(address)
        reached = {week.evaluate(REACHED) for _press in press_tab(week)}

        assert sorted(set(week.evaluate(REACHABLE)) - reached) == [], address
        assert not [each for each in reached if each and each.endswith("unseen")], address


def walked(person):
    yield "/"
    yield reverse("accounts:list")
    yield reverse("accounts:detail", args=[person.account_id])
    yield reverse("relationships:people")
    yield reverse("stakeholders:detail", args=[person.pk])
    yield reverse("relationships:log") + f"?account={person.account_id}"


def press_tab(page):
    """Tab after tab, until every part had its turn."""
    page.wait_for_selector("html:not(.busy)")
    for press in range(len(page.evaluate(REACHABLE)) + 8):
        page.keyboard.press("Tab")
        yield press


# A part is known by its place among all; one of a group of radios stands for the group.
PLACES = """
    const parts = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .filter((part) => part.type !== "hidden" && part.tabIndex >= 0 && !part.disabled && part.checkVisibility());
    const place = (part) => part.type === "radio" ? "radio " + part.name
        : parts.indexOf(part) + " " + part.tagName + " " + (part.name || part.textContent.trim().slice(0, 20));
"""
REACHABLE = f"() => {{ {PLACES} return parts.map(place) }}"
REACHED = f"""() => {{ {PLACES}
    const part = document.activeElement;
    if (!parts.includes(part)) return null;
    const shown = [part, part.closest(".chip, .person-row, .record-row, tr, li")].filter(Boolean)
        .some((box) => getComputedStyle(box).outlineStyle !== "none" || getComputedStyle(box).boxShadow !== "none");
    return place(part) + (shown ? "" : " unseen");
}}"""


def test_a_slash_searches_and_the_arrows_choose(week, quiet):
    week.keyboard.press("/")
    type_and_see(week, "zhao")
    assert week.locator("#search-results [role=option]").count() == 2  # her, and all results

    week.keyboard.press("ArrowDown")
    week.keyboard.press("Enter")

    week.wait_for_url(f"**/people/{quiet[1].pk}/")


def test_a_question_mark_lists_the_keys_until_escape(week):
    week.keyboard.press("?")
    week.locator("#shortcuts[open]").wait_for()

    week.keyboard.press("Escape")

    week.locator("#shortcuts:not([open])").wait_for(state="attached")


def test_escape_closes_a_dialog_and_the_focus_goes_back(week):
    choose(week, "Liu Yang", "Snooze…")

    week.keyboard.press("Escape")

    week.locator("#dialog:not([open])").wait_for(state="attached")
    assert week.evaluate("document.activeElement.getAttribute('aria-label')") == "More for Liu Yang 刘洋"
