"""Next steps by their pages, and the fragments on how silent people are."""

from datetime import timedelta

import pytest
from django.urls import reverse

from relationships.models import Action
from tests.factories import AccountFactory, StakeholderFactory, known_for, role, visit

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
