"""The sweep rings for what was missed, lost or put off, and for nothing else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import get_commands
from django.utils import timezone
from kombu import Connection

from config import jobs
from config.celery import SCHEDULE, SWEEP_EVERY, app
from records import doorbell
from records.jobs import ATTEMPTS, JobRun

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


@pytest.fixture
def rung(monkeypatch):
    """What was put into the queue; no broker is asked."""
    messages = []
    monkeypatch.setattr(app, "send_task", lambda task, args, **options: messages.append((task, args[0])))
    return messages


@pytest.fixture
def all_done(db):
    for name in SCHEDULE:
        job = jobs.JOBS[name]
        JobRun.objects.create(name=name, slot=job.last_due(MONDAY).date().isoformat(), state="done", lease_until=MONDAY)


def test_every_job_is_a_task_a_command_and_has_a_label():
    app.loader.import_default_modules()

    for name, entry in SCHEDULE.items():
        assert entry["task"] in app.tasks
        assert name in get_commands()
        assert jobs.LABELS[name]


def test_a_daily_job_is_due_at_its_hour():
    alerts = jobs.JOBS["open_alerts"]

    assert alerts.last_due(MONDAY) == datetime(2026, 3, 2, 2, 0, tzinfo=ZONE)
    assert alerts.last_due(MONDAY.replace(hour=1)) == datetime(2026, 3, 1, 2, 0, tzinfo=ZONE)
    assert alerts.next_due(MONDAY) == datetime(2026, 3, 3, 2, 0, tzinfo=ZONE)


def test_a_weekly_job_is_due_on_its_day():
    repair = jobs.JOBS["repair_contact_states"]

    assert repair.last_due(MONDAY) == datetime(2026, 3, 1, 4, 0, tzinfo=ZONE)
    assert repair.next_due(MONDAY) == datetime(2026, 3, 8, 4, 0, tzinfo=ZONE)


def test_days_are_the_installations():
    late_on_sunday_in_utc = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)

    assert jobs.JOBS["open_alerts"].last_due(late_on_sunday_in_utc) == datetime(2026, 3, 2, 2, 0, tzinfo=ZONE)


def test_nothing_is_rung_for_when_all_is_done(all_done, rung):
    assert jobs.sweep(MONDAY) == []
    assert rung == []


def test_a_missed_job_is_rung_for_late(all_done, rung):
    JobRun.objects.filter(name="open_alerts").delete()

    jobs.sweep(MONDAY)

    assert rung == [("reviews.tasks.open_alerts", "2026-03-02")]


def test_a_run_of_a_later_day_makes_up_for_a_missed_one(all_done):
    JobRun.objects.filter(name="repair_contact_states").update(slot="2026-03-02")

    assert jobs.sweep(MONDAY) == []


def test_a_killed_run_is_rung_for_within_a_minute(all_done):
    JobRun.objects.filter(name="open_alerts").delete()
    JobRun.claim("open_alerts", "2026-03-02", now=MONDAY)

    assert jobs.sweep(MONDAY + timedelta(seconds=30)) == []
    assert jobs.sweep(MONDAY + timedelta(seconds=50)) == [("open_alerts", "2026-03-02")]


def test_five_attempts_are_enough(all_done):
    JobRun.objects.filter(name="open_alerts").update(state="running", attempts=ATTEMPTS)

    assert jobs.sweep(timezone.now()) is not None
    assert JobRun.objects.get(name="open_alerts", slot="2026-03-02").state == "dead"


def test_by_hand_leaves_a_run_that_the_sweep_finds(all_done, rung):
    run = jobs.JOBS["prune_logs"].run_by_hand()

    assert jobs.sweep(timezone.now())[-1] == ("prune_logs", run.slot)


def test_after_three_days_of_sleep_each_job_is_rung_for_once(all_done, rung):
    woken = MONDAY.replace(hour=6) + timedelta(days=3)

    for name, slot in jobs.sweep(woken):
        JobRun.objects.create(name=name, slot=slot, state="done", lease_until=woken)
    jobs.sweep(woken)

    assert sorted(rung) == sorted(
        (jobs.JOBS[name].task, "2026-03-04" if name == "send_digests" else "2026-03-05")
        for name in SCHEDULE
        if name != "repair_contact_states"
    )


def test_a_late_run_leaves_the_next_one_its_slot(all_done, rung):
    """Woken at six, the digest of the day before goes out; at half past seven that of today."""
    woken = MONDAY.replace(hour=6) + timedelta(days=3)
    JobRun.objects.create(name="send_digests", slot="2026-03-04", state="done", lease_until=woken)

    jobs.sweep(woken.replace(hour=7, minute=31))

    assert ("reviews.tasks.send_digests", "2026-03-05") in rung


def test_the_clock_rings_for_nothing_but_the_sweep():
    assert list(app.conf.beat_schedule) == ["sweep"]


@pytest.mark.parametrize(("since", "is_due"), [(1, False), (11, True), (3 * 24 * 3600, True), (-24 * 3600, True)])
def test_the_clock_goes_on_whatever_time_it_is_set_to(since, is_due):
    """Also back, as when a machine without battery learns the hour."""
    sweep = app.conf.beat_schedule["sweep"]["schedule"]
    found = sweep.is_due(sweep.now() - timedelta(seconds=since))

    assert found.is_due is is_due
    assert found.next <= SWEEP_EVERY


def test_a_queue_that_is_away_leaves_the_run_to_the_next_sweep(all_done, monkeypatch, caplog):
    away = Connection("redis://127.0.0.1:1/0", transport_options=doorbell.IMPATIENT)
    monkeypatch.setattr(app, "connection_for_write", lambda **options: away)

    run = jobs.JOBS["prune_logs"].run_by_hand()
    jobs.JOBS["prune_logs"].ring(run.slot)

    assert f"Could not ring for records.tasks.prune_logs {run.slot}" in caplog.text
    assert ("prune_logs", run.slot) in JobRun.objects.left_over(timezone.now())


def test_what_a_change_of_policy_asked_for_is_rung_for(all_done, rung):
    JobRun.objects.create(name="recount", slot="a change", lease_until=MONDAY - timedelta(minutes=1))

    jobs.sweep(timezone.now())

    assert ("stakeholders.tasks.recount_everybody", "a change") in rung


def test_a_job_on_call_is_never_missed():
    assert jobs.JOBS["recount"].missed_slot(MONDAY) is None
    assert jobs.JOBS["recount"].next_due(MONDAY) is None
