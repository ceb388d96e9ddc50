"""`manage.py seed_demo`: a portfolio to try the product with, and on request a crowd beside it."""

from pathlib import Path
from random import Random

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Account
from accounts.upkeep import opportunities_turned
from config.demo import build, portfolio, story
from config.demo.crowd import beside
from relationships.upkeep import contacts_changed
from stakeholders import suspicion
from stakeholders.upkeep import people_changed
from users.models import User


class Command(BaseCommand):
    help = "Fill an empty installation with twelve made-up customers and eighteen months of visits, relative to today."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--people", type=int, default=0, help="so many more people, to feel the speed")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where users exist already")
        parser.add_argument("--password-file", type=Path, help="one password for all sign-ins")
        parser.add_argument("--password", help="the same, given here")

    def handle(self, *args, **options) -> None:
        if not User.objects.exists():
            tell(options["password"] or self.read(options["password_file"]))
        elif not options["if_empty"] and not (options["people"] and beside.is_demo()):
            raise CommandError("This installation has users already; the demo fills only an empty one.")
        if options["people"] and not beside.is_gathered():
            self.gather(options["people"])
        sign_ins = ", ".join(f"{name}@demo.example" for name in portfolio.SIGN_INS)
        self.stdout.write(f"{Account.objects.count()} customers. Sign in as {sign_ins}.")

    def gather(self, people: int) -> None:
        """All of them or, where it is broken off, none."""
        told = 0
        with transaction.atomic():
            for done in beside.gather(people):
                if done * 10 // people > told:
                    told = done * 10 // people
                    self.stdout.write(f"{done:,} of {people:,} people", ending="\n")
                    self.stdout.flush()
        analyse()

    def read(self, path: Path | None) -> str:
        """The password that was made at set-up."""
        if path is None:
            raise CommandError("Give --password-file or --password.")
        return path.read_text(encoding="utf-8").strip()


def analyse() -> None:
    """Let the database know how many there are now, or it plans as for the twelve customers."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def tell(password: str) -> None:
    """The whole demo in one transaction; what follows from it is worked out once, at the end."""
    scene = build.Scene(Random(20), timezone.localdate())
    with contacts_changed.gathered(), people_changed.gathered(), opportunities_turned.gathered():
        build.build(scene, password)
        story.tell(scene)
    suspicion.search()
