"""A visit logged on a phone: few taps, little time, nothing lost, nothing twice."""

import re
import time

import pytest
from django.urls import reverse

from relationships.models import ContactState, Interaction
from tests.e2e.inspection import becomes, violations
from tests.factories import PASSWORD, AccountFactory, StakeholderFactory, known_for, role

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TAPS, SECONDS = 6, 20
NO_ANSWER = ("net::ERR_", "htmx:sendError", "htmx:afterRequest")


@pytest.fixture
def metro(ann, north):
    AccountFactory(name="Hengtong Bank", owner=ann, team=north)
    return AccountFactory(name="Metro Group", owner=ann, team=north)


@pytest.fixture
def liu(metro):
    person = StakeholderFactory(account=metro, name="Liu Yang 刘洋", title="CTO")
    StakeholderFactory(account=metro, name="Zhao Xin 赵欣")
    role(person, "D")
    return known_for(person, 90)


@pytest.fixture
def filled(open_page, ann, liu):
    """The form with everything chosen, not yet saved."""
    page = open_page(ann, reverse("relationships:log") + f"?account={liu.account_id}")
    page.get_by_text("Liu Yang").click()
    becomes(lambda: len(drafts(page)), 1)
    return page


def test_a_visit_takes_six_taps_and_twenty_seconds(open_page, ann, liu):
    page = open_page(ann)
    taps, began = 0, time.monotonic()

    for what in (
        page.locator(".bottom-bar .log"),
        page.get_by_role("link", name="Metro Group"),
        page.get_by_text("Visit", exact=True),
        page.get_by_text("Liu Yang"),
        page.get_by_role("button", name="Save"),
    ):
        what.tap()
        taps += 1
    page.wait_for_url("**/after/")

    assert taps <= TAPS
    assert time.monotonic() - began < SECONDS
    assert [row.stakeholder for row in Interaction.objects.get().participants.all()] == [liu]


def test_the_person_leaves_the_quiet_list(open_page, ann, liu, filled):
    quiet = open_page(ann, reverse("accounts:detail", args=[liu.account_id]))
    quiet.locator("#quiet-people .name", has_text="Liu Yang").wait_for()

    filled.get_by_role("button", name="Save").tap()
    filled.wait_for_url("**/after/")

    quiet.reload()
    quiet.locator("#quiet-people").get_by_text("Nobody has gone quiet").wait_for()
    assert quiet.locator("#quiet-people .name", has_text="Liu Yang").count() == 0
    assert ContactState.objects.gone_quiet(liu.account.today()).filter(stakeholder=liu).count() == 0


def test_a_draft_survives_a_reload(filled):
    filled.get_by_text("Note, value, next step").click()
    filled.locator("[name=summary]").fill("They move the core to next year.")

    filled.reload()

    filled.get_by_text("Here is what you had not sent yet.").wait_for()
    becomes(filled.locator("[name=summary]").input_value, "They move the core to next year.")
    becomes(filled.get_by_role("checkbox", name=re.compile("Liu Yang")).is_checked, True)


def test_a_draft_waits_on_the_page_of_customers(filled):
    filled.goto(reverse("relationships:log"))

    filled.get_by_role("link", name="Continue").tap()

    filled.get_by_role("checkbox", name=re.compile("Liu Yang")).wait_for()
    becomes(filled.get_by_role("checkbox", name=re.compile("Liu Yang")).is_checked, True)


def choose_another_customer(page, name):
    page.get_by_role("link", name="Other…").tap()
    page.get_by_role("link", name=name).first.tap()
    page.locator(".chip[aria-current]", has_text=name).wait_for()


def test_what_was_typed_goes_along_to_another_customer(filled, liu, ann, north):
    wei = StakeholderFactory(account=AccountFactory(name="Power Grid", owner=ann, team=north), name="Li Wei")
    filled.get_by_text("Call", exact=True).tap()
    filled.get_by_text("Note, value, next step").click()
    filled.locator("[name=summary]").fill("They move the core to next year.")

    choose_another_customer(filled, "Power Grid")
    filled.get_by_text("What you typed came along.").wait_for()
    filled.get_by_text("Li Wei").tap()
    filled.get_by_role("button", name="Save").tap()
    filled.wait_for_url("**/after/")

    made = Interaction.objects.get()
    assert (made.account, made.summary) == (wei.account, "They move the core to next year.")
    assert (made.activity_type.label_en, made.participants.get().stakeholder) == ("Call", wei)
    becomes(lambda: drafts(filled), [])


def test_the_same_customer_chosen_again_finds_it_all(filled):
    filled.get_by_text("Note, value, next step").click()
    filled.locator("[name=summary]").fill("They move the core to next year.")

    choose_another_customer(filled, "Metro Group")

    becomes(filled.locator("[name=summary]").input_value, "They move the core to next year.")
    becomes(filled.get_by_role("checkbox", name=re.compile("Liu Yang")).is_checked, True)


def test_what_was_sent_already_stays_with_its_customer(filled, complaints):
    complaints.allow(*NO_ANSWER)
    filled.context.set_offline(True)
    filled.get_by_role("button", name="Save").tap()
    filled.get_by_role("button", name="Kept on this phone").wait_for()
    filled.context.set_offline(False)

    choose_another_customer(filled, "Hengtong Bank")

    becomes(lambda: len(drafts(filled)), 1)
    assert filled.get_by_text("What you typed came along.").count() == 0


def test_gone_elsewhere_nothing_moves_later(filled, metro):
    filled.get_by_text("Note, value, next step").click()
    filled.locator("[name=summary]").fill("They move the core to next year.")
    filled.get_by_role("link", name="Other…").tap()
    filled.get_by_role("link", name="Continue").wait_for()
    filled.goto("/")

    filled.goto(reverse("relationships:log"))
    filled.get_by_role("link", name="Hengtong Bank").tap()
    filled.locator(".chip[aria-current]", has_text="Hengtong Bank").wait_for()

    becomes(filled.locator("[name=summary]").input_value, "")
    becomes(lambda: len(drafts(filled)), 1)


def test_a_draft_is_nobody_elses(filled, open_page, ben, liu):
    stored = filled.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))")
    assert len(stored) == 1

    page = open_page(ben, reverse("relationships:log"))
    page.evaluate("(key) => { localStorage[key] = JSON.stringify({fields: [], at: Date.now()}) }", stored[0])
    page.reload()

    assert page.get_by_text("is not sent yet").count() == 0


def test_a_draft_is_gone_after_it_was_saved(filled):
    filled.get_by_role("button", name="Save").tap()
    filled.wait_for_url("**/after/")

    becomes(lambda: drafts(filled), [])


def test_a_draft_is_gone_after_a_week(filled):
    filled.evaluate("""() => Object.keys(localStorage).filter((key) => key.includes('draft')).forEach((key) => {
        const draft = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify({...draft, at: Date.now() - 8 * 24 * 3600 * 1000});
    })""")

    filled.reload()

    becomes(lambda: drafts(filled), [])


def test_a_draft_is_gone_at_sign_out(filled):
    filled.locator("details.menu summary").first.tap()
    filled.get_by_role("button", name="Sign out").tap()
    filled.wait_for_url("**/auth/**")

    becomes(lambda: drafts(filled), [])


def test_offline_it_is_kept_and_sent_again_once(filled, complaints):
    complaints.allow(*NO_ANSWER)
    filled.context.set_offline(True)
    filled.get_by_role("button", name="Save").tap()
    again = filled.get_by_role("button", name="Kept on this phone, send again")
    again.wait_for()
    assert not Interaction.objects.exists()

    filled.context.set_offline(False)
    again.tap()
    filled.wait_for_url("**/after/")

    assert Interaction.objects.count() == 1


def test_offline_it_survives_a_reload_too(filled, complaints):
    complaints.allow(*NO_ANSWER)
    filled.context.set_offline(True)
    filled.get_by_role("button", name="Save").tap()
    filled.get_by_role("button", name="Kept on this phone").wait_for()

    filled.context.set_offline(False)
    filled.reload()
    filled.get_by_role("button", name="Kept on this phone, send again").tap()
    filled.wait_for_url("**/after/")

    assert Interaction.objects.count() == 1


def lose(route, lost):
    lost.append(route.fetch())  # the server has it; its answer does not come before the phone gives up


GIVE_UP_AFTER = "(form, patience) => form.setAttribute('hx-request', patience)"
TROUBLES = {
    "line broken": lambda route, lost: lost.append(route.abort()),
    "server gone": lambda route, lost: lost.append(route.abort("connectionrefused")),
    "database away": lambda route, lost: lost.append(route.fulfill(status=503, body="")),
    "answer too slow": lose,
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_on_the_way_is_told_and_the_visit_is_kept_and_made_once(filled, complaints, trouble):
    complaints.allow(*NO_ANSWER, "status of 503", "htmx:timeout", "Response Status Error Code 503")
    lost = []

    def trouble_once(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        return TROUBLES[trouble](route, lost)

    filled.route("**/interactions/log/", trouble_once)
    form = filled.locator("form[data-draft]")
    patience = form.get_attribute("hx-request")
    form.evaluate(GIVE_UP_AFTER, '{"timeout": 1500}')
    filled.get_by_role("button", name="Save").tap()
    again = filled.get_by_role("button", name="Kept on this phone, send again")
    again.wait_for()
    filled.get_by_text("What you typed is kept on this phone").wait_for()
    assert list(violations(filled)) == []
    assert drafts(filled)

    form.evaluate(GIVE_UP_AFTER, patience)
    again.tap()
    filled.wait_for_url("**/after/")

    assert len(lost) == 1
    assert Interaction.objects.count() == 1
    becomes(lambda: drafts(filled), [])


def test_a_session_that_ended_meanwhile_costs_no_word(filled, ann):
    filled.get_by_text("Note, value, next step").click()
    filled.locator("[name=summary]").fill("They move the core to next year.")
    filled.context.clear_cookies()
    filled.get_by_role("button", name="Save").tap()
    filled.wait_for_url("**/auth/login/**")
    filled.get_by_label("Email").fill(ann.email)
    filled.get_by_label("Password", exact=True).fill(PASSWORD)
    filled.get_by_role("button", name="Sign in", exact=True).tap()

    filled.get_by_text("Here is what you had not sent yet.").wait_for()
    filled.get_by_role("button", name="send again").tap()
    filled.wait_for_url("**/after/")

    assert Interaction.objects.get().summary == "They move the core to next year."


def test_an_answer_lost_on_the_way_makes_no_second_visit(filled, complaints):
    complaints.allow(*NO_ANSWER)
    lost = []

    def lose_the_first_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())  # the server has it; the phone never hears
            return route.abort()
        return route.continue_()

    filled.route("**/interactions/log/", lose_the_first_answer)
    filled.get_by_role("button", name="Save").tap()
    filled.get_by_role("button", name="Kept on this phone, send again").tap()
    filled.wait_for_url("**/after/")

    assert len(lost) == 1
    assert Interaction.objects.count() == 1


def test_the_same_form_with_other_content_is_shown_beside_the_first(filled, complaints):
    complaints.allow(*NO_ANSWER)
    lost = []

    def lose_the_first_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            return route.abort()
        return route.continue_()

    filled.route("**/interactions/log/", lose_the_first_answer)
    filled.get_by_role("button", name="Save").tap()
    filled.get_by_role("button", name="Kept on this phone, send again").wait_for()
    filled.get_by_text("Zhao Xin").tap()
    filled.get_by_role("button", name="Kept on this phone, send again").tap()
    filled.get_by_text("This form was sent before, with other content.").wait_for()

    filled.get_by_role("button", name="Save as a new one").tap()
    filled.wait_for_url("**/after/")

    assert sorted(row.head_count for row in Interaction.objects.all()) == [1, 2]


def test_two_taps_on_save_make_one_visit(filled):
    filled.get_by_role("button", name="Save").dblclick()
    filled.wait_for_url("**/after/")

    assert Interaction.objects.count() == 1


def test_a_browser_without_script_logs_too(open_page, ann, liu):
    page = open_page(ann, reverse("relationships:log"), java_script_enabled=False)
    page.get_by_role("link", name="Metro Group").tap()
    page.get_by_text("Liu Yang").tap()
    page.get_by_role("button", name="Save").tap()

    page.get_by_role("heading", name="What came of it").wait_for()
    assert Interaction.objects.count() == 1


def drafts(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('two-eyes:draft'))")
