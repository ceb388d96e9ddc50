"""A rep's day by keyboard alone: every part is reached, shown when it is, and left the way it was entered."""

import pytest
from django.urls import reverse

from relationships.models import Interaction
from reviews.models import Alert
from tests.e2e.inspection import SETTLED, until
from tests.factories import AccountFactory, StakeholderFactory, known_for, role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# What has the focus, as one would call it, and whether one sees that it has.
FOCUS = """() => {
    const part = document.activeElement;
    const label = part.labels?.[0]?.textContent ?? part.getAttribute("aria-label") ?? part.textContent;
    const boxes = [part, part.closest(".chip, .person-row, .record-row")].filter(Boolean);
    const looks = boxes.map((box) => getComputedStyle(box));
    const seen = looks.some((look) => look.outlineStyle !== "none" || look.boxShadow !== "none");
    const box = part.getBoundingClientRect();
    return { called: label.replace(/\\s+/g, " ").trim(), seen: seen && box.bottom > 0 && box.top < innerHeight };
}"""


@pytest.fixture
def people(ann, north):
    """Three people nobody has met for too long."""
    AccountFactory(name="Hengtong Bank", owner=ann, team=north)
    metro = AccountFactory(name="Metro Group", owner=ann, team=north)
    found = [StakeholderFactory(account=metro, name=name) for name in ("Liu Yang", "Qian Bo", "Zhao Xin")]
    for person in found:
        role(person, "D")
        known_for(person, 90)
    return found


@pytest.fixture
def week(open_page, ann, people):
    page = open_page(ann, "/", width=1440, height=900)
    page.wait_for_selector(SETTLED)
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, name, most=60):
    """Tab until something of that name has the focus, and one sees it."""
    for _press in range(most):
        press(page, "Tab")
        focus = page.evaluate(FOCUS)
        if name in focus["called"]:
            assert focus["seen"], f"{name} has the focus, and nobody sees it"
            return
    raise AssertionError(f"Tab never comes to {name}")


def focused(page):
    return page.evaluate(FOCUS)["called"]


def test_the_first_tab_skips_to_the_content(week):
    tab_to(week, "Skip to the content", most=1)
    press(week, "Enter", "Tab")

    assert week.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_visit_is_logged(week, people):
    press(week, "l")
    week.wait_for_url("**/interactions/log/")
    tab_to(week, "Metro Group")
    press(week, "Enter")
    week.wait_for_url("**account=**")
    tab_to(week, "Visit")
    press(week, "ArrowRight")
    tab_to(week, "Liu Yang")
    press(week, "Space")
    tab_to(week, "Now")
    press(week, "ArrowRight", "ArrowRight")
    tab_to(week, "Note, value, next step")
    press(week, "Enter")
    tab_to(week, "Note")
    week.keyboard.type("They move the core to next year.")
    tab_to(week, "Save")
    press(week, "Enter")
    week.wait_for_url("**/after/")

    held = Interaction.objects.get()
    assert [row.stakeholder.name for row in held.participants.all()] == ["Liu Yang"]
    assert (held.activity_type.label_en, held.summary) == ("Technical exchange", "They move the core to next year.")
    assert (people[0].account.today() - held.held_on).days == 1


def test_a_line_is_snoozed_and_the_focus_stays_among_the_lines(week, people):
    tab_to(week, "More for Liu Yang")
    press(week, "Enter")
    tab_to(week, "Snooze…", most=3)
    press(week, "Enter")
    week.locator("#dialog[open]").wait_for()
    assert week.evaluate("document.querySelector('#dialog').contains(document.activeElement)")
    tab_to(week, "Snooze", most=6)
    press(week, "Enter")
    week.locator(".person-row", has_text="Liu Yang").wait_for(state="detached")
    week.wait_for_selector(SETTLED)

    assert Alert.objects.get(stakeholder=people[0]).snoozed_until
    until(week, "document.activeElement !== document.body")
    assert focused(week) == "More for Qian Bo"


def test_a_form_that_was_sent_back_shows_what_is_wrong_first(open_page, ann, people):
    post = people[0].positions.get()
    page = open_page(ann, people[0].get_absolute_url(), width=1440, height=900)
    page.wait_for_selector(SETTLED)
    page.evaluate(
        "(url) => { htmx.ajax('GET', url, '#dialog-content') }", reverse("stakeholders:correct_post", args=[post.pk])
    )
    title = page.locator("#dialog [name=title]")
    title.fill("Head of networks")
    post.correct(by=ann, title="Head of everything")

    page.locator("#dialog button.primary").click()
    page.locator("#dialog .conflict").wait_for()
    page.wait_for_selector(SETTLED)

    assert page.evaluate("document.activeElement.id") == "conflict-title"
    assert page.evaluate(FOCUS)["called"] == "Somebody else was quicker"
    box = page.locator("#conflict-title").bounding_box()
    assert 0 <= box["y"] < 900 - box["height"]


def test_a_dialog_keeps_the_focus_and_gives_it_back(week):
    tab_to(week, "More for Qian Bo")
    press(week, "Enter")
    tab_to(week, "Dismiss…", most=4)
    press(week, "Enter")
    week.locator("#dialog[open]").wait_for()
    for _press in range(8):
        press(week, "Tab")
        assert week.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )

    press(week, "Escape")

    week.locator("#dialog:not([open])").wait_for(state="attached")
    assert week.evaluate(FOCUS) == {"called": "More for Qian Bo", "seen": True}


@pytest.mark.parametrize("menu", ["Menu of", "More for Liu Yang"])
def test_a_menu_opens_is_walked_and_closes_where_it_was_opened(week, menu):
    tab_to(week, menu)
    press(week, "Enter", "Tab", "Tab")
    assert week.evaluate("document.activeElement.closest('details[open]') !== null")

    press(week, "Escape")
    assert menu in focused(week)
    assert week.locator("details[data-menu][open]").count() == 0

    press(week, "Enter")
    for _press in range(12):
        press(week, "Tab")
    assert week.locator("details[data-menu][open]").count() == 0


def test_the_list_of_keys_opens_from_the_menu_and_leads_back(week):
    tab_to(week, "Menu of")
    press(week, "Enter")
    tab_to(week, "Keyboard shortcuts")
    press(week, "Enter")
    week.locator("#shortcuts[open]").wait_for()

    press(week, "Escape")

    week.locator("#shortcuts:not([open])").wait_for(state="attached")
    assert "Menu of" in focused(week)


def test_pages_are_gone_to_by_letters(week):
    for keys, address in (("ga", "/accounts/"), ("gp", "/people/"), ("gn", "/alerts/"), ("gh", "/")):
        press(week, *keys)
        week.wait_for_url(
            lambda url, address=address: url.endswith(f":{week.url.split(':')[2].split('/')[0]}{address}")
        )


def test_a_filter_keeps_the_focus_while_its_list_comes_anew(week):
    press(week, "g", "p")
    week.wait_for_url("**/people/")
    tab_to(week, "Filters")
    press(week, "Enter")
    week.locator("#filters fieldset").first.wait_for()
    tab_to(week, "Decision maker")
    press(week, "Space")
    week.wait_for_url("**role=**")
    week.wait_for_selector(SETTLED)

    assert week.evaluate("document.activeElement.closest('.filter-bar') !== null")
