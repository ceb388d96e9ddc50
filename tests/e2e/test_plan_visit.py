"""A plan that would be too often: warned about before it is stored, with script and without, and never blocked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from relationships.models import Interaction
from tests.factories import StakeholderFactory, role, visit

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WARNING = "One more would be too often:"
STORED = re.compile("/interactions/[0-9a-f-]{36}/$")


@pytest.fixture
def liu(acme, ann):
    """As often as agreed already: six days in thirty."""
    person = StakeholderFactory(account=acme, name="Liu Yang")
    role(person, "D")
    for days_ago in range(1, 7):
        visit(person, by=ann, days_ago=days_ago)
    return person


def filled(open_page, user, person, **options):
    page = open_page(
        user, reverse("relationships:plan") + f"?account={person.account_id}&person={person.pk}", **options
    )
    page.locator("[name=held_on]").fill((person.account.today() + timedelta(days=3)).isoformat())
    return page


def test_the_warning_beside_the_plan_is_enough(open_page, ann, liu):
    page = filled(open_page, ann, liu)
    page.locator("[name=held_on]").dispatch_event("change")
    page.get_by_text(WARNING).wait_for()

    page.get_by_role("button", name="Save plan").tap()
    page.wait_for_url(STORED)

    assert Interaction.objects.planned().count() == 1


def test_without_script_it_is_asked_once(open_page, ann, liu):
    page = filled(open_page, ann, liu, java_script_enabled=False)
    page.get_by_role("button", name="Save plan").tap()
    page.get_by_text(WARNING).wait_for()
    assert not Interaction.objects.planned().exists()

    page.get_by_role("button", name="Plan it all the same").tap()
    page.wait_for_url(STORED)

    assert Interaction.objects.planned().count() == 1
