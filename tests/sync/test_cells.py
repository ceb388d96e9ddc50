"""Editing a field in its row: who may, what a second hand finds, what a refusal says."""

import pytest
from django.test import Client

from relationships.models import Action
from tests.factories import AccountFactory, StakeholderFactory, activity, visit

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(listing, record, column) -> str:
    return f"/lists/{listing}/cells/{record.pk}/{column}/"


def test_a_tier_is_changed_in_its_row(acme, ann):
    client = browser(ann)

    asked = client.get(address("accounts", acme, "tier"), headers=HTMX)
    answer = client.post(address("accounts", acme, "tier"), {"tier": "key", "version": acme.version}, headers=HTMX)

    assert "<html" not in asked.content.decode()
    assert 'data-row="' in answer.content.decode()
    acme.refresh_from_db()
    assert (acme.tier, acme.tier_rank) == ("key", 2)


@pytest.mark.parametrize("shown", [{}, {"version": ""}, {"version": "latest"}])
def test_whoever_does_not_say_what_they_were_shown_stores_nothing(acme, ann, shown):
    answer = browser(ann).post(address("accounts", acme, "tier"), {"tier": "key"} | shown, headers=HTMX)

    assert answer.status_code == 409
    acme.refresh_from_db()
    assert acme.tier != "key"


def test_whoever_comes_second_sees_both(acme, ann, ben):
    stale = acme.version
    acme.change(by=ben, tier="strategic")

    answer = browser(ann).post(address("accounts", acme, "tier"), {"tier": "key", "version": stale}, headers=HTMX)

    assert answer.status_code == 409
    assert "Now: Strategic (Ben Zhao)" in answer.content.decode()
    acme.refresh_from_db()
    assert acme.tier == "strategic"


def test_only_who_may_and_only_what_can_be(acme, ann, cleo, eve):
    assert browser(cleo).get(address("accounts", acme, "tier")).status_code == 404
    assert browser(eve).get(address("accounts", acme, "tier")).status_code == 403
    assert browser(ann).get(address("accounts", acme, "created")).status_code == 404
    assert browser(ann).post(address("accounts", acme, "tier"), {"tier": "golden"}, headers=HTMX).status_code == 422


def test_common_fields_of_every_list(acme, ann, ben):
    person = StakeholderFactory(account=acme)
    held = visit(person, by=ann)
    step = Action.add(acme, "Call back", acme.today(), by=ann)
    client = browser(ann)

    def edit(listing, record, column, **values):
        record.refresh_from_db()
        values["version"] = record.version
        assert client.post(address(listing, record, column), values, headers=HTMX).status_code == 200
        record.refresh_from_db()

    edit("people", person, "is_watched", is_watched="yes")
    edit("people", person, "level", level="manager")
    edit("interactions", held, "value_given", value_given="information")
    edit("interactions", held, "type", activity_type=str(activity("Call").pk))
    edit("actions", step, "owner", owner=str(ben.pk))
    edit("accounts", acme, "region", region="East")

    assert (person.is_watched, person.level) == (True, "manager")
    assert (held.value_given, held.activity_type.label_en) == ("information", "Call")
    assert (step.owner, acme.region) == (ben, "East")


def test_a_refusal_stands_in_the_cell(acme, ann):
    step = Action.add(acme, "Call back", acme.today(), by=ann)
    step.finish(acme.today(), by=ann)
    step.refresh_from_db()

    answer = browser(ann).post(
        address("actions", step, "due_on"), {"due_on": "2030-01-01", "version": step.version}, headers=HTMX
    )

    assert answer.status_code == 422
    assert "done already" in answer.content.decode()


def test_without_script_it_is_a_page_and_leads_back(acme, ann):
    client = browser(ann)

    page = client.get(address("accounts", acme, "tier") + "?tier=standard")
    shown = {"version": page.context["record"].version}
    answer = client.post(address("accounts", acme, "tier") + "?tier=standard", {"tier": "key"} | shown)

    assert "<html" in page.content.decode()
    assert answer.url == "/accounts/?tier=standard"


def test_a_new_owner_is_on_the_team(acme, ann, ben, north):
    other = AccountFactory(owner=ann, team=north)

    browser(ann).post(address("accounts", other, "owner"), {"owner": str(ben.pk), "version": other.version})

    assert other.members.filter(user=ben).exists()
