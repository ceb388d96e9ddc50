"""The cast, known by heart.

ann looks after Acme, ben manages her team, cleo is a stranger, eve sees all, ada administers.
"""

import gc

import pytest
from django.apps import apps
from django.db import connection

from relationships.shipped import ship as ship_relationships
from stakeholders.shipped import ship as ship_stakeholders
from tests import migrated
from tests.factories import AccountFactory, TeamFactory, UserFactory
from tests.spread import Spread


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Spread(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes long begins first, so that in the end no process waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish():
    """All that is loaded by now stays: no need to look through it for garbage ever again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_modify_db_settings):
    """Keep what was copied, so that only the tests' own tables are made; `tests.settings` does it for PostgreSQL."""
    return copied_to_sqlite() or request.config.getvalue("reuse_db")


def copied_to_sqlite():
    return connection.vendor == "sqlite" and migrated.copy_to(connection.settings_dict["TEST"]["NAME"])


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
