"""Quieting an alert holds for the whole account team, and ends as the domain says."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.calendar import days_now
from config import week
from relationships.models import ContactRules, ContactState
from reviews.alert_rules import SILENCE
from reviews.models import Alert, Notification
from reviews.quiet import shut
from tests.factories import StakeholderFactory, visit

pytestmark = pytest.mark.django_db

IN_DIALOG = {"HX-Request": "true", "HX-Target": "dialog-content"}


@pytest.fixture
def alert(wei, run_alerts):
    run_alerts()
    return Alert.objects.get()


def waiting():
    days = days_now()
    return list(Alert.objects.holding(days).waiting_now(days))


def in_days(account, days):
    return account.today() + timedelta(days=days)


def test_a_snoozed_alert_comes_back_on_its_day(alert, ann, time_machine):
    alert.snooze(in_days(alert.account, 7), by=ann)
    assert waiting() == []

    time_machine.move_to(timezone.now() + timedelta(days=6))
    assert waiting() == []
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert waiting() == [alert]


def test_a_snooze_says_who(alert, ann):
    alert.snooze(in_days(alert.account, 7), by=ann)

    alert.refresh_from_db()
    assert alert.handled_by == ann
    assert alert.history.latest().history_user_id == ann.pk


def test_nothing_is_snoozed_to_the_past(alert, ann):
    with pytest.raises(ValidationError):
        alert.snooze(in_days(alert.account, 0), by=ann)


def test_a_dismissal_needs_a_reason(alert, ann):
    with pytest.raises(ValidationError):
        alert.dismiss("  ", by=ann)


def test_a_dismissed_alert_stays_shut_until_its_rule_starts_again(alert, wei, ann, run_alerts, time_machine):
    alert.dismiss("On parental leave", by=ann)

    run_alerts()
    assert waiting() == []
    visit(wei, by=ann)
    run_alerts()
    time_machine.move_to(timezone.now() + timedelta(days=31))
    run_alerts()

    assert [found.kind for found in waiting()] == ["stale"]
    assert Alert.objects.filter(dismissed_on__isnull=False).get().closed_on is not None


def test_waking_takes_it_all_back(alert, ann):
    alert.dismiss("Wrong person", by=ann)

    alert.wake(by=ann)

    assert waiting() == [alert]
    assert (alert.reason, alert.handled_by) == ("", None)


def test_a_visit_takes_the_alert_off_the_lists_before_the_next_run(alert, wei, ann):
    visit(wei, by=ann)

    assert waiting() == []
    assert Alert.objects.open().get() == alert


def test_shut_hides_who_was_put_off_and_only_for_that_rule(alert, wei, ann, time_machine):
    def hidden():
        return list(
            ContactState.objects.on(wei.account.today()).filter(shut(wei.account.today(), SILENCE, ContactRules.load()))
        )

    assert hidden() == []
    alert.snooze(in_days(alert.account, 300), by=ann)
    assert len(hidden()) == 1

    visit(wei, by=ann)
    time_machine.move_to(timezone.now() + timedelta(days=40))
    assert hidden() == []


# The pages


def test_the_whole_team_may_quiet_and_strangers_see_nothing(client, alert, ann, ben, cleo, eve, ada):
    expected = {ann: 200, ben: 200, cleo: 404, eve: 403, ada: 403}
    for name in ("reviews:snooze", "reviews:dismiss"):
        for user, status in expected.items():
            client.force_login(user)
            assert client.get(reverse(name, args=[alert.pk])).status_code == status
    for name in ("reviews:snooze_person", "reviews:dismiss_person"):
        for user, status in expected.items():
            client.force_login(user)
            assert client.get(reverse(name, args=[alert.stakeholder_id])).status_code == status
    client.force_login(cleo)
    assert client.post(reverse("reviews:wake", args=[alert.pk])).status_code == 404


def test_snoozing_for_weeks_in_place(client, alert, ann):
    client.force_login(ann)

    answer = client.post(reverse("reviews:snooze", args=[alert.pk]), {"weeks": "2"}, headers=IN_DIALOG)

    alert.refresh_from_db()
    assert answer.status_code == 204
    assert "alert-handled" in answer["HX-Trigger"]
    assert reverse("reviews:wake", args=[alert.pk]) in answer["HX-Trigger"]
    assert alert.snoozed_until == in_days(alert.account, 14)


def test_a_past_day_is_refused_at_its_field(client, alert, ann):
    client.force_login(ann)

    answer = client.post(reverse("reviews:snooze", args=[alert.pk]), {"weeks": "day", "until": "2020-01-01"})

    assert answer.status_code == 422
    assert "until" in answer.context["form"].errors


def test_dismissing_without_script_leads_back(client, alert, ann):
    client.force_login(ann)

    answer = client.post(
        reverse("reviews:dismiss", args=[alert.pk]), {"reason": "Retired"}, headers={"Referer": "http://testserver/"}
    )

    alert.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/")
    assert (alert.reason, alert.handled_by) == ("Retired", ann)


def test_a_person_is_put_off_before_the_night_has_opened_an_alert(client, wei, ann, run_alerts):
    client.force_login(ann)

    answer = client.post(reverse("reviews:snooze_person", args=[wei.pk]), {"weeks": "1"})

    alert = Alert.objects.get()
    assert answer.status_code == 302
    assert (alert.kind, alert.snoozed_until) == ("never", in_days(wei.account, 7))
    assert run_alerts()["opened"] == 0


def test_somebody_met_meanwhile_needs_no_snooze(client, wei, ann):
    visit(wei, by=ann)
    client.force_login(ann)

    answer = client.post(reverse("reviews:snooze_person", args=[wei.pk]), {"weeks": "1"}, follow=True)

    assert "no longer on the list" in answer.content.decode()
    assert not Alert.objects.exists()


def test_the_dialog_names_the_person_and_offers_the_other_way(client, alert, ann):
    client.force_login(ann)

    answer = client.get(reverse("reviews:snooze", args=[alert.pk]), headers=IN_DIALOG)

    assert "Snooze Li Wei" in answer.content.decode()
    assert reverse("reviews:dismiss", args=[alert.pk]) in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(("back", "leads_to"), [("/people/", "/people/"), ("https://elsewhere.example/", "/alerts/")])
def test_next_leads_back_within_the_house(client, alert, ann, back, leads_to):
    client.force_login(ann)

    answer = client.post(reverse("reviews:snooze", args=[alert.pk]) + f"?next={back}", {"weeks": "1"})

    assert answer["Location"] == leads_to


def test_undo_brings_it_back(client, alert, ann):
    alert.snooze(in_days(alert.account, 7), by=ann)
    client.force_login(ann)

    client.post(reverse("reviews:wake", args=[alert.pk]))

    assert waiting() == [alert]


def test_a_reason_too_long_is_refused(client, alert, ann):
    client.force_login(ann)

    answer = client.post(reverse("reviews:dismiss", args=[alert.pk]), {"reason": "x" * 301})

    assert answer.status_code == 422
    with pytest.raises(ValidationError):
        alert.dismiss("x" * 301, by=ann)


# Due soon: a line of My week that is no alert -----------------------------------------------------------------------


@pytest.fixture
def due(wei, ann):
    """Met 26 days ago, 30 agreed: quiet in five days."""
    visit(wei, by=ann, days_ago=26)
    return wei


@pytest.fixture
def as_ann(client, ann):
    client.force_login(ann)
    return client


def lines_of(user):
    return [line.person for line in week.due(week.reach(user, team=False))]


def put_off(client, person, **values):
    return client.post(reverse("reviews:snooze_person", args=[person.pk]), values, headers=IN_DIALOG)


def test_a_due_line_is_put_off_for_the_team_and_says_by_whom(as_ann, due, ann, ben):
    answer = put_off(as_ann, due, weeks="day", until=in_days(due.account, 3).isoformat())

    assert answer.status_code == 204
    assert "snoozed until" in answer["HX-Trigger"]
    assert lines_of(ann) == []
    assert week.due(week.reach(ben, team=True)) == []
    page = as_ann.get(reverse("reviews:alerts") + "?show=snoozed").content.decode()
    assert "Li Wei" in page
    assert "by Ann Lee" in page


def test_it_comes_back_on_its_day(as_ann, due, ann, time_machine, run_alerts):
    put_off(as_ann, due, weeks="day", until=in_days(due.account, 3).isoformat())
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert lines_of(ann) == []

    time_machine.move_to(timezone.now() + timedelta(days=1))
    run_alerts()

    assert lines_of(ann) == [due]


def test_a_due_line_is_taken_back_by_undo(as_ann, due, ann):
    put_off(as_ann, due, weeks="1")

    as_ann.post(reverse("reviews:wake", args=[Alert.objects.get().pk]))

    assert lines_of(ann) == [due]


def test_a_due_line_is_dismissed_with_a_reason(as_ann, due, ann):
    as_ann.post(reverse("reviews:dismiss_person", args=[due.pk]), {"reason": "Retires soon"})

    assert lines_of(ann) == []
    assert "Retires soon" in as_ann.get(reverse("reviews:alerts") + "?show=dismissed").content.decode()


def test_nobody_stays_put_off_once_gone_quiet(as_ann, due, ann, time_machine, run_alerts):
    quiet_on = in_days(due.account, 5)
    dialog = as_ann.get(reverse("reviews:snooze_person", args=[due.pk]), headers=IN_DIALOG).content.decode()
    assert "Without a contact it comes back on" in dialog

    put_off(as_ann, due, weeks="4")
    assert Alert.objects.get().snoozed_until == quiet_on
    time_machine.move_to(timezone.now() + timedelta(days=5))

    assert [line.person for line in week.gone_quiet(week.reach(ann, team=False))] == [due]
    run_alerts()
    assert [(alert.kind, alert.closed_on) for alert in Alert.objects.order_by("pk")] == [
        ("due", quiet_on),
        ("stale", None),
    ]


def test_a_due_line_is_no_alert(as_ann, due, ann, ben, run_alerts, time_machine):
    assert run_alerts() == {"opened": 0, "closed": 0, "told": 0}
    put_off(as_ann, due, weeks="day", until=in_days(due.account, 1).isoformat())
    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert run_alerts() == {"opened": 0, "closed": 0, "told": 0}
    assert waiting() == []
    assert "Li Wei" not in as_ann.get(reverse("reviews:alerts")).content.decode()
    assert not Notification.objects.exists()


def test_a_due_line_never_climbs_to_the_manager(as_ann, acme, ann, ben, run_alerts, time_machine):
    slow = StakeholderFactory(account=acme, name="Zhao Xin", is_watched=True, gap_override=300)
    visit(slow, by=ann, days_ago=250)
    put_off(as_ann, slow, weeks="1")
    time_machine.move_to(timezone.now() + timedelta(days=30))

    run_alerts()

    assert lines_of(ann) == [slow]
    assert not Notification.objects.filter(user=ben).exists()


def test_met_meanwhile_a_due_line_is_closed(as_ann, due, ann, run_alerts):
    put_off(as_ann, due, weeks="1")
    visit(due, by=ann)

    assert run_alerts()["closed"] == 1
    assert put_off(as_ann, due, weeks="1").status_code == 204
    assert Alert.objects.open().count() == 0


def test_a_snooze_of_another_alert_is_not_cut_short(as_ann, due, ann):
    alert = Alert.objects.create(kind="too_often", account=due.account, stakeholder=due, opened_on=due.account.today())

    as_ann.post(reverse("reviews:snooze", args=[alert.pk]), {"weeks": "4"})

    alert.refresh_from_db()
    assert alert.snoozed_until == in_days(due.account, 28)


@pytest.mark.parametrize("name", ["snooze", "dismiss"])
def test_only_in_a_dialog_does_its_form_answer_into_it(client, ann, alert, name):
    client.force_login(ann)
    address = reverse(f"reviews:{name}", args=[alert.pk])

    page = client.get(address).content.decode()
    dialog = client.get(address, headers=IN_DIALOG).content.decode()

    assert 'hx-target="#dialog-content"' not in page
    assert dialog.count('hx-target="#dialog-content"') == 2
