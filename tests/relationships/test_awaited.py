"""A contact planned soon is found alike person by person and for everybody at once (rule 4.6)."""

from datetime import timedelta
from itertools import product

import pytest

from accounts.calendar import days_now
from records.identity import new_id
from relationships.awaited import awaited, awaited_of_all, next_contacts
from relationships.models import ActivityType, ContactRules, Interaction, Participant
from stakeholders.models import Stakeholder
from tests.factories import AccountFactory, StakeholderFactory

pytestmark = pytest.mark.django_db

AHEAD = (-1, 0, 14, 15)
CROWD = (10, 11)


@pytest.fixture
def plans(ann):
    """A person for each way in which a plan may or may not hold back what is said of them."""
    account = AccountFactory(name="Acme", owner=ann)
    today = account.today()
    kinds = [ActivityType.objects.filter(counts=counts).first() for counts in ("always", "answered")]
    ways = product(kinds, AHEAD, CROWD, (True, False), ("planned", "done"), (True, False))
    held = {}
    for kind, ahead, crowd, spoken, state, is_removed in ways:
        person = StakeholderFactory(account=account, name=f"{len(held)}")
        visit = Interaction(
            account=account, author=ann, activity_type=kind, held_on=today + timedelta(days=ahead),
            state=state, head_count=crowd, removed_at=person.created_at if is_removed else None,
        )  # fmt: skip
        Interaction.objects.bulk_create([visit])
        Participant.objects.bulk_create(
            [Participant(pk=new_id(), interaction=visit, stakeholder=person, was_spoken_to=spoken)]
        )
        counts = kind.counts == "always" and 0 <= ahead <= 14 and (crowd == 10 or spoken)
        held[person.pk] = counts and state == "planned" and not is_removed
    return held


def test_both_ways_find_whom_a_plan_counts_for(plans, ann):
    day, policy = next(iter(days_now())), ContactRules.load()
    wanted = {pk for pk, counts in plans.items() if counts}

    assert 0 < len(wanted) < len(plans)
    for ask in (awaited, awaited_of_all):
        found = Stakeholder.objects.filter(ask(day, policy, "pk"))
        assert set(found.values_list("pk", flat=True)) == wanted, ask.__name__
        left = Stakeholder.objects.exclude(ask(day, policy, "pk"))
        assert set(left.values_list("pk", flat=True)) == plans.keys() - wanted, ask.__name__
    assert next_contacts(plans.keys(), day, policy, ann).keys() == wanted
