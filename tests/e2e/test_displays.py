"""Screens set up otherwise, and paper: nothing is lost."""

import pytest
from django.urls import reverse

from relationships.models import Interaction
from tests.e2e.inspection import SETTLED, overflow
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, activity, known_for, role, visit

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# Whether a mark is drawn where the system paints backgrounds and takes shadows away.
DRAWN = """(mark) => {
    const look = getComputedStyle(mark);
    const drawn = (side) => look[side + "Style"] !== "none" && parseFloat(look[side + "Width"]) >= 1;
    return drawn("borderTop") || drawn("outline") || look.textDecorationLine !== "none"
        || look.forcedColorAdjust === "none";
}"""
MARKS = {
    "person": [".role.main"],
    "log": [".chip:has(:checked)", ".key-dot"],
    "activity": [".entry.planned > .dot", ".entry.done > .dot", ".tabs a[aria-current]"],
}
ON_PAPER = {"width": 688, "height": 1016}  # A4 within margins of 14 mm
CUT = "(cards) => cards.filter((card) => card.scrollWidth > card.clientWidth + 1).map((card) => card.className)"
CONTROLS = "button, .button, nav, header.top, .menu, input, select, .section > header > a, .skip, .toasts"


@pytest.fixture
def liu(ann, north):
    """Somebody gone quiet, in a unit below another, with a visit held and one to come."""
    metro = AccountFactory(name="Metro Group", owner=ann, team=north)
    person = StakeholderFactory(account=metro, name="Liu Yang 刘洋", title="CTO", level="executive")
    above = OrgUnitFactory(account=metro, name="Head office")
    for name in ("Network", "Line control"):
        above = OrgUnitFactory(account=metro, name=name, parent=above)
    OrgUnitFactory(account=metro, name="Night shift", parent=above)
    role(person, "D", is_primary=True)
    known_for(person, 400)
    visit(person, by=ann, days_ago=200)
    Interaction.plan(metro, by=ann, people=[person], activity_type=activity(), held_on=metro.today())
    return person


def test_marks_are_drawn_where_the_system_chooses_the_colours(open_page, ann, liu):
    page = open_page(ann, "/", forced_colors="active")
    lost = []
    for address, marks in MARKS.items():
        page.goto(address_of(address, liu))
        page.wait_for_selector(SETTLED)
        lost += [(address, mark) for mark in marks if not page.locator(mark).first.evaluate(DRAWN)]

    assert lost == []


def test_what_is_chosen_and_told_is_drawn_there_too(open_page, ann, liu):
    page = open_page(ann, "/people/", width=1440, height=900, forced_colors="active")

    with page.expect_response(lambda answer: "q=liu" in answer.url):
        page.locator("#search").press_sequentially("liu")
    page.wait_for_selector(SETTLED)
    page.keyboard.press("ArrowDown")
    assert page.locator("[role=option][aria-selected=true]").evaluate(DRAWN)
    page.keyboard.press("Escape")

    page.locator("summary[aria-label^=Menu]").click()
    assert page.locator(".switch [aria-pressed=true]").evaluate(DRAWN)
    page.goto(liu.get_absolute_url())
    page.locator("summary[aria-label=More]").click()
    page.get_by_role("button", name="Watch").click()
    assert page.locator(".toast").evaluate(DRAWN)


def test_nothing_moves_for_who_wants_it_still(open_page, ann, liu):
    page = open_page(ann, liu.get_absolute_url(), reduced_motion="reduce")
    page.get_by_role("link", name="Give a role").first.tap()
    page.locator("#dialog[open]").wait_for()

    moving = "[...document.querySelectorAll('*')].map((part) => getComputedStyle(part))"
    longest = (
        f"Math.max(...{moving}.flatMap((look) => [look.animationDuration, look.transitionDuration]).map(parseFloat))"
    )
    assert page.evaluate(longest) <= 0.001


def test_a_page_on_paper_has_everything_but_its_controls(open_page, ann, liu):
    page = open_page(ann, "/", theme="dark", **ON_PAPER)
    page.emulate_media(media="print")
    for address in ("/", "account", "people", "person", "activity", "/interactions/", "/people/"):
        page.goto(address_of(address, liu))
        page.wait_for_selector(SETTLED, state="attached")

        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert list(overflow(page)) == [], address
        assert page.locator(CONTROLS).locator("visible=true").all_inner_texts() == [], address
        assert page.locator("main").get_by_text("Liu Yang").locator("visible=true").count(), address
        assert page.locator(".card").evaluate_all(CUT) == [], address
        assert page.get_by_text("Night shift").locator("visible=true").count() or address != "account"


def test_a_long_list_begins_below_its_title_on_paper(open_page, ann, liu):
    for number in range(40):
        StakeholderFactory(account=liu.account, name=f"Person {number}")
    page = open_page(ann, "/people/", width=1440, height=900)
    page.wait_for_selector(SETTLED)

    pages = page.pdf(format="A4").count(b"/Type /Page\n")

    assert pages == 2


def address_of(name, person):
    if "/" in name:
        return name
    return {
        "log": reverse("relationships:log") + f"?account={person.account_id}&person={person.pk}",
        "account": person.account.get_absolute_url(),
        "people": reverse("stakeholders:of_account", args=[person.account_id]),
        "activity": reverse("relationships:activity", args=[person.account_id]),
        "person": person.get_absolute_url(),
    }[name]
