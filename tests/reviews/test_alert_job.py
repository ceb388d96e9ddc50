"""Each kind of alert opens when its rule starts to hold and closes when it stops, once per subject."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relationships.contact_state import rebuild
from relationships.models import ContactRules, Interaction
from reviews.alert_rules import OF_PEOPLE, SILENCE, kind_of_silence, silent
from reviews.models import Alert
from stakeholders.leaving import leave
from tests.factories import AccountFactory, StakeholderFactory, activity, known_for, role, visit

pytestmark = pytest.mark.django_db


def kinds():
    return sorted(Alert.objects.open().values_list("kind", flat=True))


def plan(person, days_ahead, *, by, kind="Visit", **values):
    held_on = person.account.today() + timedelta(days=days_ahead)
    return Interaction.plan(
        person.account, by=by, people=[person], activity_type=activity(kind), held_on=held_on, **values
    )


@pytest.mark.parametrize(("days_ago", "expected"), [(30, []), (31, ["stale"]), (60, ["stale"]), (61, ["lost"])])
def test_silence_is_judged_by_its_days(wei, ann, run_alerts, days_ago, expected):
    visit(wei, by=ann, days_ago=days_ago)

    run_alerts()

    assert kinds() == expected


def test_a_silent_row_becomes_the_kind_whose_rule_holds(acme, ann):
    for days_ago in (None, 20, 31, 45, 60, 61, 200):
        person = StakeholderFactory(account=acme)
        role(person, "D")
        visit(person, by=ann, days_ago=days_ago) if days_ago else known_for(person, 90)
    policy, today = ContactRules.load(), acme.today()

    found = silent(today, policy).annotate(becomes=kind_of_silence(today)).values_list("becomes", "stakeholder_id")

    rules = [rule for rule in OF_PEOPLE if rule.kind in SILENCE]
    assert {kind for kind, _person in found} == set(SILENCE)
    assert set(found) == {
        (rule.kind.value, pk)
        for rule in rules
        for pk in rule.rows(today, policy).values_list("stakeholder_id", flat=True)
    }


def test_somebody_never_contacted_has_an_alert_of_its_own_kind(wei, run_alerts):
    assert run_alerts() == {"opened": 1, "closed": 0, "told": 1}

    alert = Alert.objects.get()
    assert (alert.kind, alert.stakeholder, alert.account) == ("never", wei, wei.account)
    assert alert.opened_on == wei.account.today()
    assert alert.history.get().history_change_reason == "alert_opened"


def test_a_newcomer_raises_no_alert(acme, run_alerts):
    known_for(StakeholderFactory(account=acme, is_watched=True), 90)

    run_alerts()

    assert kinds() == []


def test_a_second_run_of_the_day_changes_nothing(wei, run_alerts):
    run_alerts()

    assert run_alerts() == {"opened": 0, "closed": 0, "told": 0}
    assert Alert.history.count() == 1


def test_a_visit_closes_the_alert(wei, ann, run_alerts):
    run_alerts()
    visit(wei, by=ann)

    assert run_alerts() == {"opened": 0, "closed": 1, "told": 0}

    alert = Alert.objects.get()
    assert alert.closed_on == wei.account.today()
    assert list(alert.history.values_list("history_change_reason", flat=True)) == ["alert_closed", "alert_opened"]


def test_who_drifts_from_stale_to_lost_changes_alerts(wei, ann, run_alerts):
    held = visit(wei, by=ann, days_ago=31)
    run_alerts()
    held.change(by=ann, held_on=wei.account.today() - timedelta(days=61))

    run_alerts()

    assert kinds() == ["lost"]
    assert Alert.objects.get(kind="stale").closed_on is not None


@pytest.mark.parametrize(("days_ahead", "expected"), [(0, []), (14, []), (15, ["never"])])
def test_a_contact_planned_within_fourteen_days_holds_silence_back(wei, ann, run_alerts, days_ahead, expected):
    plan(wei, days_ahead, by=ann)

    run_alerts()

    assert kinds() == expected


@pytest.mark.parametrize("kind", ["Message", "Greeting"])
def test_a_planned_message_or_greeting_holds_nothing_back(wei, ann, run_alerts, kind):
    plan(wei, 0, by=ann, kind=kind)

    run_alerts()

    assert kinds() == ["never"]


def test_a_cancelled_plan_holds_nothing_back(wei, ann, run_alerts):
    plan(wei, 3, by=ann).cancel("theirs", by=ann)

    run_alerts()

    assert kinds() == ["never"]


def test_too_many_contacts_raise_too_often_until_the_window_has_passed(wei, ann, run_alerts):
    for days_ago in range(1, 6):
        visit(wei, by=ann, days_ago=days_ago)

    run_alerts()
    assert kinds() == ["too_often"]

    Interaction.objects.first().erase(by=ann)
    run_alerts()
    assert kinds() == []


def test_a_planned_visit_asks_the_day_after(wei, ann, run_alerts):
    today = plan(wei, 0, by=ann)
    over = plan(wei, -1, by=ann)

    run_alerts()

    assert kinds() == ["visit_unanswered"]
    assert Alert.objects.get().interaction == over
    over.complete(by=ann)
    today.cancel("ours", by=ann)
    run_alerts()
    assert kinds() == []


def test_who_left_or_was_removed_raises_no_alert(wei, ann, run_alerts):
    run_alerts()
    wei.erase(by=ann)

    run_alerts()

    assert kinds() == []


def test_leaving_closes_the_alerts(wei, ann, run_alerts):
    run_alerts()
    leave(wei.positions.get(), wei.account.today(), by=ann)

    run_alerts()

    assert kinds() == []


def test_an_inactive_account_closes_its_alerts(wei, ann, run_alerts):
    plan(wei, -1, by=ann)
    run_alerts()
    wei.account.change(by=ann, status="inactive")

    assert run_alerts()["closed"] == 2

    assert kinds() == []


def test_only_roles_key_and_watched_people_raise_alerts(acme, run_alerts):
    known_for(StakeholderFactory(account=acme), 400)
    watched = known_for(StakeholderFactory(account=acme, is_watched=True), 400)

    run_alerts()

    assert Alert.objects.get().stakeholder == watched


def test_each_account_has_its_own_day(ann, wei, run_alerts, time_machine):
    """At this moment it is the 11th in Auckland and still the 10th in Los Angeles."""
    people = []
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        account = AccountFactory(owner=ann, team=ann.team, time_zone=zone)
        people.append(StakeholderFactory(account=account, is_watched=True, gap_override=10))
    time_machine.move_to("2026-03-10T20:00:00Z", tick=False)
    for person in people:
        type(person).objects.filter(pk=person.pk).update(created_at="2026-02-28T09:00:00Z")
        rebuild([person.pk])

    run_alerts()

    alerts = Alert.objects.filter(stakeholder__in=people)
    assert [(str(a.opened_on), a.account.time_zone) for a in alerts] == [("2026-03-11", "Pacific/Auckland")]


def test_every_chunk_is_covered(acme, run_alerts):
    people = [known_for(StakeholderFactory(account=acme, is_watched=True), 400) for _ in range(7)]

    assert run_alerts(chunk=2) == {"opened": 7, "closed": 0, "told": 7}
    assert run_alerts(chunk=3) == {"opened": 0, "closed": 0, "told": 0}

    assert {alert.stakeholder for alert in Alert.objects.all()} == set(people)


def test_killed_after_a_chunk_it_ends_in_the_same_alerts(acme, run_alerts):
    for _ in range(5):
        known_for(StakeholderFactory(account=acme, is_watched=True), 400)
    steps = iter(range(2))

    with pytest.raises(StopIteration):
        run_alerts(chunk=2, before_each_chunk=lambda: next(steps))
    half = Alert.objects.count()
    run_alerts(chunk=2)

    assert 0 < half < 5
    assert Alert.objects.count() == Alert.history.count() == 5


def test_the_number_of_statements_follows_the_chunks_and_not_the_people(acme, run_alerts):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            run_alerts()
        return len(captured)

    known_for(StakeholderFactory(account=acme, is_watched=True), 400)
    few = queries()
    for _ in range(10):
        known_for(StakeholderFactory(account=acme, is_watched=True), 400)

    assert queries() == few
