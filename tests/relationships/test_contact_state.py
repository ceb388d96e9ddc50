"""Contact states follow every verb at once, and a person's silence reads as rule 4.6 says."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from relationships.models import ContactRules, ContactState, Interaction
from stakeholders import leaving
from stakeholders.models import DecisionRole, Position
from tests.factories import (
    AccountFactory,
    OpportunityFactory,
    StakeholderFactory,
    activity,
    known_for,
    role,
    visit,
)


@pytest.fixture
def li(acme):
    return known_for(StakeholderFactory(account=acme, name="Li Na"), 400)


def state(person, ahead=0):
    day = person.account.today() + timedelta(days=ahead)
    return person.contact_states.on(day).get().state(day)


def row(person):
    return person.contact_states.on(person.account.today()).get()


def test_worked_example_4_holds_on_rows(acme, ann, li):
    acme.change(by=ann, tier="strategic")
    role(li, "E")
    role(li, "I")

    visit(li, by=ann, days_ago=16)

    assert [state(li, ahead) for ahead in (-1, 0, 4, 5, 24, 25)] == ["fresh", "due", "due", "stale", "stale", "lost"]
    assert (row(li).gap, row(li).ceiling) == (20, 8)


def test_a_visit_with_six_people_counts_once_for_each(acme, ann):
    six = [known_for(StakeholderFactory(account=acme), 400) for _ in range(6)]

    visit(six[0], by=ann, people=six)

    assert [state(person) for person in six] == ["fresh"] * 6


def test_two_visits_a_day_are_one_day_for_the_ceiling(ann, li):
    for _ in range(3):
        visit(li, by=ann)

    assert row(li).too_often_until is None


def test_a_third_day_is_too_often_for_somebody_without_role(ann, li):
    for days_ago in (1, 2, 30):
        visit(li, by=ann, days_ago=days_ago)

    assert row(li).too_often_until == li.account.today()
    assert li in [found.stakeholder for found in ContactState.objects.too_often(li.account.today())]


def test_a_colleagues_contact_counts_as_well(acme, ben, li):
    visit(li, by=ben)

    assert state(li) == "fresh"


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("E-mail", {}, "never"),
        ("E-mail", {"is_answered": True}, "fresh"),
        ("Greeting", {"is_answered": True}, "never"),
        ("Newsletter", {}, "never"),
        ("Call", {}, "fresh"),
        ("Meal", {}, "fresh"),
        ("Training", {}, "fresh"),
    ],
)
def test_what_counts_as_contact(ann, li, kind, values, expected):
    visit(li, by=ann, kind=kind, **values)

    assert state(li) == expected


def test_a_crowd_counts_for_those_spoken_to(acme, ann):
    crowd = [known_for(StakeholderFactory(account=acme), 400) for _ in range(11)]

    visit(crowd[0], by=ann, people=crowd, spoken_to=crowd[:1], kind="Site conference")

    assert [state(person) for person in crowd] == ["fresh"] + ["never"] * 10


def test_a_planned_contact_counts_once_it_was_held(acme, ann, li):
    planned = Interaction.plan(acme, by=ann, people=[li], activity_type=activity(), held_on=acme.today())
    assert state(li) == "never"

    planned.complete(by=ann)

    assert state(li) == "fresh"


def test_a_missed_contact_is_none(acme, ann, li):
    planned = Interaction.plan(acme, by=ann, people=[li], activity_type=activity(), held_on=acme.today())

    planned.mark_missed("theirs", "refused", by=ann)

    assert state(li) == "never"


def test_erasing_and_undoing_an_interaction_is_felt_at_once(ann, li):
    held = visit(li, by=ann)

    held.erase(by=ann)
    assert state(li) == "never"

    held.bring_back(by=ann)
    assert state(li) == "fresh"


def test_a_person_taken_off_an_interaction_is_judged_anew(acme, ann, li):
    other = known_for(StakeholderFactory(account=acme), 400)
    held = visit(li, by=ann, people=[li, other])

    held.change(by=ann, people=[other])

    assert (state(li), state(other)) == ("never", "fresh")


def test_whoever_left_or_was_removed_has_no_state(acme, ann, li):
    li.erase(by=ann)
    assert not li.contact_states.exists()

    li.bring_back(by=ann)
    assert li.contact_states.exists()

    leaving.leave(li.positions.get(), acme.today(), by=ann)
    assert not li.contact_states.exists()


def test_an_inactive_account_counts_nowhere(acme, ann, li):
    acme.change(by=ann, status="inactive")
    assert not li.contact_states.exists()

    acme.change(by=ann, status="active")
    assert li.contact_states.exists()


def test_a_change_of_tier_reaches_role_holders_from_elsewhere(acme, ann):
    consultant = StakeholderFactory(account=AccountFactory(), is_outsider=True)
    DecisionRole.assign(consultant, acme, "E", by=ann)

    acme.change(by=ann, tier="strategic")

    assert row(consultant).gap == 20


def test_a_change_of_zone_reaches_known_since(acme, ann, time_machine):
    time_machine.move_to("2026-03-02T23:30:00Z", tick=False)
    acme.change(by=ann, time_zone="America/Los_Angeles")
    person = StakeholderFactory(account=acme)
    there = row(person).known_since

    acme.change(by=ann, time_zone="Asia/Shanghai")

    assert row(person).known_since - there == timedelta(days=1)


def test_a_role_keeps_its_tail_after_the_deal_and_loses_it_on_leaving(acme, ann, li):
    deal = OpportunityFactory(account=acme)
    role(li, "D", opportunity=deal)
    deal.close("won", acme.today() - timedelta(days=20), by=ann)

    assert row(li).has_role
    assert row(li).ends_on == acme.today() + timedelta(days=161)

    elsewhere = AccountFactory(owner=ann)
    Position.begin(li, elsewhere, by=ann, is_primary=True)
    li.positions.get(account=acme).end(acme.today(), by=ann)

    li.refresh_from_db()
    assert li.account == elsewhere
    assert not row(li).has_role


def test_a_closed_opportunity_reopened_has_no_tail_left(acme, ann, li):
    deal = OpportunityFactory(account=acme)
    role(li, "D", opportunity=deal)

    deal.close("lost", acme.today(), by=ann)
    deal.reopen(by=ann)

    assert row(li).ends_on.year == 9999


def test_an_opportunity_closes_once_and_not_tomorrow(acme, ann):
    deal = OpportunityFactory(account=acme)

    with pytest.raises(ValidationError, match="future"):
        deal.close("won", acme.today() + timedelta(days=1), by=ann)
    deal.close("won", acme.today(), by=ann)
    with pytest.raises(ValidationError, match="closed already"):
        deal.close("lost", acme.today(), by=ann)


def test_only_roles_key_status_and_watching_raise_alerts(ann, li):
    assert not row(li).raises_alerts

    li.change(by=ann, is_watched=True)
    assert row(li).raises_alerts

    li.change(by=ann, is_watched=False, key_override="in", key_override_reason="Runs the place")
    assert row(li).raises_alerts

    li.change(by=ann, key_override="", key_override_reason="")
    held = role(li, "S")
    assert row(li).raises_alerts

    held.end(li.account.today(), by=ann)
    assert not row(li).raises_alerts


def test_a_type_that_stops_counting_recounts_what_was_logged(ann, ada, li):
    visit(li, by=ann, kind="Meal")

    activity("Meal").change(by=ada, counts="never")

    assert state(li) == "never"


def test_a_form_that_has_set_the_type_already_recounts_too(ann, ada, li):
    visit(li, by=ann, kind="Meal")
    meal = activity("Meal")
    meal.counts = "never"

    meal.change(by=ada)

    assert state(li) == "never"


def test_new_rules_judge_everybody_anew(ann, ada, li):
    visit(li, by=ann, days_ago=20)
    assert state(li) == "fresh"

    assert ContactRules.load().change(by=ada, due_percent=20)

    assert state(li) == "due"
