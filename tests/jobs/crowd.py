"""`python -m tests.jobs.crowd 20000`: people who were never contacted, and a schedule of which only alerts wait."""

import sys
from datetime import timedelta

import django
from django.apps import apps
from django.utils import timezone

django.setup()

from config.jobs import JOBS  # noqa: E402
from relationships.cadence import DAWN, DUSK  # noqa: E402


def main(size: int) -> None:
    """Everything by sets; nothing here is an interesting fact but the number."""
    team, user, account, person = (
        apps.get_model(name) for name in ("users.Team", "users.User", "accounts.Account", "stakeholders.Stakeholder")
    )
    ann = user.objects.create_user("ann@two-eyes.example", "two-eyes-live-7", full_name="Ann Lee")
    acme = account.open(by=None, name="Acme", owner=ann, team=team.objects.create(name="North"))
    long_ago = timezone.now() - timedelta(days=400)
    facts = {"account": acme, "is_watched": True, "created_at": long_ago}
    people = (person(name=f"P {number}", sort_key=f"p {number}", **facts) for number in range(size))
    ids = [row.pk for row in person.objects.bulk_create(people, batch_size=2000)]
    states(ids, acme)
    mark_others_done()


def states(ids: list, account) -> None:
    """The states such people have by rule 4.6."""
    state = apps.get_model("relationships.ContactState")
    today = timezone.localdate()
    known = today - timedelta(days=400)
    facts = {
        "starts_on": DAWN, "ends_on": DUSK, "gap": 90, "ceiling": 2, "has_role": False,
        "raises_alerts": True, "known_since": known, "stale_on": known + timedelta(days=91),
    }  # fmt: skip
    state.objects.bulk_create((state(stakeholder_id=pk, account=account, **facts) for pk in ids), batch_size=2000)


def mark_others_done() -> None:
    """All jobs but the alerts ran already."""
    run = apps.get_model("records.JobRun")
    now = timezone.now()
    for name, job in JOBS.items():
        if name != "open_alerts" and job.schedule:
            slot = job.last_due(now).date().isoformat()
            run.objects.create(name=name, slot=slot, state="done", lease_until=now)


if __name__ == "__main__":
    main(int(sys.argv[1]))
