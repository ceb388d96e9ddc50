"""`python -m benchmarks.data PEOPLE FILE`: two thousand accounts with so many people and five visits each, poured by
COPY, and looked at whether the product would derive the same; what the visitors will ask for goes into the file.
Where they stand already they are only looked at."""

import json
import sys
from pathlib import Path
from random import Random

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection, models  # noqa: E402

from accounts.models import Account  # noqa: E402
from benchmarks.tenfold import multiply  # noqa: E402
from config.demo.crowd.colleagues import ACCOUNTS_A_REP, enough  # noqa: E402
from config.demo.crowd.gather import Gathering, accounts_for, wrong_among  # noqa: E402
from pages.keyset import FORWARD, Key, write_cursor  # noqa: E402
from relationships.models import ActivityType, Interaction  # noqa: E402
from stakeholders.models import Stakeholder  # noqa: E402
from users.models import Team, User  # noqa: E402

PASSWORD, EXECUTIVE = "two-eyes-quick-1", "eve@benchmark.example"
LOOKED_AT = 200
TOLD_ONCE = 100_000  # what is more is copied inside the database


def main(people: int, file: Path) -> None:
    if not User.objects.exists():
        build(people)
    rep = User.objects.exclude(team=None).order_by("pk")[accounts_for(people) // ACCOUNTS_A_REP // 2]
    told = {"people": Stakeholder.objects.count(), "password": PASSWORD, "executive": EXECUTIVE, "rep": rep.email}
    file.write_text(json.dumps(told | {"wrong": wrong_among(LOOKED_AT)} | places(rep)))


def build(people: int) -> None:
    """Colleagues, then everybody else."""
    times = max(1, people // TOLD_ONCE)
    reps = colleagues(people // times)
    with_triggers(False)
    for done in Gathering(people // times, reps).run():
        print(f"{done:,} people", end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr)
    multiply(times)
    with_triggers(True)
    analyse()


def colleagues(people: int) -> list[User]:
    """A rep for each twenty accounts, and one who sees everything."""
    company = Team(name="Sales").keep(by=None)
    reps = enough([], accounts_for(people), company=company, random=Random(1))
    password = make_password(PASSWORD)
    User.objects.filter(pk__in=[rep.pk for rep in reps]).update(password=password)
    User.objects.create_user(EXECUTIVE, PASSWORD, full_name="Eve", rank=User.Rank.EXECUTIVE)
    return reps


def with_triggers(wanted: bool) -> None:
    """Whether this connection's writes are counted, logged and checked."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = %s", ["origin" if wanted else "replica"])


def analyse() -> None:
    """What autovacuum would have done in a quiet hour."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def places(rep: User) -> dict[str, object]:
    """The addresses: an ordinary account and person of this rep, the largest account, and a place far down the list."""
    mine = Account.objects.filter(owner=rep).annotate(size=models.Count("people")).order_by("size")
    account = mine[len(mine) // 2]
    person = account.people.filter(has_left=False).first()
    largest = Account.objects.annotate(size=models.Count("people")).order_by("-size").first()
    return {
        "account": str(account.pk),
        "account_size": account.size,
        "person": str(person.pk),
        "largest": str(largest.pk),
        "largest_size": largest.size,
        "visit_type": str(ActivityType.objects.offered().first().pk),
        "interactions": Interaction.objects.count(),
        "deep": deep(Stakeholder.objects.present()),
    }


def deep(rows: models.QuerySet) -> str:
    """The cursor to the page behind nine tenths of a list by name."""
    place = rows.order_by("sort_key", "id")[rows.count() * 9 // 10]
    return write_cursor(FORWARD, [Key.read("sort_key"), Key.read("id")], place)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
