"""A slot is done once: by one worker, in at most five attempts, whoever rings and however often."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from records.jobs import ATTEMPTS, LEASE, JobRun, LeaseLost, perform

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def at_its_own_moment():
    """Leases are counted from now: each test begins at its own, however long the suite has been running."""
    global NOW
    NOW = timezone.now()


MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def run():
    return JobRun.objects.get()


def fail_often(times):
    now = NOW
    for _attempt in range(times):
        JobRun.claim("alerts", "monday", now=now).fail("no luck", now=now)
        now += timedelta(hours=1)
    return now


def test_the_first_to_claim_has_it():
    claimed = JobRun.claim("alerts", "monday")

    assert claimed.state == "running"
    assert JobRun.claim("alerts", "monday") is None
    assert JobRun.claim("alerts", "tuesday") is not None
    assert JobRun.claim("digest", "monday") is not None


def test_what_is_done_is_not_done_again():
    JobRun.claim("alerts", "monday").finish({"opened": 3, "closed": 2})

    assert JobRun.claim("alerts", "monday", now=NOW + 10 * LEASE) is None
    assert (run().state, run().touched, run().counts) == ("done", 5, {"opened": 3, "closed": 2})


def test_a_lost_worker_gives_the_slot_back_when_its_lease_lapses():
    lost = JobRun.claim("alerts", "monday", now=NOW)

    assert JobRun.claim("alerts", "monday", now=NOW + LEASE - SECOND) is None
    assert JobRun.claim("alerts", "monday", now=NOW + LEASE) is not None
    with pytest.raises(LeaseLost):
        lost.finish()
    with pytest.raises(LeaseLost):
        lost.renew()


def test_long_work_keeps_its_lease_by_saying_so():
    claimed = JobRun.claim("alerts", "monday", now=NOW)

    claimed.renew(now=NOW + LEASE - SECOND)

    assert JobRun.claim("alerts", "monday", now=NOW + LEASE) is None


def test_after_a_failure_it_rests_and_is_tried_again():
    JobRun.claim("alerts", "monday", now=NOW).fail("no luck", now=NOW)

    assert JobRun.claim("alerts", "monday", now=NOW) is None
    again = JobRun.claim("alerts", "monday", now=NOW + MINUTE)
    assert again.attempts == 2
    assert again.error == "no luck"


def test_five_failures_are_enough():
    later = fail_often(ATTEMPTS)

    assert run().state == "dead"
    assert JobRun.claim("alerts", "monday", now=later) is None
    assert list(JobRun.objects.dead()) == [run()]


def test_a_worker_lost_in_the_last_attempt_is_buried():
    later = fail_often(ATTEMPTS - 1)
    JobRun.claim("alerts", "monday", now=later)

    assert JobRun.objects.left_over(later + LEASE) == []
    assert (run().state, run().error) == ("dead", "The worker was lost.")


def test_a_dead_run_can_be_replayed():
    later = fail_often(ATTEMPTS)

    assert run().replay(now=later)
    assert JobRun.objects.left_over(later) == [("alerts", "monday")]
    JobRun.claim("alerts", "monday", now=later).finish()
    assert run().state == "done"
    assert not run().replay()


def test_left_over_names_what_to_ring_for_again():
    JobRun.claim("paused", "1", now=NOW).fail("no luck", now=NOW)
    JobRun.claim("lost", "1", now=NOW)
    JobRun.claim("at work", "1", now=NOW + LEASE)
    JobRun.claim("done", "1", now=NOW).finish()

    assert JobRun.objects.left_over(NOW + LEASE) == [("paused", "1"), ("lost", "1")]


def test_perform_notes_what_was_done():
    assert perform("alerts", "monday", lambda run: {"opened": 2}).touched == 2
    assert perform("alerts", "monday", lambda run: pytest.fail("done twice")) is None


def test_perform_notes_a_failure_and_passes_it_on():
    with pytest.raises(ZeroDivisionError):
        perform("alerts", "monday", lambda run: {"opened": 1 // 0})

    assert (run().state, run().attempts) == ("failed", 1)
    assert run().error.startswith("ZeroDivisionError")


def test_work_that_lost_its_lease_notes_nothing():
    def steal(run):
        JobRun.claim("alerts", "monday", now=NOW + 2 * LEASE)
        return {"opened": 1}

    with pytest.raises(LeaseLost):
        perform("alerts", "monday", steal)

    assert (run().state, run().counts) == ("running", {})


def test_the_page_shows_the_last_run_of_each():
    for slot in ("1", "2"):
        JobRun.claim("alerts", slot)
        JobRun.claim("digest", slot)

    assert [(run.name, run.slot) for run in JobRun.objects.latest_of_each()] == [("alerts", "2"), ("digest", "2")]


def test_a_job_by_hand_says_what_it_did(capsys):
    call_command("purge_removed")
    call_command("prune_logs")

    assert "done" in capsys.readouterr().out
    assert JobRun.objects.filter(state="done").count() == 2
