"""Copies made inside the database are what the product would derive, as their originals are."""

import pytest
from django.db import connection
from django.db.models import F

from benchmarks.tenfold import multiply
from config.demo.crowd.gather import Gathering, wrong_among
from relationships.models import Interaction, Participant
from stakeholders.models import Stakeholder
from tests.factories import TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_set_made_three_times_as_large_holds_together():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    for _done in Gathering(60, [UserFactory(team=TeamFactory())]).run():
        pass
    met = Participant.objects.count()

    multiply(3)

    assert (Stakeholder.objects.count(), Interaction.objects.count()) == (180, 900)
    assert Participant.objects.filter(stakeholder__account=F("interaction__account")).count() == 3 * met
    assert wrong_among(180) == 0
