"""The digest tells each user once, on working days, what is new, still holds and is theirs to see."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from accounts.calendar import days_now
from records.jobs import LEASE
from reviews import digest
from reviews.models import Alert, DayException, Notification
from tests.factories import StakeholderFactory, TeamFactory, known_for, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def working_day(time_machine):
    """A Monday morning."""
    time_machine.move_to("2025-11-24T00:00:00Z", tick=False)


@pytest.fixture
def told(wei, run_alerts):
    run_alerts()
    return Alert.objects.get()


def send():
    mail.outbox.clear()
    digest.send_all(timezone.now())
    return {message.to[0]: message for message in mail.outbox}


def later(time_machine, days):
    time_machine.move_to(timezone.now() + timedelta(days=days), tick=False)


def test_the_first_responsible_hears_once(working_day, told, ann):
    mails = send()

    assert list(mails) == [ann.email]
    assert "Li Wei: never contacted, known for 200 days, 30 agreed" in mails[ann.email].body
    assert f"http://testserver{told.stakeholder.get_absolute_url()}" in mails[ann.email].body
    assert mails[ann.email].alternatives[0].mimetype == "text/html"
    assert send() == {}


def test_a_second_run_of_the_job_tells_nothing_twice(working_day, told, run_alerts):
    send()
    run_alerts()

    assert send() == {}


def test_nothing_goes_out_on_a_day_off(working_day, told):
    off = DayException(day=timezone.localdate()).keep(by=None)
    assert send() == {}

    off.remove(by=None)
    assert len(send()) == 1


def test_what_no_longer_holds_is_not_told(working_day, told, wei, ann):
    visit(wei, by=ann)

    assert send() == {}


def test_what_is_put_off_is_told_when_it_comes_back(working_day, told, ann, time_machine):
    told.snooze(told.account.today() + timedelta(days=7), by=ann)
    assert send() == {}

    later(time_machine, 7)
    assert list(send()) == [ann.email]


def test_whoever_no_longer_sees_the_account_hears_nothing(working_day, told, ann, cleo, acme):
    acme.change(by=None, owner=cleo, team=cleo.team)
    acme.members.filter(user=ann).delete()

    assert send() == {}


def test_the_next_first_responsible_hears_of_what_stands_open(working_day, told, cleo, acme, run_alerts):
    send()
    acme.change(by=None, owner=cleo)
    run_alerts()

    assert list(send()) == [cleo.email]


def test_the_manager_hears_after_fourteen_open_days(working_day, told, ben, run_alerts, time_machine):
    later(time_machine, 14)
    run_alerts()
    assert not Notification.objects.filter(user=ben).exists()

    later(time_machine, 1)
    run_alerts()
    run_alerts()
    assert Notification.objects.get(user=ben).alert == told


def test_a_lead_is_not_their_own_manager(working_day, told, ben, cleo, acme, north, run_alerts, time_machine):
    north.parent = TeamFactory(name="Country", lead=cleo)
    north.keep(by=None)
    acme.change(by=None, owner=ben)
    later(time_machine, 15)

    run_alerts()

    assert Notification.objects.filter(user=cleo, alert=told).exists()


def test_a_dismissed_alert_does_not_climb(working_day, told, ann, ben, run_alerts, time_machine):
    told.dismiss("Retired", by=ann)
    later(time_machine, 15)

    run_alerts()

    assert not Notification.objects.filter(user=ben).exists()


def test_it_groups_by_account(working_day, told, acme, ann, run_alerts):
    known_for(StakeholderFactory(account=acme, name="Zhao Xin", is_watched=True), 300)
    run_alerts()

    body = send()[ann.email].body

    assert body.count("\nAcme\n") == 1
    assert body.index("Acme") < body.index("Li Wei")


def test_a_refused_mail_is_tried_again(working_day, told, ann, settings):
    settings.EMAIL_BACKEND = "tests.reviews.refusing_mail.Backend"
    with pytest.raises(digest.NotSent):
        digest.send_all(timezone.now())

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert list(send()) == [ann.email]


def test_names_stand_as_they_are_in_text_and_escaped_in_html(working_day, acme, ann, run_alerts):
    known_for(StakeholderFactory(account=acme, name="O'Neil & <Sons>", is_watched=True), 300)
    run_alerts()

    message = send()[ann.email]

    assert "O'Neil & <Sons>: never" in message.body
    assert "<Sons>" not in message.alternatives[0].content


# Told once, and told ------------------------------------------------------------------------------------------------


@pytest.fixture
def held(working_day, told, ann):
    """A run took the mail up and was killed before it went."""
    digest.claim(ann, days_now())
    return told


def test_what_another_run_holds_is_not_told_twice(held):
    assert send() == {}


def test_what_a_killed_run_held_is_told_by_whoever_takes_its_job_over(held, ann, time_machine):
    time_machine.move_to(timezone.now() + LEASE, tick=False)

    assert list(send()) == [ann.email]
    assert send() == {}


def test_it_counts_as_told_only_when_it_went(working_day, told, settings):
    settings.EMAIL_BACKEND = "tests.reviews.refusing_mail.Backend"
    with pytest.raises(digest.NotSent):
        digest.send_all(timezone.now())

    row = Notification.objects.get()
    assert (row.claimed_at, row.sent_at) == (None, None)


def test_a_mail_server_has_less_time_than_a_claim_lasts(settings):
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) < digest.LEASE < LEASE


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_it_once(working_day, told, ann):
    together = Barrier(2)

    def run(_number):
        together.wait(timeout=20)
        try:
            return digest.send_all(timezone.now())["mails"]
        finally:
            connections.close_all()

    mail.outbox.clear()
    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(run, range(2)))

    assert sorted(sent) == [0, 1]
    assert len(mail.outbox) == 1
