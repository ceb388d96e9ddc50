"""One of many in a real browser: by keyboard, by touch, without script, and read aloud."""

import time

import pytest

from accounts.models import Account
from pages.choices import FEW
from tests.e2e import inspection
from tests.factories import AccountFactory, UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(open_page, ann):
    page = open_page(ann, "/gallery/", width=1440, height=900)
    inspection.until(page, "window.htmx")
    return page


def box(page, name="nobody-boss"):
    return page.locator(f"[name={name}_text]")


def sent(page, name="nobody-boss"):
    return page.locator(f"[name={name}]").input_value()


def options(page, name="nobody-boss"):
    return page.locator(f"#id_{name}_list [role=option]")


def test_one_is_chosen_by_keyboard_alone(gallery):
    text = box(gallery)
    text.focus()
    assert text.get_attribute("aria-expanded") == "false"

    inspection.type_and_see(gallery, "li wei")
    assert text.get_attribute("aria-expanded") == "true"
    gallery.keyboard.press("ArrowDown")
    gallery.keyboard.press("ArrowDown")
    marked = text.get_attribute("aria-activedescendant")
    assert gallery.locator(f"[id='{marked}']").get_attribute("aria-selected") == "true"
    gallery.keyboard.press("Enter")

    inspection.becomes(text.input_value, "Li Wei 李伟")
    assert sent(gallery) == "18"
    assert text.get_attribute("aria-expanded") == "false"
    assert options(gallery).count() == 0


def test_enter_never_sends_half_a_name(gallery):
    box(gallery).fill("zhou na")
    options(gallery).first.wait_for()

    gallery.keyboard.press("Enter")
    assert gallery.url.endswith("/gallery/")
    gallery.keyboard.press("Enter")

    inspection.becomes(box(gallery).input_value, "Zhou Na 周娜")


def test_quick_fingers_get_what_was_typed_last_and_leave_the_console_empty(gallery, complaints):
    gallery.route("**/gallery/choices/**", lambda route: (time.sleep(0.3), route.continue_()))

    box(gallery).press_sequentially("wang min", delay=200)
    options(gallery).filter(has_text="Min").first.wait_for()
    inspection.until(gallery, "document.querySelectorAll('#id_nobody-boss_list [role=option]').length === 4")

    assert set(options(gallery).locator("b").all_inner_texts()) == {"Wang Min 王敏"}
    assert complaints.left() == []


def test_a_list_stays_closed_though_an_answer_is_still_on_its_way(gallery):
    box(gallery).press_sequentially("li we", delay=10)
    options(gallery).first.wait_for()
    gallery.route("**/gallery/choices/**", lambda route: (time.sleep(1), route.continue_()))
    with gallery.expect_response("**/gallery/choices/**"):
        with gallery.expect_request("**/gallery/choices/**"):
            gallery.keyboard.type("i")
        options(gallery).first.click()
        assert options(gallery).count() == 0
    gallery.wait_for_selector(inspection.SETTLED)

    assert options(gallery).count() == 0
    assert box(gallery).get_attribute("aria-expanded") == "false"


def answered_under_a_finger(page, text):
    """The first suggestion, held down while the answer to another text comes in."""
    box(page).focus()
    inspection.type_and_see(page, "li we")
    held = []
    page.route("**/gallery/choices/**", lambda route: held.append(route))
    with page.expect_request("**/gallery/choices/**"):
        box(page).fill(text)
    options(page).first.hover()
    page.mouse.down()
    with page.expect_response("**/gallery/choices/**"):
        held[0].continue_()
    page.unroute("**/gallery/choices/**")
    page.wait_for_timeout(200)
    return options(page).first.get_attribute("data-label")


def test_no_list_changes_under_a_finger(gallery):
    name = answered_under_a_finger(gallery, "wang")
    gallery.mouse.up()

    options(gallery).first.wait_for(state="detached")
    assert name.startswith("Li We")
    assert box(gallery).input_value() == name


def test_what_came_meanwhile_is_shown_when_nothing_was_taken(gallery):
    answered_under_a_finger(gallery, "sun min")
    gallery.mouse.move(1, 1)
    gallery.mouse.up()

    options(gallery).filter(has_text="Sun Min").first.wait_for()


def test_escape_closes_the_list_and_nothing_else(gallery):
    gallery.get_by_role("button", name="Snooze…").first.click()
    gallery.keyboard.press("Escape")
    box(gallery).focus()
    gallery.keyboard.press("ArrowDown")
    options(gallery).first.wait_for()

    gallery.keyboard.press("Escape")

    assert options(gallery).count() == 0
    assert box(gallery).evaluate("(input) => input === document.activeElement")


def test_the_list_goes_with_the_focus(gallery):
    box(gallery).click()
    options(gallery).first.wait_for()

    gallery.keyboard.press("Tab")
    gallery.keyboard.press("Tab")

    assert options(gallery).count() == 0
    assert box(gallery).get_attribute("aria-expanded") == "false"


def test_what_was_chosen_is_cleared_by_a_button(gallery):
    assert sent(gallery, "somebody-boss") == "0"

    gallery.locator("[data-choice]", has=box(gallery, "somebody-boss")).get_by_role("button", name="Clear").click()

    assert (sent(gallery, "somebody-boss"), box(gallery, "somebody-boss").input_value()) == ("", "")


def test_what_is_said_of_the_one_chosen_goes_with_the_name(gallery):
    told = gallery.locator("#id_somebody-boss_list_why")
    assert told.inner_text().startswith("Hengtong Bank")

    box(gallery, "somebody-boss").fill("li jing")
    told.wait_for(state="hidden")
    options(gallery, "somebody-boss").filter(has_text="Hengtong Bank · 30").click()

    inspection.becomes(told.inner_text, "Hengtong Bank · 30")


def test_how_many_there_are_is_said(gallery):
    box(gallery).fill("wang")
    options(gallery).first.wait_for()

    told = gallery.locator("[data-choice]", has=box(gallery)).get_by_role("status")

    inspection.becomes(told.inner_text, "12 suggestions. 4 more: type on")


def test_a_mark_of_several_gives_way_to_a_suggestion(gallery):
    gallery.get_by_role("radio", name="Wang Wei 王伟 Hengtong Bank · 3").check()
    box(gallery, "several-boss").fill("sun min")
    options(gallery, "several-boss").filter(has_text="Sun Min").first.click()

    inspection.becomes(box(gallery, "several-boss").input_value, "Sun Min 孙敏")
    assert gallery.locator("[name=several-boss_one]").count() == 0


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1440, "light")])
def test_an_open_list_is_accessible_and_no_wider_than_the_screen(open_page, ann, width, theme):
    page = open_page(ann, "/gallery/", width=width, theme=theme, reduced_motion="reduce")
    inspection.until(page, "window.htmx")
    box(page).click()
    options(page).first.wait_for()
    page.keyboard.press("ArrowDown")

    assert list(inspection.violations(page)) == []
    assert list(inspection.overflow(page)) == []


@pytest.fixture
def groups(ann, north):
    """More companies than a plain list holds."""
    for number in range(FEW + 1):
        AccountFactory(name=f"Grid {number:02} 电网", owner=ann, team=north)
    return AccountFactory(name="Hengtong Holding 恒通集团", owner=ann, team=north)


def test_a_group_company_is_chosen_with_a_thumb(open_page, ann, acme, groups):
    page = open_page(ann, f"/accounts/{acme.pk}/edit/")
    inspection.until(page, "window.htmx")

    box(page, "parent").tap()
    box(page, "parent").press_sequentially("ht")
    options(page, "parent").filter(has_text="Hengtong").tap()
    page.get_by_role("button", name="Save").tap()

    page.wait_for_url(f"**/accounts/{acme.pk}/")
    assert Account.objects.get(pk=acme.pk).parent == groups


def test_without_script_a_text_is_read_and_several_are_asked_about(open_page, ann, acme, groups):
    page = open_page(ann, f"/accounts/{acme.pk}/edit/", java_script_enabled=False)

    box(page, "parent").fill("grid 5")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("6 fit “grid 5”: choose the one you mean.").wait_for()
    page.get_by_role("radio", name="Grid 25 电网").check()
    page.get_by_role("button", name="Save").click()

    page.wait_for_url(f"**/accounts/{acme.pk}/")
    assert Account.objects.get(pk=acme.pk).parent.name == "Grid 25 电网"


def test_a_filter_waits_for_a_whole_name(open_page, ann, acme, groups):
    for number in range(FEW):
        UserFactory(full_name=f"Colleague {number:02}")
    page = open_page(ann, "/accounts/?filters=open", width=1440)
    inspection.until(page, "window.htmx")
    asked = []
    page.on("request", lambda request: "/accounts/?" in request.url and asked.append(request.url))

    box(page, "owner").fill("coll")
    page.locator("[name=industry]").focus()
    assert box(page, "owner").input_value() == ""
    assert asked == []
    box(page, "owner").fill("colleague 07")
    options(page, "owner").filter(has_text="Colleague 07").click()

    page.get_by_text("No account matches").wait_for()
    assert len(asked) == 1


def test_the_stored_one_is_taken_where_somebody_was_quicker(open_page, ann, ben, acme, groups):
    page = open_page(ann, f"/accounts/{acme.pk}/edit/", width=1440)
    inspection.until(page, "window.htmx")
    grid = Account.objects.get(name="Grid 03 电网")
    Account.objects.get(pk=acme.pk).change(by=ben, parent=grid)

    box(page, "parent").fill("Hengtong")
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name="Group company")
    row.wait_for()
    assert "Hengtong Holding" in row.inner_text()
    row.get_by_role("button", name="Take stored").click()
    page.get_by_role("button", name="Save", exact=True).click()

    page.wait_for_url(f"**/accounts/{acme.pk}/")
    assert Account.objects.get(pk=acme.pk).parent == grid
