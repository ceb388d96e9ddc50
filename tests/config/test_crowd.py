"""The crowd of the demo is poured past the verbs, and yet is what the verbs would have made of it."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Account
from config.demo.crowd import beside
from config.demo.crowd.customers import organisations
from config.demo.crowd.gather import wrong_among
from records.models import ChangeLog
from relationships.models import ContactState, Interaction
from reviews import alert_job
from reviews.models import Alert
from stakeholders.models import ContactMethod, Stakeholder
from stakeholders.models.contact_method import normalise
from tests.factories import TeamFactory, UserFactory

PEOPLE = 100


@pytest.fixture
def told(db):
    """The story's colleagues, without its twelve customers."""
    team = TeamFactory(name="Sales")
    for name in (*beside.REPS, *beside.SUPPORTERS, beside.ADMINISTRATOR):
        UserFactory(email=beside.address(name), full_name=name.title(), team=team, is_administrator=name == "ada")


@pytest.fixture
def crowd(told):
    return list(beside.gather(PEOPLE))


def test_the_crowd_is_what_the_product_would_derive(crowd):
    assert crowd[-1] == Stakeholder.objects.count() == PEOPLE
    assert Interaction.objects.count() == 5 * PEOPLE
    assert wrong_among(PEOPLE) == 0
    assert all(row.normalised == normalise(row.kind, row.value) for row in ContactMethod.objects.all())


def test_everybody_in_it_has_a_beginning_and_a_place_in_the_feed(crowd):
    person = Stakeholder.objects.order_by("pk").first()

    assert person.history.get().history_date == person.created_at
    assert ChangeLog.objects.filter(object_id=person.pk).exists()


def test_ann_has_a_share_of_it_and_no_more(crowd):
    shares = Counter(Account.objects.values_list("owner__email", flat=True))

    assert 0 < shares[beside.address("ann")] < shares.total()


def test_only_who_matters_raises_alerts(crowd):
    alert_job.run(timezone.now())

    alerting = Alert.objects.filter(stakeholder__isnull=False).values("stakeholder")
    minded = ContactState.objects.filter(raises_alerts=True).values("stakeholder")
    assert 0 < minded.count() < PEOPLE / 2
    assert alerting.count() < PEOPLE / 4
    assert not Alert.objects.exclude(stakeholder=None).exclude(stakeholder__in=minded).exists()


def test_a_large_crowd_has_few_large_customers_and_many_small_ones():
    sizes = [each.people for each in organisations(2000, 100_000)]
    names = {each.name for each in organisations(2000, 100_000)}

    assert (len(sizes), sum(sizes), len(names)) == (2000, 100_000, 2000)
    assert sizes[0] > 3000
    assert sorted(sizes)[1000] < 20


def test_it_comes_once_and_only_beside_the_demo(told, capsys):
    call_command("seed_demo", people=60, password="unused")
    call_command("seed_demo", people=60, password="unused")

    assert Stakeholder.objects.count() == 60
    with pytest.raises(CommandError):
        call_command("seed_demo", password="unused")


def test_a_real_installation_is_not_filled_up(db):
    UserFactory()

    with pytest.raises(CommandError):
        call_command("seed_demo", people=60, password="unused")
