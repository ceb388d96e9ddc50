"""What the History tab of an account and of a person tells, and what it keeps to itself."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountMember
from stakeholders.models import Position
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, UserFactory, role, visit


@pytest.fixture
def read():
    """The text of a history page as this user reads it."""

    def fetch(user, address: str, **asked):
        client = Client()
        client.force_login(user)
        return client.get(address, asked)

    return fetch


def test_it_says_who_when_and_from_what_to_what(acme, ann, ben, read):
    acme.change(by=ben, region="North")
    acme.change(by=ben, region="West", tier="key")

    text = read(ann, f"/accounts/{acme.pk}/history/").content.decode()

    assert all(
        word in text
        for word in ("Ben Zhao", "<del>North</del>", "<ins>West</ins>", "<ins>Key</ins>", "<time datetime=")
    )


def test_it_tells_of_people_posts_roles_and_interactions_too(acme, ann, read):
    person = StakeholderFactory(account=acme, name="Li Wei", title="CFO", by=ann)
    role(person, "A")
    visit(person, by=ann)
    acme.admit(UserFactory(full_name="Dan Fox"), by=ann)
    AccountMember.objects.get(user__full_name="Dan Fox").remove(by=ann)

    text = read(ann, f"/accounts/{acme.pk}/history/").content.decode()

    assert all(word in text for word in ("Li Wei", "CFO", "A Li Wei", "Visit · Acme", "Dan Fox · Member", "removed"))


def test_sensitive_notes_are_told_as_changed_and_never_shown(acme, ann, read):
    person = StakeholderFactory(account=acme, name="Li Wei", by=ann)
    person.sensitive_notes = "Going through a divorce"
    person.keep(by=ann, because="profile_changed")

    for address in (f"/accounts/{acme.pk}/history/", f"/people/{person.pk}/history/"):
        text = read(ann, address).content.decode()
        assert "sensitive notes" in text
        assert "divorce" not in text


def test_a_person_s_posts_elsewhere_stay_with_those_who_see_the_account(acme, ann, cleo, read):
    secret = AccountFactory(name="Secret Bank", owner=cleo)
    person = StakeholderFactory(account=acme, name="Li Wei", title="CFO", by=ann)
    person.positions.model.begin(person, secret, by=cleo, title="Adviser")

    text = read(ann, f"/people/{person.pk}/history/").content.decode()

    assert "CFO" in text
    assert "Secret" not in text
    assert "Adviser" not in text


def test_earlier_changes_follow_page_by_page_and_none_twice(acme, ann, read):
    for number in range(90):
        OrgUnitFactory(account=acme, name=f"Unit {number:02}", by=ann)
    address, seen, before = f"/accounts/{acme.pk}/history/", [], ""

    while True:
        context = read(ann, address, before=before).context
        seen += [line["label"] for line in context["lines"] if line["kind"] == "unit"]
        if not (before := context["earlier"]):
            break

    assert seen == [f"Unit {number:02}" for number in reversed(range(90))]


def test_a_forged_place_begins_at_the_newest_change(acme, ann, read):
    assert read(ann, f"/accounts/{acme.pk}/history/", before="forged").context["lines"]


def test_thirty_changes_cost_as_many_queries_as_three(acme, ann, read):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert read(ann, f"/accounts/{acme.pk}/history/").status_code == 200
        return len(queries)

    def grow(people: int) -> None:
        for _ in range(people):
            person = StakeholderFactory(account=acme, title="CFO", unit=OrgUnitFactory(account=acme), by=ann)
            role(person, "A")
            member = AccountMember.admit(acme, UserFactory(), by=ann)
            member.remove(by=ann)

    grow(1)
    few = cost()
    grow(6)

    assert cost() <= few


def test_it_is_there_for_those_who_see_the_record_only(acme, ann, cleo, eve, read):
    person = StakeholderFactory(account=acme)

    for address in (f"/accounts/{acme.pk}/history/", f"/people/{person.pk}/history/"):
        assert [read(user, address).status_code for user in (ann, cleo, eve)] == [200, 404, 200]


def test_the_page_of_somebody_seen_through_a_second_post_names_that_account(acme, ann, read):
    person = StakeholderFactory(account=acme, name="Liu Yang")
    Position.begin(person, AccountFactory(name="Hidden Works"), by=None, title="Chief", is_primary=True)

    text = read(ann, f"/people/{person.pk}/history/").content.decode()

    assert "Liu Yang" in text
    assert "Hidden Works" not in text
