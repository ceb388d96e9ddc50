"""Mirrors, search keys and the nightly turn: what is stored of a person and follows from other rows."""

from datetime import date, timedelta

import pytest

from stakeholders import leaving
from stakeholders.derived import refresh_people, refresh_turning, turning
from stakeholders.models import DecisionRole, Influence, Position, Stakeholder
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, role


@pytest.fixture
def li(acme):
    return StakeholderFactory(account=acme, name="李雷", title="Engineer", since=date(2020, 1, 1))


def fresh(person):
    return Stakeholder.objects.get(pk=person.pk)


def test_the_primary_post_gives_account_unit_title_and_level(acme, ann, li):
    unit = OrgUnitFactory(account=acme, name="网络部")
    li.positions.get().correct(by=ann, unit=unit, title="Head of network", level="manager")

    shown = fresh(li)

    assert (shown.account, shown.unit, shown.title, shown.level) == (acme, unit, "Head of network", "manager")
    assert "网络部" not in shown.search_key
    assert "head of network" not in shown.search_key
    assert {"李雷", "lilei", "ll"} <= set(shown.search_key.split("\n"))
    assert li.positions.get().search_key.split("\n") == ["head of network", "网络部"]


def test_a_second_post_changes_no_mirror_until_it_is_primary(acme, ann, li):
    board = Position.begin(li, acme, by=ann, title="Board", level="executive")
    assert fresh(li).title == "Engineer"

    board.correct(by=ann, is_primary=True)
    assert fresh(li).title == "Board"


def test_a_new_primary_post_takes_the_mark_off_one_that_will_end(acme, ann, li):
    ending = li.positions.get()
    ending.correct(by=ann, until=acme.today() + timedelta(days=30))

    begun = Position.begin(li, acme, by=ann, title="Head", is_primary=True)
    assert list(li.positions.filter(is_primary=True)) == [begun]

    ending.refresh_from_db()
    ending.correct(by=ann, is_primary=True)
    assert list(li.positions.filter(is_primary=True)) == [ending]


def test_whoever_left_keeps_the_last_place_and_is_marked(acme, ann, li):
    leaving.leave(li.positions.get(), acme.today(), by=ann)

    assert (fresh(li).has_left, fresh(li).account, fresh(li).title) == (True, acme, "Engineer")


def test_a_post_that_will_end_speaks_until_its_last_day(acme, ann, li, time_machine):
    time_machine.move_to("2026-03-02T12:00:00Z", tick=False)
    li.positions.get().correct(by=ann, until=acme.today() + timedelta(days=1))
    assert not fresh(li).has_left

    before = acme.today()
    time_machine.move_to("2026-03-03T12:00:00Z", tick=False)
    refresh_turning(acme.today(), before)

    assert fresh(li).has_left
    assert not li.contact_states.exists()


def test_a_renamed_unit_is_found_by_its_new_name(acme, ann, li):
    unit = OrgUnitFactory(account=acme, name="Old")
    li.positions.get().correct(by=ann, unit=unit)

    unit.change(by=ann, name="Grid control")

    assert li.positions.get().search_key == "engineer\ngrid control"


def test_every_way_to_a_post_writes_what_it_is_found_by_at_once(acme, ann, li):
    unit = OrgUnitFactory(account=acme, name="Grid control")
    first = li.positions.get()
    first.correct(by=ann, title="Ｈｅａｄ")
    second = Position.begin(li, acme, by=ann, title="Member", unit=unit)
    third = second.move(acme.today(), by=ann, title="Chair")

    keys = {post.pk: post.search_key for post in li.positions.all()}

    assert keys == {first.pk: "head", second.pk: "member\ngrid control", third.pk: "chair\ngrid control"}
    assert third.version == 1
    assert refresh_people([li.pk]) == 0


def test_a_rebuild_writes_only_posts_that_differ(acme, li):
    wrong, right = li.positions.get(), StakeholderFactory(account=acme, title="Right").positions.get()
    Position.objects.filter(pk=wrong.pk).update(search_key="president")
    versions = wrong.version + 1, right.version

    assert refresh_people([li.pk, right.stakeholder_id]) == 1

    assert li.positions.get().search_key == "engineer"
    assert (Position.objects.get(pk=wrong.pk).version, Position.objects.get(pk=right.pk).version) == (
        versions[0] + 1,
        versions[1],
    )


def test_what_a_post_is_found_by_is_no_history(acme, ann, li):
    assert "search_key" not in {field.name for field in Position.history.model._meta.fields}


def test_contact_methods_are_found_as_typed_and_as_dialled(ann, li):
    li.set_contacts([{"kind": "mobile", "value": "138 0013 8000"}, {"kind": "email", "value": "Li@x.example"}], by=ann)

    key = fresh(li).search_key.split("\n")

    assert {"138 0013 8000", "+8613800138000", "li@x.example"} <= set(key)


def test_the_night_refreshes_those_for_whom_something_turns_and_nobody_else(acme, ann):
    people = [StakeholderFactory(account=acme, since=date(2020, 1, 1)) for _ in range(6)]
    post_ends, role_ends, edge_begins, edge_target, long_ago, untouched = people
    day = acme.today()
    post_ends.positions.get().correct(by=ann, until=day)
    role(role_ends, "D").end(day, by=ann)
    Influence.draw(edge_begins, edge_target, by=ann, since=day)
    DecisionRole.assign(long_ago, acme, "S", by=ann, since=day - timedelta(days=30))

    found = turning(day, day)

    assert found == {post_ends.pk, role_ends.pk, edge_begins.pk}


def test_the_night_looks_a_day_to_either_side_for_other_zones(acme, li):
    role(li, "D", since=acme.today())

    for since, until in [(0, 0), (-5, -1), (1, 1)]:
        assert refresh_turning(acme.today() + timedelta(days=until), acme.today() + timedelta(days=since)) == 1
    assert refresh_turning(acme.today() + timedelta(days=9), acme.today() + timedelta(days=2)) == 0


def test_a_person_with_posts_at_two_accounts_is_rebuilt_when_either_changes(acme, ann, li):
    other = AccountFactory(owner=ann)
    Position.begin(li, other, by=ann, level="executive")
    assert fresh(li).account == acme

    Stakeholder.objects.filter(pk=li.pk).update(search_key="")
    other.change(by=ann, time_zone="Asia/Shanghai")

    assert "lilei" in fresh(li).search_key
