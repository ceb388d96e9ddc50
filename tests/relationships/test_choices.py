"""Next steps and the filter over activity at an account of many people."""

import re
from datetime import timedelta

import pytest

from pages import choices
from relationships.models import Action
from tests import factories
from tests.factories import StakeholderFactory, UserFactory, visit


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Two are many."""
    monkeypatch.setattr(choices, "FEW", 1)


@pytest.fixture
def crowd(acme):
    """More than a hundred people, whom no list of the first hundred holds."""
    return factories.crowd(acme, [{"name": f"Crowd {number:03}"} for number in range(101)])


@pytest.fixture
def zhou(acme, crowd):
    return StakeholderFactory(account=acme, name="Zhou Min 周敏", title="CIO")


def sent(account, **values):
    due = (account.today() + timedelta(days=3)).isoformat()
    return {"title": "Call back", "due_on": due, "review_on": "", "activity_type": ""} | values


def typed(name, text):
    return {name: "", f"{name}_text": text, f"{name}_shown": ""}


def test_the_last_of_many_is_named_in_a_next_step(acme, ann, zhou, client):
    client.force_login(ann)
    acme.admit(UserFactory(full_name="Mei Outside"), by=None)
    url = f"/actions/add/?account={acme.pk}"

    answer = client.post(url, sent(acme) | typed("stakeholder", "zm") | typed("owner", "ann"))

    made = Action.objects.get()
    assert answer.status_code == 302
    assert (made.stakeholder, made.owner) == (zhou, ann)


def test_several_come_back_to_choose_from(acme, ann, crowd, client):
    client.force_login(ann)

    answer = client.post(
        f"/actions/add/?account={acme.pk}", sent(acme, owner=ann.pk) | typed("stakeholder", "crowd 00")
    )

    assert answer.status_code == 422
    assert answer.content.decode().count('name="stakeholder_one"') == 11
    assert not Action.objects.exists()


def test_whoever_it_was_for_stays_when_they_have_gone(acme, ann, zhou, client):
    client.force_login(ann)
    step = Action.add(acme, "Call back", acme.today(), by=ann, stakeholder=zhou)
    zhou.positions.get().end(acme.today(), by=ann)

    page = client.get(f"/actions/{step.pk}/").content.decode()
    shown = dict(re.findall(r'name="(stakeholder\w*)" value="([^"]*)"', page))
    answer = client.post(
        f"/actions/{step.pk}/", sent(acme, title="Call them", owner=ann.pk, version=step.version) | shown
    )

    assert answer.status_code == 302
    step.refresh_from_db()
    assert (step.title, step.stakeholder, step.owner) == ("Call them", zhou, ann)


def test_activity_is_narrowed_to_the_last_of_many(acme, ann, crowd, zhou, client):
    client.force_login(ann)
    visit(zhou, by=ann, summary="They move the core")
    visit(crowd[0], by=ann, summary="They wait for May")

    for asked in ({"person": zhou.pk}, typed("person", "zhou min"), typed("person", "cio")):
        page = client.get(f"/accounts/{acme.pk}/activity/", asked).content.decode()
        assert "They move the core" in page
        assert "They wait for May" not in page


def test_a_filter_that_cannot_be_read_says_so_and_offers_what_it_could_mean(acme, ann, crowd, client):
    client.force_login(ann)
    visit(crowd[0], by=ann, summary="They wait for May")

    several, none = (
        client.get(f"/accounts/{acme.pk}/activity/", typed("person", text)).content.decode()
        for text in ("crowd 00", "nobody at all")
    )

    assert several.count('name="person_one"') == 11
    assert "11 fit “crowd 00”: choose the one you mean." in several
    assert "Nothing here fits “nobody at all”." in none
    assert "They wait for May" in none


def test_the_filter_asks_no_more_of_many(acme, ann, client, django_assert_max_num_queries, crowd):
    client.force_login(ann)

    with django_assert_max_num_queries(12):
        client.get(f"/accounts/{acme.pk}/activity/", {"person": crowd[50].pk})


def test_the_one_who_does_the_next_step_is_typed_after_a_visit(acme, ann, crowd, client):
    client.force_login(ann)
    mei = UserFactory(full_name="Mei Lin")
    acme.admit(mei, by=None)
    held = visit(crowd[0], by=ann)
    due = (acme.today() + timedelta(days=3)).isoformat()
    step = {"next_step": "Send the plan", "next_due": due, "version": held.version}

    assert client.post(f"/interactions/{held.pk}/after/", step | typed("next_owner", "nobody")).status_code == 422
    assert client.post(f"/interactions/{held.pk}/after/", step | typed("next_owner", "mei")).status_code == 302

    assert Action.objects.get().owner == mei
