"""The same form sent twice: one visit, whatever the network did."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from relationships.models import Action, Interaction
from tests.factories import AccountFactory, StakeholderFactory, activity

LOG = reverse("relationships:log")


@pytest.fixture
def liu(acme):
    return StakeholderFactory(account=acme, name="Liu Yang")


@pytest.fixture
def as_ann(client, ann):
    client.force_login(ann)
    return client


@pytest.fixture
def form(liu, ann):
    """One form with its id, as the device keeps it."""
    today = liu.account.today().isoformat()
    return {
        "account": str(liu.account_id),
        "activity_type": str(activity().pk),
        "people": [str(liu.pk)],
        "when": "now",
        "client_id": str(uuid4()),
        "opened_at": timezone.now().isoformat(),
        "next_step": "Call back",
        "next_due": today,
        "next_owner": str(ann.pk),
    }


@pytest.mark.django_db
def test_the_same_form_again_gives_the_first_visit(as_ann, form):
    first = as_ann.post(LOG, form)
    second = as_ann.post(LOG, form)

    assert second.url == first.url
    assert (Interaction.objects.count(), Action.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"summary": "Something else"}, {"next_step": "Write"}, {"when": "yesterday"}, {"value_given": "care"}]
)
def test_the_same_id_with_other_content_is_409_with_both(as_ann, form, other):
    as_ann.post(LOG, form)

    response = as_ann.post(LOG, {**form, **other})

    page = response.content.decode()
    assert response.status_code == 409
    assert "This form was sent before, with other content." in page
    assert Interaction.objects.get().get_absolute_url() in page
    assert "Save as a new one" in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["log", "plan"])
def test_what_the_first_made_out_of_sight_is_not_told(as_ann, form, ann, liu, name, cleo):
    """ann logged it at Acme, which was given to cleo since; the same id comes again for another customer."""
    beta = StakeholderFactory(account=AccountFactory(name="Beta", owner=ann), name="Ma Lin")
    sent = {**form, "held_on": form["next_due"]}
    as_ann.post(reverse(f"relationships:{name}"), sent)
    liu.account.change(by=None, owner=cleo, team=cleo.team)
    liu.account.members.filter(user=ann).delete()

    other = {**sent, "account": beta.account_id, "people": [beta.pk]}
    response = as_ann.post(reverse(f"relationships:{name}"), other)

    page = response.content.decode()
    assert response.status_code == 409
    assert "What the first send made you no longer see." in page
    assert "Save as a new one" in page
    assert "Acme" not in page
    assert "Liu Yang" not in page
    assert "Open what is saved" not in page


@pytest.mark.django_db
def test_what_was_sent_can_be_saved_as_a_new_one(as_ann, form):
    as_ann.post(LOG, form)
    refused = as_ann.post(LOG, {**form, "summary": "Something else"})

    fresh = refused.context["form"]["client_id"].value()
    response = as_ann.post(LOG, {**form, "summary": "Something else", "client_id": fresh})

    assert response.status_code == 302
    assert Interaction.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{}, {"summary": "Something else"}])
def test_a_visit_taken_back_can_be_sent_again(as_ann, form, other):
    as_ann.post(LOG, form)
    as_ann.post(reverse("relationships:delete", args=[Interaction.objects.get().pk]))

    again = as_ann.post(LOG, {**form, **other})

    assert as_ann.get(again.url).status_code == 200
    assert Interaction.objects.present().count() == 1


@pytest.mark.django_db
def test_an_id_belongs_to_its_author(as_ann, form, ben):
    as_ann.post(LOG, form)
    client = Client()
    client.force_login(ben)

    client.post(LOG, {**form, "summary": "Ben was there too"})

    assert Interaction.objects.count() == 2


@pytest.mark.django_db
def test_an_id_that_is_too_long_is_refused(as_ann, form):
    assert as_ann.post(LOG, {**form, "client_id": "x" * 65}).status_code == 422


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_make_one_visit(form, ann):
    together = Barrier(4)

    answers = at_once(form, ann, together, [{}] * 4)

    assert {status for status, _ in answers} == {302}
    assert len({url for _, url in answers}) == 1
    assert (Interaction.objects.count(), Action.objects.count()) == (1, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_different_sends_at_the_same_moment_are_told_apart(form, ann):
    together = Barrier(2)

    answers = at_once(form, ann, together, [{"summary": "one"}, {"summary": "two"}])

    assert sorted(status for status, _ in answers) == [302, 409]
    assert Interaction.objects.count() == 1


def at_once(form, user, together, changes) -> list[tuple[int, str]]:
    """Each form from a thread and connection of its own, all released together."""

    def send(change):
        client = Client()
        client.force_login(user)
        together.wait(timeout=20)
        try:
            response = client.post(LOG, {**form, **change})
            return response.status_code, response.headers.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(changes)) as pool:
        return list(pool.map(send, changes))
