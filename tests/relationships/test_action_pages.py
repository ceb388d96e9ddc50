"""Next steps by their pages, and the fragments on how silent people are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relationships.models import Action, Interaction
from tests.factories import AccountFactory, StakeholderFactory, activity, known_for, role, visit

PART = {"HX-Request": "true", "HX-Target": "somewhere"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def liu(acme):
    person = StakeholderFactory(account=acme, name="Liu Yang")
    role(person, "D")
    return known_for(person, 90)


@pytest.fixture
def step(acme, ann):
    return Action.add(acme, "Send the plan", acme.today() + timedelta(days=1), by=ann)


@pytest.fixture
def as_ann(client, ann):
    client.force_login(ann)
    return client


def url(name, *args):
    return reverse(f"relationships:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def edited(step, **values) -> dict:
    return {
        "title": step.title,
        "due_on": step.due_on.isoformat(),
        "owner": step.owner_id,
        "version": step.version,
        **values,
    }


def test_putting_off_keeps_the_first_day(as_ann, step):
    later = step.due_on + timedelta(days=7)

    as_ann.post(url("action", step), edited(step, due_on=later.isoformat()))

    now = Action.objects.get()
    assert (now.due_on, now.first_due_on) == (later, step.due_on)


def test_done_with_what_it_brought_and_undone(as_ann, step, acme):
    as_ann.post(url("finish_action", step), {"result": "They agreed", "version": step.version})
    done = Action.objects.get()
    assert (done.done_on, done.result) == (acme.today(), "They agreed")

    as_ann.post(url("reopen_action", step))

    assert Action.objects.get().done_on is None


def test_added_for_a_person(as_ann, liu, ann, acme):
    form = {"title": "Call", "due_on": acme.today().isoformat(), "owner": ann.pk, "stakeholder": liu.pk}

    as_ann.post(url("add_action") + f"?person={liu.pk}", form)

    made = Action.objects.get()
    assert (made.account, made.stakeholder, made.owner) == (acme, liu, ann)


def test_a_step_about_a_person_of_another_account_is_refused(as_ann, liu, ann):
    beta = AccountFactory(name="Beta", owner=ann)
    form = {"title": "Call", "due_on": beta.today().isoformat(), "owner": ann.pk, "stakeholder": liu.pk}

    response = as_ann.post(url("add_action") + f"?person={liu.pk}&account={beta.pk}", form)

    assert response.status_code == 422
    assert "Liu Yang: not at Beta." in response.content.decode()
    assert not Action.objects.exists()


@pytest.mark.parametrize("wrong", [{"title": ""}, {"due_on": ""}, {"owner": "7"}, {"due_on": "9999-12-31"}])
def test_what_makes_no_sense_is_refused(as_ann, step, wrong):
    response = as_ann.post(url("action", step), edited(step, **wrong))

    assert response.status_code == 422
    assert Action.objects.get().title == "Send the plan"


@pytest.mark.parametrize(("state", "shown"), [("open", True), ("due", True), ("late", False), ("done", False)])
def test_the_list_by_state(as_ann, step, state, shown):
    page = as_ann.get(url("actions") + f"?state={state}").content.decode()

    assert ("Send the plan" in page) is shown


def test_mine_and_everybodys(client, step, ben):
    client.force_login(ben)

    assert "Send the plan" not in client.get(url("actions")).content.decode()
    assert "Send the plan" in client.get(url("actions") + "?whose=team").content.decode()


@pytest.mark.parametrize(("name", "status"), [("ann", 302), ("ben", 302), ("cleo", 404), ("eve", 403), ("ada", 403)])
def test_the_team_and_its_managers_change_it(request, client, step, name, status):
    client.force_login(request.getfixturevalue(name))

    assert client.post(url("finish_action", step), {"result": "", "version": step.version}).status_code == status


def test_deleted_and_brought_back(as_ann, step):
    as_ann.post(url("drop_action", step))
    assert as_ann.get(url("action", step)).status_code == 404

    as_ann.post(url("restore_action", step))

    assert as_ann.get(url("action", step)).status_code == 200


# By whose day --------------------------------------------------------------------------------------------------------


@pytest.fixture
def steps(ann, acme, time_machine):
    """Due on the 2nd, which is today in Los Angeles and over in Shanghai, where ann reads."""
    time_machine.move_to(datetime(2026, 3, 3, 0, 30, tzinfo=UTC), tick=False)
    west = AccountFactory(name="West", owner=ann, time_zone="America/Los_Angeles")
    return [Action.add(account, f"At {account}", date(2026, 3, 2), by=ann) for account in (acme, west)]


def shown(page, state) -> list[str]:
    return [row["title"] for row in page.get(url("actions") + f"?state={state}").context["list"].page.rows]


def test_late_is_what_is_late_where_the_account_is(as_ann, steps):
    assert shown(as_ann, "late") == ["At Acme"]


def test_due_within_a_week_is_counted_from_the_accounts_day(as_ann, steps, ann):
    for step in steps:
        step.change(by=ann, due_on=date(2026, 3, 10))  # the seventh day from the 3rd, the eighth from the 2nd

    assert shown(as_ann, "due") == ["At Acme"]


def test_the_marks_of_a_list_go_by_each_accounts_day(as_ann, steps):
    acme, west = (
        row.split("</tr>")[0] for row in as_ann.get(url("actions")).content.decode().split("<tr data-row")[1:]
    )

    assert "late" in acme
    assert "late" not in west
    assert "today" in west


def test_the_panel_of_an_account_goes_by_its_day(as_ann, steps):
    acme, west = (as_ann.get(url("account_next_steps", step.account)).content.decode() for step in steps)

    assert "late" in acme
    assert "today" in west


def test_a_next_steps_own_page_goes_by_the_accounts_day(as_ann, steps):
    acme, west = (as_ann.get(step.get_absolute_url()).content.decode().split("</header>") for step in steps)

    assert any("(yesterday)" in part for part in acme)
    assert any("(today)" in part for part in west)


@pytest.mark.parametrize("state", ["", "due", "late", "done"])
def test_a_long_list_costs_no_more_queries(as_ann, steps, ann, state):
    def add(number):
        made = Action.add(steps[number % 2].account, f"Step {number}", date(2026, 3, 1), by=ann)
        if state == "done":
            made.finish(date(2026, 3, 2), by=ann)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            as_ann.get(url("actions") + f"?state={state}")
        return len(caught)

    for number in range(2):
        add(number)
    few = cost()
    for number in range(2, 40):
        add(number)

    assert cost() == few <= 6


def test_paging_goes_on_where_days_differ(as_ann, steps, ann, acme):
    for number in range(60):
        Action.add(acme, f"Step {number:02}", date(2026, 3, 1), by=ann)
    first = as_ann.get(url("actions") + "?state=late").context["list"].page

    second = as_ann.get(url("actions") + f"?state=late&cursor={first.next}").context["list"].page

    titles = [row["title"] for row in (*first.rows, *second.rows)]
    assert titles == [f"Step {number:02}" for number in range(60)] + ["At Acme"]


# How silent people are -----------------------------------------------------------------------------------------------


def test_a_persons_state_names_the_gap_and_why(as_ann, liu):
    page = as_ann.get(url("person_state", liu)).content.decode()

    assert "never met" in page
    assert "At most 30 days without contact: Decision maker, account tier Standard." in page


def test_a_persons_state_names_the_last_contact(as_ann, liu, ann):
    visit(liu, by=ann, days_ago=3)

    page = as_ann.get(url("person_state", liu)).content.decode()

    assert "fresh" in page
    assert "Visit</a> · Ann Lee" in page


def test_an_own_gap_says_so(as_ann, liu):
    liu.change(by=None, gap_override=12)

    page = as_ann.get(url("person_state", liu)).content.decode()
    assert "At most 12 days without contact: set for this person." in page


def test_the_clocks_of_a_list_leave_out_whom_one_does_not_see(client, liu, cleo):
    client.force_login(cleo)
    theirs = StakeholderFactory(account__owner=cleo)

    marks = client.get(url("clocks"), {"id": [liu.pk, theirs.pk, "x"]}, headers={"Accept": "application/json"}).json()

    assert list(marks) == [str(theirs.pk)]


@pytest.mark.parametrize("name", ["account_quiet", "account_visits", "account_next_steps", "activity"])
def test_panels_of_an_account_are_for_those_who_see_it(client, acme, cleo, ann, name):
    client.force_login(cleo)
    assert client.get(url(name, acme)).status_code == 404

    client.force_login(ann)
    assert client.get(url(name, acme)).status_code == 200


@pytest.mark.parametrize(
    "name", ["account_quiet", "account_visits", "account_next_steps", "person_activity", "person_state"]
)
def test_a_panel_is_a_part_for_htmx_and_a_page_for_a_plain_link(as_ann, acme, liu, name):
    address = url(name, liu if name.startswith("person") else acme)

    part = as_ann.get(address, headers={"HX-Request": "true", "HX-Target": "somewhere"}).content.decode()
    page = as_ann.get(address).content.decode()

    assert "<html" not in part
    assert "<html" in page
    assert part.split("</h2>")[0] in page


# A contact planned soon holds the line back --------------------------------------------------------------------------


@pytest.fixture
def planned(acme, ann, liu):
    """liu is quiet; a visit is planned in a week."""
    held_on = acme.today() + timedelta(days=7)
    return Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=held_on)


def quiet_lines(client, account) -> list[str]:
    page = client.get(url("account_quiet", account), headers=PART).content.decode()
    return [line.split("</li>")[0] for line in page.split("<li")[1:]]


def figures(client, account) -> tuple[str, str]:
    of_all = client.get(reverse("relationships:quiet_in_accounts"), {"accounts": account.pk}).content.decode()
    return client.get(url("account_summary", account), headers=PART).content.decode(), of_all


def test_whom_we_meet_soon_comes_last_with_that_day(as_ann, acme, planned):
    known_for(StakeholderFactory(account=acme, name="Zhao Xin", is_watched=True), 400)

    zhao, liu = quiet_lines(as_ann, acme)

    assert "Zhao Xin" in zhao
    assert "Visit on" in liu
    assert planned.get_absolute_url() in liu
    assert "never met" not in liu


def test_whom_we_meet_soon_is_no_figure(as_ann, acme, planned, ann):
    summary, of_all = figures(as_ann, acme)
    assert "gone quiet" not in summary
    assert "—" in of_all

    planned.erase(by=ann)

    summary, of_all = figures(as_ann, acme)
    assert "<b>1</b> gone quiet" in summary
    assert ">1<" in of_all


def test_what_does_not_count_as_contact_holds_nothing_back(as_ann, acme, planned, ann):
    planned.change(by=ann, activity_type=activity("Greeting"))

    (line,) = quiet_lines(as_ann, acme)

    assert "Greeting on" not in line
    assert "<b>1</b> gone quiet" in figures(as_ann, acme)[0]


def test_a_plan_out_of_sight_is_not_told(as_ann, acme, planned, ann, liu, cleo):
    hidden = AccountFactory(owner=cleo)
    liu.positions.model.begin(liu, hidden, by=None)
    planned.erase(by=ann)
    Interaction.plan(hidden, by=cleo, people=[liu], activity_type=activity(), held_on=acme.today())

    assert quiet_lines(as_ann, acme) == []


def test_the_quiet_cost_no_more_queries(as_ann, acme, planned, ann):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            as_ann.get(url("account_quiet", acme), headers=PART)
        return len(caught)

    few = cost()
    for number in range(6):
        person = known_for(StakeholderFactory(account=acme, name=f"P {number}", is_watched=True), 400)
        Interaction.plan(acme, by=ann, people=[person], activity_type=activity(), held_on=planned.held_on)

    assert cost() == few
