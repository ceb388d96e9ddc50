"""`python -m benchmarks.imports PEOPLE`: a CSV file of so many new people with a phone each, checked, brought in and
taken back by the job of imports."""

import csv
import json
import resource
import sys
import time
from io import StringIO
from random import Random

import django

django.setup()

from accounts.models import Account  # noqa: E402
from config.demo.crowd.people import name_of  # noqa: E402
from records.jobs import perform  # noqa: E402
from sync.imports import job  # noqa: E402
from sync.imports.receiving import receive  # noqa: E402
from sync.models import ImportRun  # noqa: E402
from sync.models.import_run import JOB  # noqa: E402
from users.models import User  # noqa: E402


def main(people: int) -> None:
    by = User.objects.exclude(team=None).earliest("pk")
    run = receive([file(people, by).encode()], "people.csv", "people", by=by)
    run.dry_run(run.targets)
    told = {"check": worked(run)}
    run = ImportRun.objects.get(pk=run.pk)
    run.apply()
    told["apply"] = worked(run)
    run = ImportRun.objects.get(pk=run.pk)
    assert run.counts.get("create") == people, f"{run.counts} {run.problem}"
    told["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    run.undo(by=by)
    told["undo"] = worked(run)
    print(json.dumps(told | {"people": people}))


def file(people: int, by: User) -> str:
    """The file, spread over the accounts of whoever brings it in; by their title they are nobody who is there."""
    text, random = StringIO(), Random(3)
    sheet = csv.writer(text)
    sheet.writerow(["Name", "Account", "Title", "Mobile"])
    accounts = list(Account.objects.filter(owner=by).values_list("name", flat=True))
    for number in range(people):
        name, _latin = name_of(random)
        phone = f"+49 151 {number:08}"
        sheet.writerow([name, accounts[number % len(accounts)], "Commissioning engineer", phone])
    return text.getvalue()


def worked(run: ImportRun) -> float:
    """How long the job was at it, in seconds."""
    began = time.perf_counter()
    perform(JOB, run.slot, job.work)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]))
