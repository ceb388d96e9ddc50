"""The crowd beside the story: Ann and her colleagues have their share of it, more of ours have the rest."""

from collections.abc import Iterator
from random import Random

from accounts.models import Account
from config.demo.crowd import gather as gathering
from config.demo.crowd.colleagues import enough
from records.history import history_model
from users.models import Team, User

REPS, SUPPORTERS, ADMINISTRATOR = ("ann", "dan", "fay", "cleo", "gus"), ("ivy",), "ada"


def is_demo() -> bool:
    """Whether the story's colleagues are there: nobody's real installation is filled up."""
    return User.objects.filter(email=address(ADMINISTRATOR)).exists()


def is_gathered() -> bool:
    """Whether the crowd came before."""
    return history_model(Account).objects.filter(history_change_reason=gathering.BECAUSE).exists()


def gather(people: int) -> Iterator[int]:
    """Everybody with their history; yields how many there are so far."""
    company, random = Team.objects.filter(name="Sales").first(), Random(21)
    reps = enough(colleagues(REPS), gathering.accounts_for(people), company=company, random=random)
    yield from gathering.Gathering(people, reps, colleagues(SUPPORTERS)).run()
    by = User.objects.get(email=address(ADMINISTRATOR))
    by.client = "demo"
    gathering.sign(by)


def colleagues(names: tuple[str, ...]) -> list[User]:
    """The story's users of these names, in this order."""
    known = {user.email: user for user in User.objects.select_related("team")}
    return [known[address(name)] for name in names]


def address(name: str) -> str:
    return f"{name}@demo.example"
