"""Administrators see what ran, run it now, and replay what failed for good."""

import pytest
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from records.jobs import JobRun

pytestmark = pytest.mark.django_db

URL = reverse("config:jobs")


@pytest.fixture
def rung(monkeypatch):
    messages = []
    monkeypatch.setattr(app, "send_task", lambda task, args, **options: messages.append((task, args[0])))
    return messages


@pytest.fixture
def dead(db):
    return JobRun.objects.create(
        name="open_alerts",
        slot="2026-03-02",
        state="dead",
        attempts=5,
        error="OSError: disk full",
        lease_until=timezone.now(),
    )


def test_it_shows_the_last_run_with_its_counts(client, ada):
    JobRun.claim("open_alerts", "2026-03-02").finish({"opened": 7})
    client.force_login(ada)

    text = client.get(URL).content.decode()

    assert "opened 7" in text
    assert "Done" in text


def test_a_dead_run_is_shown_and_replayed(client, ada, dead, rung, django_capture_on_commit_callbacks):
    client.force_login(ada)
    assert "disk full" in client.get(URL).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("config:replay_job", args=[dead.pk]))

    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("waiting", 0)
    assert rung == [("reviews.tasks.open_alerts", "2026-03-02")]


def test_run_now_rings_the_worker(client, ada, rung, django_capture_on_commit_callbacks):
    client.force_login(ada)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("config:run_job", args=["open_alerts"]))

    run = JobRun.objects.get()
    assert answer.status_code == 302
    assert (run.state, rung) == ("waiting", [("reviews.tasks.open_alerts", run.slot)])


def test_an_unknown_job_is_not_found(client, ada):
    client.force_login(ada)

    assert client.post(reverse("config:run_job", args=["nonsense"])).status_code == 404
    assert client.post(reverse("config:replay_job", args=[1])).status_code == 404


def test_only_administrators_may(client, ann, ben, eve, dead):
    for user in (ann, ben, eve):
        client.force_login(user)
        assert client.get(URL).status_code == 403
        assert client.post(reverse("config:run_job", args=["open_alerts"])).status_code == 403
        assert client.post(reverse("config:replay_job", args=[dead.pk])).status_code == 403
    assert JobRun.objects.count() == 1
