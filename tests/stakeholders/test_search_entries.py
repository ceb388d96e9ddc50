"""The rows people are searched in: one for each post that tells of somebody, kept by every verb, and mended."""

from datetime import timedelta

import pytest

from relationships.repair import repair
from stakeholders.derived import find_everybody_anew, refresh_people
from stakeholders.likeliest import likeliest
from stakeholders.models import Influence, Position, SearchEntry, Stakeholder
from stakeholders.sight import Sight
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory


@pytest.fixture
def wang(acme):
    unit = OrgUnitFactory(account=acme, name="网络部")
    return StakeholderFactory(account=acme, name="王伟", other_names="David", title="Head", unit=unit)


def told_of(person):
    """Account → the lines that its readers search."""
    return {entry.account: entry.lines.split("\n") for entry in person.search_entries.select_related("account")}


def test_each_account_is_told_what_somebody_is_there(wang, acme):
    beta = AccountFactory(name="Beta")
    Position.begin(wang, beta, by=None, title="Adviser")

    own = ["王伟", "wangwei", "ww", "yuwei", "yw", "david", "d"]
    lines = told_of(wang)

    assert lines[acme][-2:] == ["head", "网络部"]
    assert lines[beta][-1] == "adviser"
    assert set(lines[acme][:-2]) == set(lines[beta][:-1]) <= set(own)


def test_what_most_people_type_has_a_column_of_its_own(wang):
    entry = wang.search_entries.get()

    assert (entry.name, entry.pinyin, entry.initials) == ("王伟", "wangwei", "ww")


def test_whoever_left_is_found_where_they_were_last(wang, ann, acme):
    beta = AccountFactory(name="Beta")
    second = Position.begin(wang, beta, by=None, title="Adviser")
    second.end(acme.today() - timedelta(days=1), by=None) if second.since else second.correct(
        by=None, until=acme.today() - timedelta(days=1)
    )
    wang.positions.get(account=acme).end(acme.today(), by=ann)

    assert list(told_of(wang)) == [acme]
    assert likeliest("王伟", Sight(ann), 9) == [wang.pk]


def test_every_change_is_found_at_once(wang, ann, acme):
    wang.change(by=ann, name="李雷", other_names="Leo")
    wang.set_contacts([{"kind": "email", "value": "Leo@x.example"}], by=ann)
    wang.positions.get().unit.change(by=ann, name="Grid control")

    for text in ("lilei", "leo@x", "grid", "李雷 grid", "leo head"):
        assert likeliest(text, Sight(ann), 9) == [wang.pk], text
    assert likeliest("网络", Sight(ann), 9) == likeliest("王", Sight(ann), 9) == []


def test_whoever_is_removed_is_in_none_until_brought_back(wang, ann):
    wang.erase(by=ann)
    assert not wang.search_entries.exists()

    wang.bring_back(by=ann)
    assert wang.search_entries.exists()


def test_key_persons_come_first_as_soon_as_they_are_key(acme, ann):
    first, second = (StakeholderFactory(account=acme, name=name) for name in ("Wang An", "Wang Bo"))
    chief = StakeholderFactory(account=acme, name="Chen", level="executive")
    assert likeliest("wang", Sight(ann), 9) == [first.pk, second.pk]

    Influence.draw(second, chief, by=ann, strength=3)

    assert likeliest("wang", Sight(ann), 9) == [second.pk, first.pk]


def test_the_repair_mends_what_came_apart_and_counts_it(wang, acme):
    people = [wang, *(StakeholderFactory(account=acme, name=name) for name in ("Li Na", "Zhou Min", "Sun Li"))]
    stored = list(SearchEntry.objects.order_by("seat").values())
    wrong = SearchEntry.objects.filter(stakeholder=people[0])
    wrong.update(lines="nobody")
    SearchEntry.objects.filter(stakeholder=people[1]).delete()
    SearchEntry.objects.create(**{**stored[0], "seat": people[3].pk, "stakeholder_id": people[2].pk})
    Stakeholder.objects.filter(pk=people[3].pk).update(search_key="nobody")

    assert repair()["people"] == 4
    assert list(SearchEntry.objects.order_by("seat").values()) == stored
    assert repair()["people"] == 0


def test_people_written_past_the_verbs_are_made_findable_by_sets(wang, django_assert_max_num_queries):
    stored = list(SearchEntry.objects.values())
    SearchEntry.objects.all().delete()

    with django_assert_max_num_queries(9):
        find_everybody_anew()

    assert list(SearchEntry.objects.values()) == stored
    assert refresh_people([wang.pk]) == 0
