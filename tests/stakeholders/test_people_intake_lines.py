"""Reporting lines out of a file of people."""

from functools import partial
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.intake import PeopleIntake
from stakeholders.models import Position
from tests.factories import AccountFactory, StakeholderFactory
from tests.importing import Import, acts, bring, remarks

pytestmark = pytest.mark.django_db
bring_people = partial(bring, PeopleIntake)


def rows(*pairs):
    return [{"account": "Acme", "name": name, "manager": manager} for name, manager in pairs]


def lines():
    """Who reports to whom, by name."""
    posts = Position.objects.present().filter(reports_to__isnull=False)
    return set(posts.values_list("stakeholder__name", "reports_to__stakeholder__name"))


def test_a_boss_may_come_later_and_be_told_by_name_address_or_key(ann, acme):
    people = rows(("A", "boss@acme.example"), ("B", "k1"), ("C", "the  boss"), ("The Boss", ""))
    people[3] |= {"email": ["Boss@acme.example"], "external_id": "k1"}

    verdicts = bring_people(*people, by=ann, source="crm", chunk=2)

    assert lines() == {("A", "The Boss"), ("B", "The Boss"), ("C", "The Boss")}
    assert [label for label, _pk in verdicts[0].beside].count("stakeholders.position") == 2
    versions = list(Position.objects.order_by("pk").values_list("version", flat=True))
    bring_people(*people, by=ann, source="crm")
    assert list(Position.objects.order_by("pk").values_list("version", flat=True)) == versions


def test_a_boss_who_never_comes_costs_nobody_the_row(ann, acme):
    foreseen = Import(PeopleIntake, rows(("A", "Nobody"), ("B", "A")), by=ann).judge()
    verdicts = bring_people(*rows(("A", "Nobody"), ("B", "A")), by=ann)

    assert (acts(verdicts), lines()) == (["create", "create"], {("B", "A")})
    assert [list(remarks(verdict)) for verdict in (*foreseen, *verdicts)] == [["manager"], [], ["manager"], []]


def test_of_several_with_the_name_none_is_guessed(ann, acme):
    for title in ("One", "Two"):
        StakeholderFactory(account=acme, name="Boss", title=title)

    assert list(remarks(bring_people(*rows(("A", "Boss")), by=ann)[0])) == ["manager"]


def test_a_circle_is_left_open_where_it_would_close(ann, acme):
    verdicts = bring_people(*rows(("A", "B"), ("B", "C"), ("C", "A"), ("D", "D")), by=ann, chunk=2)

    assert lines() == {("A", "B"), ("B", "C")}
    assert [list(remarks(verdict)) for verdict in verdicts] == [[], [], ["manager"], ["manager"]]


@pytest.mark.parametrize("seed", range(8))
def test_circles_of_a_file_are_foreseen(ann, acme, seed):
    random = Random(seed)
    names = [f"P{number}" for number in range(12)]
    people = rows(*((name, random.choice(["", *names])) for name in names))

    foreseen = Import(PeopleIntake, people, by=ann, chunk=5).judge()
    verdicts = Import(PeopleIntake, people, by=ann, chunk=5).run()

    assert [remarks(verdict) for verdict in foreseen] == [remarks(verdict) for verdict in verdicts]


def test_of_several_with_the_name_no_circle_is_foreseen(ann, acme):
    people = rows(("A", "B"), ("B", "A"), ("B", ""))
    for number, row in enumerate(people):
        row["mobile"] = [f"+4915112345{number:03}"]

    assert [remarks(verdict) for verdict in Import(PeopleIntake, people, by=ann).judge()] == [{}, {}, {}]


def test_a_boss_elsewhere_is_nobody_here(ann, acme):
    StakeholderFactory(account=AccountFactory(owner=ann), name="Boss")

    assert list(remarks(bring_people(*rows(("A", "Boss")), by=ann)[0])) == ["manager"]


def test_whoever_has_the_seat_of_the_boss_is_the_boss(ann, acme):
    boss = StakeholderFactory(account=acme, name="Boss", since=None).positions.get()
    StakeholderFactory(account=acme, name="A", reports_to=boss)
    boss.move(acme.today(), by=ann, title="Higher")
    version = Position.objects.get(stakeholder__name="A").version

    bring_people(*rows(("A", "Boss")), by=ann)

    assert Position.objects.get(stakeholder__name="A").version == version


def test_many_lines_cost_as_many_queries_as_few(ann, acme):
    def queries(count, prefix):
        people = rows((f"{prefix} boss", ""), *((f"{prefix} {n}", f"{prefix} boss") for n in range(count)))
        run = Import(PeopleIntake, people, by=ann)
        with CaptureQueriesContext(connection) as captured:
            run.judge(), run.run()
        return len(captured)

    queries(2, "warm")
    assert queries(3, "few") == queries(60, "many")
