"""Who influences whom, on a person's page: noted, changed, ended, taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from stakeholders.models import Influence
from tests.factories import AccountFactory, StakeholderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sun(acme):
    return StakeholderFactory(account=acme, name="Sun Li 孙丽")


@pytest.fixture
def zhou(acme):
    return StakeholderFactory(account=acme, name="Zhou Min 周敏", level="executive")


def note(client, person, other, **values):
    told = {"way": "onto", "other": other.pk, "strength": 3, "tone": "positive", "nature": "former_colleague"}
    told |= {"since": person.account.today().isoformat(), "note": "Six years together"}
    return client.post(reverse("stakeholders:draw_influence", args=[person.pk]), told | values)


def test_it_is_noted_from_either_end(sun, zhou, ann, client):
    client.force_login(ann)

    note(client, sun, zhou)
    note(client, sun, zhou, way="from", strength=1)

    edges = set(Influence.objects.values_list("source__name", "target__name", "strength"))
    assert edges == {(sun.name, zhou.name, 3), (zhou.name, sun.name, 1)}


def test_both_pages_tell_it_and_it_makes_a_key_person(sun, zhou, ann, client):
    client.force_login(ann)
    note(client, sun, zhou)

    onto = client.get(sun.get_absolute_url()).content.decode()
    by = client.get(zhou.get_absolute_url()).content.decode()

    assert "Six years together" in onto
    assert "is influenced by" in by
    sun.refresh_from_db()
    assert sun.key_class == 3


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"since": "2999-01-01"}, "in the future"),
        ({"strength": "4"}, "4"),
        ({"strength": ""}, "required"),
        ({"tone": "warm"}, "warm"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(sun, zhou, ann, client, told, said):
    client.force_login(ann)

    answer = note(client, sun, zhou, **told)

    field = next(iter(told))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert said in answer.content.decode()
    assert not Influence.objects.exists()


def test_nobody_influences_themselves(sun, ann, client):
    client.force_login(ann)

    answer = note(client, sun, sun)

    assert answer.status_code == 422
    assert "Nobody is their own influencer." in answer.content.decode()


def test_the_same_is_not_noted_twice(sun, zhou, ann, client):
    client.force_login(ann)
    note(client, sun, zhou)

    answer = note(client, sun, zhou, strength=1)

    assert answer.status_code == 422
    assert "It is noted already" in answer.content.decode()
    assert Influence.objects.get().strength == 3


def test_somebody_out_of_sight_cannot_be_named(sun, ann, client):
    stranger = StakeholderFactory(account=AccountFactory(name="Globex"), name="Stranger")
    client.force_login(ann)

    assert note(client, sun, stranger).status_code == 422


def test_an_edge_to_somebody_hidden_is_not_told(sun, ann, client):
    stranger = StakeholderFactory(account=AccountFactory(name="Globex"), name="Stranger")
    Influence.draw(stranger, sun, by=None)
    client.force_login(ann)

    assert "Stranger" not in client.get(sun.get_absolute_url()).content.decode()


def test_it_crosses_accounts(sun, ann, client):
    other = StakeholderFactory(account=AccountFactory(name="Globex", owner=ann), name="Peer")
    client.force_login(ann)

    assert note(client, sun, other).status_code == 302
    assert Influence.objects.get().account == other.account


def test_it_is_changed_under_its_version(sun, zhou, ann, client):
    edge = Influence.draw(sun, zhou, by=ann, strength=1)
    client.force_login(ann)
    told = {"strength": 2, "tone": "conflict", "since": edge.since.isoformat(), "version": edge.version}
    address = reverse("stakeholders:change_influence", args=[edge.pk])

    first = client.post(address, told)
    second = client.post(address, told | {"strength": 3})

    edge.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 409)
    assert (edge.strength, edge.tone) == (2, "conflict")


def test_it_ends_today_and_is_taken_back(sun, zhou, ann, client):
    edge = Influence.draw(sun, zhou, by=ann, strength=3, since=date(2024, 1, 1))
    client.force_login(ann)

    client.post(reverse("stakeholders:end_influence", args=[edge.pk]))
    edge.refresh_from_db()
    ended = edge.until
    client.post(reverse("stakeholders:resume_influence", args=[edge.pk]))
    edge.refresh_from_db()

    assert (ended, edge.until) == (sun.account.today(), None)


def test_it_is_not_taken_back_beside_a_newer_one(sun, zhou, ann, client):
    old = Influence.draw(sun, zhou, by=ann, since=sun.account.today() - timedelta(days=9))
    old.end(sun.account.today(), by=ann)
    Influence.draw(sun, zhou, by=ann)
    client.force_login(ann)

    answer = client.post(reverse("stakeholders:resume_influence", args=[old.pk]), follow=True)

    old.refresh_from_db()
    assert "It is noted already" in answer.content.decode()
    assert old.until is not None
