"""A browser that runs no script does the whole of a rep's job, by plain links and forms."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Account
from relationships.models import Interaction
from reviews.models import Alert
from stakeholders.models import Stakeholder
from tests.factories import PASSWORD, AccountFactory, StakeholderFactory, activity, known_for, role, visit

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def metro(ann, north):
    AccountFactory(name="Hengtong Bank", owner=ann, team=north)
    return AccountFactory(name="Metro Group", owner=ann, team=north)


@pytest.fixture
def people(metro):
    """Three people nobody has met for too long."""
    found = [StakeholderFactory(account=metro, name=name, title="CTO") for name in ("Liu Yang", "Zhao Xin", "Qian Bo")]
    for person in found:
        role(person, "D")
        known_for(person, 90)
    return found


@pytest.fixture
def phone(open_page, ann, people):
    return open_page(ann, "/", java_script_enabled=False)


@pytest.fixture
def desk(open_page, ann, people):
    return open_page(ann, "/", java_script_enabled=False, width=1440, height=900)


def heading(page, text):
    page.get_by_role("heading", level=1, name=text).wait_for()


def save(page, name="Save"):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_rep_signs_in_and_logs_a_visit(open_page, ann, people):
    page = open_page(None, "/", java_script_enabled=False)
    page.get_by_label("Email").fill(ann.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    save(page, "Sign in")
    heading(page, "My week")

    page.locator(".bottom-bar .log").tap()
    page.get_by_role("link", name="Metro Group").tap()
    page.get_by_text("Call", exact=True).tap()
    page.get_by_text("Liu Yang").tap()
    page.get_by_text("Note, value, next step").tap()
    page.locator("[name=summary]").fill("They move the core to next year.")
    save(page)
    heading(page, "What came of it")
    page.get_by_text("Information", exact=True).tap()
    page.locator("[name=next_step]").fill("Send the plan")
    page.locator("[name=next_due]").fill(people[0].account.today().isoformat())
    save(page)
    heading(page, "Call")

    held = Interaction.objects.get()
    assert (held.activity_type.label_en, held.summary, held.value_given) == (
        "Call",
        "They move the core to next year.",
        "information",
    )
    assert [step.title for step in held.next_steps.all()] == ["Send the plan"]
    page.goto("/")
    page.get_by_text("Zhao Xin").wait_for()
    assert page.locator("section[aria-labelledby=quiet]").get_by_text("Liu Yang").count() == 0


def test_another_day_is_logged(phone, people, metro):
    phone.goto(reverse("relationships:log") + f"?account={metro.pk}")
    phone.get_by_text("Liu Yang").tap()
    phone.get_by_text("Pick…").tap()
    day = metro.today() - timedelta(days=9)
    phone.locator("[name=held_on]").fill(day.isoformat())
    save(phone)
    heading(phone, "What came of it")

    assert Interaction.objects.get().held_on == day


def test_a_visit_is_planned_finished_missed_and_called_off(phone, ann, metro, people):
    phone.goto(people[0].get_absolute_url())
    phone.get_by_role("link", name="Plan", exact=True).tap()
    phone.locator("[name=held_on]").fill((metro.today() + timedelta(days=2)).isoformat())
    save(phone, "Save plan")
    phone.get_by_role("link", name="It took place").tap()
    save(phone)
    heading(phone, "What came of it")
    save(phone, "Nothing to add")

    planned = Interaction.plan(metro, by=ann, people=people[1:], activity_type=activity(), held_on=metro.today())
    over = metro.today() - timedelta(days=1)
    Interaction.objects.filter(pk=planned.pk).update(held_on=over)
    phone.goto("/")
    phone.get_by_role("link", name="Answer").tap()
    phone.get_by_role("link", name="It did not happen").tap()
    phone.get_by_text("Them", exact=True).tap()
    save(phone)
    phone.get_by_role("link", name="Find a new date").tap()
    phone.locator("[name=held_on]").fill((metro.today() + timedelta(days=5)).isoformat())
    save(phone, "Save plan")
    phone.get_by_role("link", name="Call off").tap()
    phone.get_by_text("Us", exact=True).tap()
    save(phone)
    heading(phone, "Visit")

    assert [row.state for row in Interaction.objects.order_by("id")] == ["done", "missed", "cancelled"]


def test_an_alert_is_snoozed_and_another_dismissed_and_brought_back(desk, people):
    for name, act in (("Liu Yang", "Snooze…"), ("Zhao Xin", "Dismiss…")):
        row = desk.locator(".person-row", has_text=name)
        row.locator("summary").click()
        row.get_by_role("link", name=act).click()
        if act == "Dismiss…":
            desk.get_by_role("textbox").last.fill("On leave until spring.")
        desk.get_by_role("button", name=act.rstrip("…")).click()
        heading(desk, "My week")
        desk.locator(".person-row", has_text=name).wait_for(state="detached")

    desk.get_by_role("button", name="Undo").click()
    desk.goto("/")
    desk.locator(".person-row", has_text="Zhao Xin").wait_for()
    assert Alert.objects.get(stakeholder=people[0]).snoozed_until
    assert not Alert.objects.get(stakeholder=people[1]).dismissed_on


def test_a_person_is_added_found_and_a_post_corrected(phone, metro):
    phone.goto(reverse("relationships:people"))
    phone.get_by_role("link", name="New person").tap()
    phone.get_by_role("link", name="Metro Group").tap()
    phone.get_by_label("Name", exact=True).fill("王伟")
    phone.get_by_label("Title").fill("Head of IT")
    phone.get_by_role("button", name="Another one").tap()
    phone.get_by_label("Number or address").nth(1).fill("wang@metro.example")
    phone.get_by_label("Number or address").nth(2).fill("139 1053 3928")
    save(phone, "Add the person")
    heading(phone, "王伟")

    phone.get_by_role("link", name="Correct", exact=True).tap()
    phone.get_by_label("Title").fill("CIO")
    save(phone)
    heading(phone, "王伟")
    phone.get_by_text("CIO").first.wait_for()

    phone.get_by_role("link", name="Search").tap()
    phone.get_by_role("searchbox").fill("ww")
    phone.keyboard.press("Enter")
    phone.locator("#found").get_by_role("link", name="王伟").tap()
    heading(phone, "王伟")
    person = Stakeholder.objects.get(name="王伟")
    assert person.title == "CIO"
    assert person.contact_methods.count() == 2


def test_an_account_is_opened_edited_and_seen_in_all_its_parts(desk, ann, metro, people):
    visit(people[0], by=ann)
    desk.goto(reverse("accounts:list"))
    desk.get_by_role("link", name="Metro Group").click()
    for part, told in (("People gone quiet", "Zhao Xin"), ("Next visits", "Nothing planned")):
        desk.locator("main").get_by_role("link", name=part).click()
        desk.get_by_text(told).first.wait_for()
        desk.go_back()
    for tab, told in (("People", "Zhao Xin"), ("Activity", "Visit"), ("History", "Ann Lee")):
        desk.get_by_role("navigation", name="Parts of this account").get_by_role("link", name=tab).click()
        desk.locator("main").get_by_text(told).first.wait_for()
    desk.get_by_role("link", name="Overview").click()

    desk.get_by_role("link", name="Edit", exact=True).click()
    desk.get_by_label("Region").fill("North")
    save(desk)
    heading(desk, "Metro Group")
    desk.get_by_role("link", name="Add the first unit").click()
    desk.get_by_label("Name", exact=True).fill("Network")
    desk.locator("main form button.primary").click()
    desk.get_by_text("Network", exact=True).wait_for()

    assert Account.objects.get(pk=metro.pk).region == "North"
    assert [unit.name for unit in metro.units.all()] == ["Network"]


def test_language_and_theme_are_switched_and_one_signs_out(phone, ann):
    phone.locator("summary[aria-label^=Menu]").tap()
    phone.get_by_role("button", name="Dark").tap()
    phone.locator("html[data-theme=dark]").wait_for(state="attached")
    assert phone.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 19, 17)"

    phone.goto(reverse("users:profile"))
    phone.get_by_label("Language").select_option("zh-hans")
    save(phone)
    heading(phone, "个人资料与语言")

    phone.locator("summary[aria-label]").first.tap()
    phone.get_by_role("button", name="退出登录").tap()
    phone.wait_for_url(re.compile("/auth/"))
    assert phone.locator("html[data-theme=dark]").count() == 1
