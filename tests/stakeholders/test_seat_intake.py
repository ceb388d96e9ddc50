"""Further posts of people out of a file."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relationships.repair import repair
from stakeholders.intake import SeatIntake
from stakeholders.models import Position, Stakeholder
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory
from tests.importing import Import, acts, bring, problems, remarks

pytestmark = pytest.mark.django_db


@pytest.fixture
def li(acme):
    contacts = [{"kind": "email", "value": "li@acme.example"}]
    return StakeholderFactory(account=acme, name="李雷", title="Engineer", contacts=contacts)


@pytest.fixture
def board(acme):
    return OrgUnitFactory(account=acme, name="Board", parent=OrgUnitFactory(account=acme, name="Top"))


@pytest.fixture
def seat(ann, acme):
    def call(*rows, by=ann, **kind):
        return bring(SeatIntake, *({"account": "Acme"} | row for row in rows), by=by, **kind)

    return call


def posts(person):
    return set(Position.objects.filter(stakeholder=person).values_list("title", "is_primary"))


def test_a_further_post_in_a_unit_by_name_or_way(seat, li, board):
    first, second = seat(
        {"person": "李雷", "unit": "Top / Board", "title": "Member", "level": "executive", "since": date(2020, 1, 1)},
        {"person": "LI@acme.example", "unit": "Top", "title": "Advisor"},
    )

    made = Position.objects.get(pk=first.pk)
    assert (made.unit, made.level, made.since, made.search_key) == (
        board,
        "executive",
        date(2020, 1, 1),
        "member\nboard",
    )
    assert posts(li) == {("Engineer", True), ("Member", False), ("Advisor", False)}
    assert made.history.get().history_change_reason == "import 1"
    assert Stakeholder.objects.get(pk=li.pk).key_class == 1
    assert repair() == {"people": 0, "contact_states": 0}


def test_the_same_file_twice_writes_nothing(seat, li, board):
    rows = [
        {"person": "李雷", "unit": "Board", "title": "Member", "since": date(2010, 1, 1), "until": date(2012, 1, 1)},
        {"person": "李雷", "unit": "Board", "title": "Member", "since": date(2015, 1, 1), "is_primary": True},
        {"person": "李雷", "unit": "Top", "title": "Chair", "external_id": "3"},
        {"person": "李雷", "title": "Engineer"},
    ]
    assert acts(seat(*rows, source="hr")) == ["create", "create", "create", "nothing"]
    versions = list(Position.objects.order_by("pk").values_list("pk", "version"))

    assert acts(seat(*rows, source="hr", chunk=1)) == ["nothing"] * 4

    assert list(Position.objects.order_by("pk").values_list("pk", "version")) == versions
    assert posts(li) == {("Engineer", False), ("Member", True), ("Member", False), ("Chair", False)}


def test_the_primary_mark_wanders_within_reach_alone(seat, li, board, cleo, south, acme, ann):
    guest = StakeholderFactory(account=AccountFactory(owner=cleo, team=south), name="Guest", title="Home")
    Position.begin(guest, acme, by=ann, title="Visitor")

    mine, theirs = seat(
        {"person": "李雷", "unit": "Board", "title": "Member", "is_primary": True},
        {"person": "Guest", "unit": "Board", "title": "Member", "is_primary": True},
    )

    assert posts(li) == {("Engineer", False), ("Member", True)}
    assert [label for label, _pk in mine.beside] == ["stakeholders.position"]
    assert posts(guest) == {("Home", True), ("Visitor", False), ("Member", False)}
    assert list(remarks(theirs)) == ["is_primary"]


def test_bad_rows_are_refused_with_their_column(seat, li, board, acme, cleo, south):
    hidden = AccountFactory(name="Globex", owner=cleo, team=south)
    StakeholderFactory(account=hidden, name="Secret", contacts=[{"kind": "email", "value": "secret@globex.example"}])
    StakeholderFactory(account=acme, name="Twice", title="One"), StakeholderFactory(account=acme, name="Twice")
    OrgUnitFactory(account=acme, name="Board")
    bad = [
        ("person", {"title": "Member"}),
        ("person", {"person": "Nobody", "title": "Member"}),
        ("person", {"person": "Secret", "title": "Member"}),
        ("person", {"person": "secret@globex.example", "title": "Member"}),
        ("person", {"person": "Twice", "title": "Member"}),
        ("unit", {"person": "李雷", "unit": "Moon"}),
        ("unit", {"person": "李雷", "unit": "Board"}),
        ("title", {"person": "李雷"}),
        ("level", {"person": "李雷", "title": "Member", "level": "boss"}),
        ("since", {"person": "李雷", "title": "Member", "since": date(2999, 1, 1)}),
        ("until", {"person": "李雷", "title": "Member", "since": date(2020, 1, 1), "until": date(2019, 1, 1)}),
        ("account", {"person": "Secret", "account": "Globex", "title": "Member"}),
    ]

    for column, row in bad:
        assert list(problems(seat(row)[0])) == [column], row
    assert posts(li) == {("Engineer", True)}


def test_a_seat_twice_in_a_file(seat, li, board):
    row = {"person": "李雷", "unit": "Top", "title": "Member"}

    assert acts(seat(row, row | {"title": "member "}, chunk=1)) == ["create", "refuse"]


def test_many_rows_cost_as_many_queries_as_few(seat, ann, acme, board):
    def queries(count, prefix):
        for number in range(count):
            StakeholderFactory(account=acme, name=f"{prefix} {number}")
        rows = [
            {"account": "Acme", "person": f"{prefix} {n}", "unit": "Top", "title": "T", "is_primary": True,
             "external_id": f"{prefix}{n}"}
            for n in range(count)
        ]  # fmt: skip
        run = Import(SeatIntake, rows, by=ann, source="hr")
        with CaptureQueriesContext(connection) as captured:
            run.judge(), run.run()
        return len(captured)

    queries(2, "warm")
    assert queries(3, "few") == queries(12, "many")
