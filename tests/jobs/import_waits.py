"""`python -m tests.jobs.import_waits 3000`: a file of people, half of them known already, that waits to be brought in.

Every tenth row is bad, so that refusals are told exactly once as well; bosses come later in the file.
"""

import sys

import django
from django.apps import apps
from django.utils import timezone

django.setup()

from config.jobs import JOBS  # noqa: E402
from records.jobs import perform  # noqa: E402
from sync.imports.job import work  # noqa: E402
from sync.imports.receiving import receive  # noqa: E402
from sync.models.import_run import JOB  # noqa: E402

HEADERS = "Contact ID,Name,Account,Email,Phone,Title,Reports to\n"


def main(size: int) -> None:
    team, user, account = (apps.get_model(name) for name in ("users.Team", "users.User", "accounts.Account"))
    ann = user.objects.create_user("ann@two-eyes.example", "two-eyes-live-7", full_name="Ann Lee")
    account.open(by=None, name="Acme", owner=ann, team=team.objects.create(name="North"))
    mark_the_clock_done()
    run = receive([HEADERS.encode(), *lines(size)], "people.csv", "people", by=ann)
    run.dry_run(run.targets, source="salesforce")
    perform(JOB, run.slot, work)
    run.refresh_from_db()
    run.apply()


def lines(size: int):
    for number in range(size):
        account = "Nowhere" if number % 10 == 9 else "Acme"
        boss = f"Person {number + 3}" if number % 10 == 1 else ""
        told = f"{number},Person {number},{account},p{number}@acme.example,0571{number:08d},Engineer,{boss}\n"
        yield told.encode()


def mark_the_clock_done() -> None:
    """No other job is due."""
    run = apps.get_model("records.JobRun")
    now = timezone.now()
    for name, job in JOBS.items():
        if job.schedule:
            run.objects.create(name=name, slot=job.last_due(now).date().isoformat(), state="done", lease_until=now)


if __name__ == "__main__":
    main(int(sys.argv[1]))
