"""My week: who is on the list, in which order, and what takes them off it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import week
from relationships.models import Action, Interaction
from stakeholders.models import CareDate
from tests.factories import AccountFactory, StakeholderFactory, UserFactory, activity, known_for, role, visit

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def quiet_person(account, name, *, days_ago=50, letter="S", by):
    """Somebody with a role, last met so many days ago."""
    person = known_for(StakeholderFactory(account=account, name=name), 400)
    role(person, letter)
    visit(person, by=by, days_ago=days_ago)
    return person


def names(lines) -> list[str]:
    return [line.person.name for line in lines]


def mine(user):
    return week.reach(user, team=False)


def test_key_persons_come_first_then_tier_then_how_far_over(acme, ann):
    strategic = AccountFactory(name="Beta", owner=ann, tier="strategic")
    quiet_person(acme, "Standard, key", letter="D", days_ago=40, by=ann)
    quiet_person(strategic, "Strategic, not key", days_ago=25, by=ann)
    quiet_person(acme, "Standard, long", days_ago=59, by=ann)
    quiet_person(acme, "Standard, short", days_ago=35, by=ann)

    found = names(week.gone_quiet(mine(ann)))

    assert found == ["Standard, key", "Strategic, not key", "Standard, long", "Standard, short"]


def test_a_logged_visit_takes_the_person_off_at_once(acme, ann):
    person = quiet_person(acme, "Li Wei", by=ann)
    assert names(week.gone_quiet(mine(ann))) == ["Li Wei"]

    visit(person, by=ann)

    assert week.gone_quiet(mine(ann)) == []


def test_a_planned_visit_holds_the_line_back_for_two_weeks_only(acme, ann):
    person = quiet_person(acme, "Li Wei", by=ann)
    today = acme.today()
    plan = Interaction.plan(acme, by=ann, people=[person], activity_type=activity(), held_on=today + timedelta(days=15))
    assert names(week.gone_quiet(mine(ann))) == ["Li Wei"]

    plan.change(by=ann, held_on=today + timedelta(days=14))

    assert week.gone_quiet(mine(ann)) == []


def test_somebody_without_role_is_listed_only_when_watched(acme, ann):
    person = known_for(StakeholderFactory(account=acme, name="Nobody in particular"), 400)
    assert week.gone_quiet(mine(ann)) == []

    person.change(by=ann, is_watched=True)

    assert [(line.state, line.known_for) for line in week.gone_quiet(mine(ann))] == [("never", 400)]


def test_the_line_says_the_part_in_the_decision_and_the_last_day(acme, ann):
    quiet_person(acme, "Li Wei", letter="E", by=ann)

    page = signed_in(ann).get(reverse("config:home")).content.decode()

    assert "Acme · technical evaluator · last met" in page
    assert "50 d of 30" in page


def test_snoozing_for_the_team_takes_the_line_away_until_that_day(acme, ann, ben):
    person = quiet_person(acme, "Li Wei", by=ann)

    answer = signed_in(ben).post(reverse("reviews:snooze_person", args=[person.pk]), {"weeks": "1"})

    assert answer.status_code in (204, 302)
    assert week.gone_quiet(mine(ann)) == []


def test_a_missed_visit_stays_until_it_is_answered(acme, ann):
    person = StakeholderFactory(account=acme)
    plan = Interaction.plan(acme, by=ann, people=[person], activity_type=activity(), held_on=acme.today())
    Interaction.objects.filter(pk=plan.pk).update(held_on=acme.today() - timedelta(days=9))
    assert week.missed_visits(mine(ann)) == [plan]

    plan.refresh_from_db()
    plan.mark_missed("theirs", "refused", by=ann)

    assert week.missed_visits(mine(ann)) == []


def test_what_is_due_on_the_accounts_own_today_is_neither_hidden_nor_late(acme, ann):
    elsewhere = furthest_from(acme.today())
    acme.change(by=None, time_zone=elsewhere)
    person = StakeholderFactory(account=acme)
    plan = Interaction.plan(acme, by=ann, people=[person], activity_type=activity(), held_on=acme.today())
    Action.add(acme, "Send the offer", acme.today(), by=ann)

    within = mine(ann)
    page = signed_in(ann).get(reverse("config:home")).content.decode()

    assert week.coming_visits(within) == [plan]
    assert week.missed_visits(within) == []
    assert "Send the offer" in page
    assert "late" not in page.split("Send the offer")[1].split("</li>")[0]


def furthest_from(day) -> str:
    """A zone in which it is another day: the two are 25 hours apart."""
    return next(
        zone
        for zone in ("Pacific/Pago_Pago", "Pacific/Kiritimati")
        if timezone.now().astimezone(ZoneInfo(zone)).date() != day
    )


def test_next_steps_show_late_ones_and_the_week_ahead(acme, ann, ben):
    today = acme.today()
    late = Action.add(acme, "Send the plan", today - timedelta(days=2), by=ann)
    soon = Action.add(acme, "Call back", today + timedelta(days=7), by=ann)
    Action.add(acme, "Later", today + timedelta(days=9), by=ann)
    Action.add(acme, "Somebody else's", today, by=ben)

    assert week.next_steps(mine(ann)) == [late, soon]


def test_birthdays_of_the_week_ahead_are_there_by_either_calendar(acme, ann):
    person = StakeholderFactory(account=acme, name="Zhou Min")
    day = week.reach(ann, team=False).today + timedelta(days=7)
    CareDate(stakeholder=person, month=day.month, day=day.day).keep(by=ann)
    after = day + timedelta(days=2)
    CareDate(stakeholder=StakeholderFactory(account=acme), month=after.month, day=after.day).keep(by=ann)

    found = [(line.person.name, line.day) for line in week.care(mine(ann))]

    assert found == [("Zhou Min", day)]


def test_a_manager_sees_the_team_grouped_by_rep(acme, ann, ben, north):
    dan = UserFactory(full_name="Dan Wu", team=north)
    beta = AccountFactory(name="Beta", owner=dan, team=north)
    quiet_person(acme, "Of Ann", by=ann)
    quiet_person(beta, "Of Dan", days_ago=59, by=dan)

    page = signed_in(ben).get(reverse("config:home")).context

    assert [(owner.full_name, names(lines)) for owner, lines in page["quiet"]] == [
        ("Dan Wu", ["Of Dan"]),
        ("Ann Lee", ["Of Ann"]),
    ]


def test_a_stranger_sees_nothing_of_it(acme, ann, cleo):
    quiet_person(acme, "Li Wei", by=ann)

    page = signed_in(cleo).get(reverse("config:home")).content.decode()

    assert "Li Wei" not in page
    assert "Nothing waits for you" in page


def test_thirty_lines_cost_as_many_queries_as_three(acme, ann, django_assert_max_num_queries):
    for number in range(3):
        quiet_person(acme, f"Person {number}", by=ann)
        Action.add(acme, f"Step {number}", acme.today(), by=ann)
    client = signed_in(ann)
    client.get(reverse("config:home"))

    with django_assert_max_num_queries(22) as few:
        client.get(reverse("config:home"))
    for number in range(3, 30):
        quiet_person(acme, f"Person {number}", by=ann)
        Action.add(acme, f"Step {number}", acme.today(), by=ann)
    with django_assert_max_num_queries(22) as many:
        client.get(reverse("config:home"))

    assert len(few) == len(many)


def test_care_dates_go_by_the_accounts_day(acme, ann, time_machine):
    time_machine.move_to("2026-03-03T00:30:00Z", tick=False)  # the 2nd in Los Angeles, the 3rd in Shanghai
    acme.change(by=None, time_zone="America/Los_Angeles")
    for day in (2, 3, 9, 10):
        CareDate(stakeholder=StakeholderFactory(account=acme), month=3, day=day).keep(by=ann)

    assert [line.day.day for line in week.care(mine(ann))] == [2, 3, 9]
