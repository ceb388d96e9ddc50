"""Colleagues and teams as a file names them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from records.reading_in import in_each_script
from users.models import Team, User


def plain(text: str) -> str:
    """Case and surplus space gone."""
    return " ".join(str(text).split()).casefold()


def is_called(user: User, text: str) -> bool:
    """Whether this is the name or the address of a colleague, also of one who is gone."""
    return plain(text) in (plain(user.email), plain(user.full_name))


def sure_names(users: Iterable[User]) -> dict[Any, str]:
    """What a file calls each of these colleagues: by name, and by address where a name would mean several."""
    everybody = list(users)
    shared = Counter(plain(user.full_name) for user in everybody)
    return {user.pk: user.full_name if shared[plain(user.full_name)] == 1 else user.email for user in everybody}


class Directory:
    """Who is meant by an e-mail address or a name; read once, for they are few."""

    def __init__(self, users: Iterable[User], teams: Iterable[Team] = ()) -> None:
        self.users: dict[str, list[User]] = defaultdict(list)
        self.halves: dict[str, list[User]] = defaultdict(list)  # of a name in two scripts
        self.team_ids: dict[Any, Any] = {}
        self.teams: dict[str, list[Team]] = defaultdict(list)
        for user in users:
            self.take_in(user)
        for team in teams:
            self.teams[plain(team.name)].append(team)

    @classmethod
    def of_today(cls) -> "Directory":
        """Colleagues who can sign in, and teams that stand."""
        return cls(User.objects.active(), Team.objects.present())

    @classmethod
    def of_all_times(cls) -> "Directory":
        """Whoever signs in or once did: the past has authors who are gone."""
        return cls(User.objects.all())

    def take_in(self, user: User) -> None:
        self.team_ids[user.pk] = user.team_id
        for name in {plain(user.email), plain(user.full_name)}:
            self.users[name].append(user)
        for half in {plain(half) for half in in_each_script(user.full_name)}:
            self.halves[half].append(user)

    def called(self, text: str) -> list[User]:
        """Whom a name or an address can mean; half of a name only where nobody is called so."""
        return self.users.get(plain(text)) or self.halves.get(plain(text), [])

    def colleague(self, text: str) -> tuple[User | None, str]:
        """The colleague, or the sentence that says why nobody is meant."""
        unknown = _("Nobody of ours is called “%(name)s”, or signs in with that address.")
        several = _("Several of ours are called “%(name)s”. Give the e-mail address instead.")
        return the_one(self.called(text), text, unknown, several)

    def team_of(self, user_id: Any) -> Any:
        """The team this colleague sells in, if any."""
        return self.team_ids.get(user_id)

    def team(self, text: str) -> tuple[Team | None, str]:
        """The team, or the sentence that says why none is meant."""
        unknown = _("There is no team “%(name)s”.")
        several = _("Several teams are called “%(name)s”.")
        return the_one(self.teams.get(plain(text), []), text, unknown, several)


def the_one(found: list[Any], text: str, unknown: str, several: str) -> tuple[Any, str]:
    if len(found) == 1:
        return found[0], ""
    return None, (several if found else unknown) % {"name": str(text)[:80]}
