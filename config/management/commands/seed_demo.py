"""`manage.py seed_demo`: a portfolio to try the product with."""

from pathlib import Path
from random import Random

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from accounts.upkeep import opportunities_turned
from config.demo import build, portfolio, story
from relationships.upkeep import contacts_changed
from stakeholders.upkeep import people_changed
from users.models import User


class Command(BaseCommand):
    help = "Fill an empty installation with twelve made-up customers and eighteen months of visits, relative to today."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where users exist already")
        parser.add_argument("--password-file", type=Path, help="one password for all sign-ins")
        parser.add_argument("--password", help="the same, given here")

    def handle(self, *args, **options) -> None:
        if User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("This installation has users already; the demo fills only an empty one.")
        password = options["password"] or self.read(options["password_file"])
        tell(password)
        sign_ins = ", ".join(f"{name}@demo.example" for name in portfolio.SIGN_INS)
        self.stdout.write(f"{Account.objects.count()} customers. Sign in as {sign_ins}.")

    def read(self, path: Path | None) -> str:
        """The password that was made at set-up."""
        if path is None:
            raise CommandError("Give --password-file or --password.")
        return path.read_text(encoding="utf-8").strip()


@transaction.atomic
def tell(password: str) -> None:
    """The whole demo in one transaction; what follows from it is worked out once, at the end."""
    scene = build.Scene(Random(20), timezone.localdate())
    with contacts_changed.gathered(), people_changed.gathered(), opportunities_turned.gathered():
        build.build(scene, password)
        story.tell(scene)
