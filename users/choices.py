"""Colleagues and teams to choose from; both are no secret between colleagues."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pages.choices import Choices, find
from users.models import Team, User


class Colleagues(Choices):
    """People who sign in, found by name or e-mail."""

    def search(self, text: str) -> QuerySet[User]:
        return find(self.rows, text, "full_name", "email")

    def tell_apart(self, records: list[User]) -> dict[Any, str]:
        return {user.pk: str(user.team or "") for user in records}


class Teams(Choices):
    """Teams that stand, found by name."""

    def search(self, text: str) -> QuerySet[Team]:
        return find(self.rows, text, "name")

    def tell_apart(self, records: list[Team]) -> dict[Any, str]:
        return {team.pk: str(team.lead or "") for team in records}


def colleagues() -> Colleagues:
    """Everybody who can sign in."""
    return Colleagues(User.objects.active().select_related("team"), reverse("users:choices"))


def teams() -> Teams:
    """Every team, by name."""
    rows = Team.objects.present().select_related("lead").order_by("name", "id")
    return Teams(rows, reverse("users:team_choices"))
