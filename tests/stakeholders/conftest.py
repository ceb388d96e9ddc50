"""What people are looked at with: browsers, and some people at Acme."""

import pytest
from django.test import Client

from tests.factories import AccountFactory, StakeholderFactory


@pytest.fixture
def seen_by():
    """A browser in which this user has signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def chen(acme):
    return StakeholderFactory(account=acme, name="Chen Guohua", title="President", level="executive", since=None)


@pytest.fixture
def zhou(acme, chen):
    """CIO, under Chen."""
    return StakeholderFactory(
        account=acme, name="Zhou Min", title="CIO", level="manager", reports_to=chen.positions.get()
    )


@pytest.fixture
def sun(acme, zhou):
    """Head of operations, under Zhou."""
    return StakeholderFactory(account=acme, name="Sun Li", title="Operations", reports_to=zhou.positions.get())


@pytest.fixture
def globex(cleo, south):
    """Cleo's account, which ann and ben do not see."""
    return AccountFactory(name="Globex Secret", owner=cleo, team=south)


def names(response) -> list[str]:
    """Whom a list shows, in its order."""
    return [row["name"] for row in response.context["list"].page.rows]
