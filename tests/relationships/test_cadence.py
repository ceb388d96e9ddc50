"""The words of rule 4.6, one by one, on the pure functions."""

from datetime import date, timedelta

import pytest

from relationships.cadence import (
    DAWN,
    DUSK,
    Cadence,
    Contact,
    Counts,
    Held,
    Person,
    RoleSpan,
    Rules,
    State,
    after,
    contact_of,
    cut_by_leaving,
    on,
    span_of,
    stretches,
    would_be_too_often,
)
from relationships.shipped import CADENCES
from tests.relationships.cadence_oracle import PRINTED, shipped

RULES = Rules(due_percent=80, lost_multiple=2, window_days=30, role_tail_days=180, crowd=10)
TIERS = ("strategic", "key", "standard")
TABLE = {(letter, tier): Cadence(*shipped(letter, tier)) for letter in PRINTED for tier in TIERS}
TODAY = date(2026, 3, 2)


def ago(days):
    return TODAY - timedelta(days=days)


def judged(person, *contact_days):
    contacts = [Contact(day) for day in contact_days]
    return on(stretches(person, contacts, TABLE, RULES), TODAY)


def test_the_shipped_table_is_the_printed_one():
    told = {(letter, tier): shipped(letter, tier) for letter in PRINTED for tier in TIERS}

    ships = {
        (letter, tier): (strategic if tier == "strategic" else gap, ceiling)
        for letter, (gap, ceiling, strategic) in CADENCES.items()
        for tier in TIERS
    }

    assert ships == told


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, "fresh"), (15, "fresh"), (16, "due"), (20, "due"), (21, "stale"), (40, "stale"), (41, "lost")],
)
def test_worked_example_4_holds(days, state):
    person = Person(ago(400), "strategic", (RoleSpan("E", "strategic"), RoleSpan("I", "strategic")))

    stretch = judged(person, ago(days))

    assert (stretch.gap, stretch.ceiling) == (20, 8)
    assert stretch.state(TODAY) == State(state)


@pytest.mark.parametrize(("days", "state"), [(0, "new"), (90, "new"), (91, "never"), (900, "never")])
def test_nobody_is_quiet_before_the_gap_has_passed_once(days, state):
    assert judged(Person(ago(days), "standard")).state(TODAY) == State(state)


def test_an_override_wins_as_it_stands_at_a_strategic_account_too():
    person = Person(ago(400), "strategic", (RoleSpan("E", "strategic"),), gap_override=50, ceiling_override=1)

    stretch = judged(person)

    assert (stretch.gap, stretch.ceiling, stretch.has_role) == (50, 1, True)


def test_a_role_elsewhere_counts_by_the_tier_of_its_own_account():
    person = Person(ago(400), "standard", (RoleSpan("A", "standard"), RoleSpan("I", "strategic")))

    assert judged(person).gap == 30  # I at the strategic account, not A's 60 or I's 45


def test_a_role_counts_for_180_days_after_its_opportunity_closed():
    span = span_of("D", "key", ago(400), None, ago(180), RULES)

    person = Person(ago(400), "key", (span,))

    assert judged(person).has_role
    assert not on(stretches(person, [], TABLE, RULES), TODAY + timedelta(days=1)).has_role


def test_a_role_taken_away_before_the_closing_has_no_tail():
    span = span_of("D", "key", ago(400), ago(50), ago(40), RULES)

    assert span.ends_on == ago(50)


def test_a_role_that_ended_with_the_closing_has_its_tail():
    assert span_of("D", "key", ago(400), ago(40), ago(40), RULES).ends_on == after(ago(40), 181)


def test_until_is_the_first_day_a_role_does_not_count():
    span = span_of("D", "key", ago(400), TODAY, None, RULES)

    assert not judged(Person(ago(400), "key", (span,))).has_role


def test_whoever_left_the_account_loses_the_tail_as_well():
    span = span_of("D", "key", ago(400), ago(40), ago(40), RULES)

    assert cut_by_leaving(span, ago(10)).ends_on == ago(10)
    assert cut_by_leaving(span, None) == span


def test_a_role_given_after_leaving_is_an_outsiders_and_counts():
    span = span_of("I", "key", ago(5), None, None, RULES)

    assert cut_by_leaving(span, ago(10)) == span


def test_a_role_that_runs_out_lengthens_the_gap_from_that_day():
    person = Person(ago(400), "key", (RoleSpan("D", "key", ago(400), TODAY),))
    line = stretches(person, [Contact(ago(40))], TABLE, RULES)

    assert on(line, ago(1)).state(ago(1)) == State.STALE
    assert on(line, TODAY).state(TODAY) == State.FRESH


def test_the_ceiling_is_exceeded_by_days_and_not_by_contacts():
    person = Person(ago(400), "standard")
    twice_a_day = [ago(1), ago(1), ago(2), ago(2)]

    stretch = judged(person, *twice_a_day)

    assert stretch.too_often_until is None
    assert stretch.resting_until == after(ago(2), 30)


def test_too_often_lasts_as_long_as_the_window_holds_the_extra_day():
    stretch = judged(Person(ago(400), "standard"), ago(3), ago(2), ago(1))

    assert stretch.too_often_until == after(ago(3), 30)


def test_what_they_asked_for_and_service_work_are_never_too_often():
    contacts = [Contact(ago(days), sought=False) for days in range(20)]

    stretch = on(stretches(Person(ago(400), "standard"), contacts, TABLE, RULES), TODAY)

    assert (stretch.too_often_until, stretch.resting_until, stretch.last_contact_on) == (None, None, TODAY)


def held(**values):
    defaults = {
        "day": TODAY, "counts": Counts.ALWAYS, "is_answered": False, "head_count": 1, "was_spoken_to": False,
        "asked_by_them": False, "is_service": False,
    }  # fmt: skip
    return contact_of(Held(**{**defaults, **values}), RULES)


@pytest.mark.parametrize(
    ("values", "contact"),
    [
        ({}, Contact(TODAY)),
        ({"counts": Counts.NEVER, "is_answered": True}, None),
        ({"counts": Counts.ANSWERED}, None),
        ({"counts": Counts.ANSWERED, "is_answered": True}, Contact(TODAY)),
        ({"head_count": 10}, Contact(TODAY)),
        ({"head_count": 11}, None),
        ({"head_count": 11, "was_spoken_to": True}, Contact(TODAY)),
        ({"head_count": 11, "was_spoken_to": True, "counts": Counts.ANSWERED}, None),
        ({"asked_by_them": True}, Contact(TODAY, sought=False)),
        ({"is_service": True}, Contact(TODAY, sought=False)),
    ],
)
def test_what_counts_as_contact(values, contact):
    assert held(**values) == contact


def test_one_more_on_the_last_day_of_the_window_is_too_often():
    assert would_be_too_often([ago(30), ago(3)], TODAY, 2, RULES)
    assert not would_be_too_often([ago(31), ago(3)], TODAY, 2, RULES)


def test_one_more_on_a_day_with_a_contact_adds_nothing():
    assert not would_be_too_often([TODAY, ago(3)], TODAY, 2, RULES)


def test_one_more_before_others_already_agreed_is_too_often_as_well():
    assert would_be_too_often([after(TODAY, 5), after(TODAY, 30)], TODAY, 2, RULES)


def test_the_calendar_has_an_end():
    person = Person(DAWN, "standard", (RoleSpan("D", "key", DAWN, DUSK),), gap_override=3650)

    line = stretches(person, [Contact(DUSK - timedelta(days=1))], TABLE, RULES)

    assert on(line, DUSK).lost_on == DUSK
