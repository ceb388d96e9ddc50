"""Who of ours looks after the crowd: the story's reps and more beside them, a team in each region."""

from collections.abc import Sequence
from random import Random

from config.demo import names
from users.models import Team, User

REGIONS = ("East", "West", "Centre", "Coast", "Plateau", "River", "Lakes", "Islands")
ACCOUNTS_A_REP = 20


def enough(known: Sequence[User], accounts: int, *, company: Team | None, random: Random) -> list[User]:
    """So many reps that each has some twenty customers: these, and new ones without a sign-in."""
    wanted = max(1, len(known), accounts // ACCOUNTS_A_REP)
    teams = [Team(name=region, parent=company).keep(by=None) for region in REGIONS] if wanted > len(known) else []
    called = names.people(random)
    return [*known, *(hire(*next(called), number, teams) for number in range(wanted - len(known)))]


def hire(name: str, latin: str, number: int, teams: Sequence[Team]) -> User:
    """One more rep."""
    return User.objects.create_user(f"{latin}@demo.example", full_name=name, team=teams[number % len(teams)])
