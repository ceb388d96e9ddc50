"""Writing many rows in one statement, on both engines alike."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records.by_sets import insert_rows, update_rows, upsert_rows
from records.models import ChangeLog
from relationships.models import ContactState
from stakeholders.models import Stakeholder
from sync.models import ImportRow
from tests.factories import StakeholderFactory
from tests.sync.imports.desk import bring_file

AWKWARD = 'O\'Brien "王" \\ \n\t% {} \u2028 😀'


@pytest.fixture
def people(acme):
    return [StakeholderFactory(account=acme) for _ in range(3)]


def stretch(person, **values):
    day = date(2026, 3, 2)
    facts = {"starts_on": date.min, "ends_on": date.max, "gap": 30, "ceiling": 3, "stale_on": day, "known_since": day}
    flags = {"has_role": False, "raises_alerts": True}
    return ContactState(stakeholder=person, account_id=person.account_id, **{**facts, **flags, **values})


def test_every_kind_of_value_arrives_as_it_was(people):
    first, second, third = people
    first.title, first.has_left, first.key_rank, first.unit_id = AWKWARD, True, 2, None
    second.title, second.has_left, second.key_rank = "", False, 9

    written = update_rows(Stakeholder, [first, second], ["title", "has_left", "key_rank", "unit"])

    assert written == 2
    stored = Stakeholder.objects.in_bulk()
    assert (stored[first.pk].title, stored[first.pk].has_left, stored[first.pk].key_rank) == (AWKWARD, True, 2)
    assert (stored[second.pk].title, stored[second.pk].has_left) == ("", False)
    assert stored[third.pk].title == third.title


def test_rows_that_the_database_numbers_keep_what_they_hold_as_json(ann):
    run = bring_file("Name\nWang Wei\n", "people", by=ann)
    told = [["name", AWKWARD], ["", ""]]
    rows = [
        ImportRow(run=run, round=1, number=1, act="create", told=told),
        ImportRow(run=run, round=1, number=2, act="refuse", told=[], beside=[["stakeholders.position", "1"]]),
    ]

    assert insert_rows(ImportRow, rows) == 2

    first, second = ImportRow.objects.order_by("number")
    assert first.pk != second.pk
    assert (first.told, first.beside) == (told, [])
    assert (second.told, second.beside) == ([], [["stakeholders.position", "1"]])
    assert ImportRow.objects.filter(told=[]).get() == second


def test_rows_changed_by_sets_are_counted_and_told_to_the_change_log(people):
    first, *_ = people
    before, told = Stakeholder.objects.get(pk=first.pk).version, ChangeLog.objects.count()
    first.title = "CTO"

    update_rows(Stakeholder, [first], ["title"])

    assert Stakeholder.objects.get(pk=first.pk).version == before + 1
    assert ChangeLog.objects.count() == told + 1


def test_new_and_known_rows_are_written_in_one_statement(people):
    ContactState.objects.all().delete()
    upsert_rows(ContactState, [stretch(people[0], gap=7)], key=("stakeholder", "starts_on"))

    with CaptureQueriesContext(connection) as seen:
        upsert_rows(ContactState, [stretch(person, due_on=None) for person in people], key=("stakeholder", "starts_on"))

    assert len(seen) == 1
    rows = ContactState.objects.all()
    assert [row.gap for row in rows] == [30, 30, 30]
    assert {(row.starts_on, row.ends_on, row.due_on, row.raises_alerts) for row in rows} == {
        (date.min, date.max, None, True)
    }


def test_a_thousand_rows_are_one_statement_too(people):
    person = people[0]
    person.contact_states.all().delete()
    rows = [stretch(person, starts_on=date.fromordinal(n + 1)) for n in range(1000)]

    with CaptureQueriesContext(connection) as seen:
        assert upsert_rows(ContactState, rows, key=("stakeholder", "starts_on")) == 1000

    assert len(seen) == 1


def test_no_rows_are_no_statement(db):
    with CaptureQueriesContext(connection) as seen:
        assert update_rows(Stakeholder, [], ["title"]) == 0

    assert len(seen) == 0
