"""A person at Acme who holds a role, so that silence raises alerts: standard tier, supporter, 30 days, ceiling 4."""

import pytest
from django.utils import timezone

from reviews import alert_job
from tests.factories import StakeholderFactory, known_for, role


@pytest.fixture
def wei(acme):
    """A supporter, on the list for 200 days, never contacted."""
    person = StakeholderFactory(account=acme, name="Li Wei")
    role(person, "S")
    return known_for(person, 200)


@pytest.fixture
def run_alerts():
    def run(now=None, **options):
        return dict(alert_job.run(now or timezone.now(), **options))

    return run
