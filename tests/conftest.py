"""The cast, known by heart.

ann looks after Acme, ben manages her team, cleo is a stranger, eve sees all, ada administers.
"""

import pytest
from django.apps import apps

from relationships.shipped import ship as ship_relationships
from stakeholders.shipped import ship as ship_stakeholders
from tests.factories import AccountFactory, TeamFactory, UserFactory


@pytest.fixture(autouse=True)
def shipped_rows(request):
    """A test that commits ends with empty tables; the next one finds the shipped rows again."""
    wants_database = (
        "db" in request.fixturenames
        or "transactional_db" in request.fixturenames
        or request.node.get_closest_marker("django_db")
    )
    if wants_database:
        request.getfixturevalue("transactional_db" if is_transactional(request) else "db")
        ship_stakeholders(apps)
        ship_relationships(apps)


def is_transactional(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture
def north(db):
    return TeamFactory(name="North")


@pytest.fixture
def south(db):
    return TeamFactory(name="South")


@pytest.fixture
def ann(north):
    """Rep, first responsible for Acme."""
    return UserFactory(email="ann@two-eyes.example", full_name="Ann Lee", team=north)


@pytest.fixture
def ben(north):
    """Leads ann's team."""
    ben = UserFactory(email="ben@two-eyes.example", full_name="Ben Zhao", rank="manager", team=north)
    north.lead = ben
    north.keep(by=None)
    return ben


@pytest.fixture
def cleo(south):
    """Rep of another team: Acme does not exist for her."""
    return UserFactory(email="cleo@two-eyes.example", full_name="Cleo Sun", team=south)


@pytest.fixture
def eve(db):
    return UserFactory(email="eve@two-eyes.example", full_name="Eve Xu", rank="executive")


@pytest.fixture
def ada(db):
    return UserFactory(email="ada@two-eyes.example", full_name="Ada Qian", is_administrator=True)


@pytest.fixture
def acme(ann, ben, north):
    return AccountFactory(name="Acme", owner=ann, team=north)
