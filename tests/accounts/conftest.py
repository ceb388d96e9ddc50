"""What the pages of accounts are looked at with."""

import pytest
from django.test import Client


@pytest.fixture
def seen_by():
    """A browser in which this user has signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def url(acme):
    """The address of a page below Acme's own."""
    return lambda rest="": f"/accounts/{acme.pk}/{rest}"
