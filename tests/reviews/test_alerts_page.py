"""The alerts page says why, to those who may know, in as many queries for thirty as for three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relationships.models import Interaction
from reviews.models import Alert
from tests.factories import StakeholderFactory, activity, known_for, visit

pytestmark = pytest.mark.django_db

URL = reverse("reviews:alerts")


def page(client, user, query=""):
    client.force_login(user)
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_names_the_person_and_the_days(client, wei, ann, run_alerts):
    visit(wei, by=ann, days_ago=41)
    run_alerts()

    text = page(client, ann)

    assert "Li Wei" in text
    assert "no contact for 41 days, 30 agreed" in text
    assert wei.get_absolute_url() in text


def test_it_says_how_often_is_too_often_and_what_was_planned(client, wei, ann, run_alerts):
    for days_ago in range(1, 6):
        visit(wei, by=ann, days_ago=days_ago)
    Interaction.plan(
        wei.account, by=ann, people=[wei], activity_type=activity(), held_on=wei.account.today() - timedelta(days=1)
    )
    run_alerts()

    text = page(client, ann)

    assert "more than 4 contacts in 30 days" in text
    assert "Visit with Li Wei" in text


def test_strangers_see_nothing_and_managers_all(client, wei, ann, ben, cleo, eve, run_alerts):
    run_alerts()

    assert "Li Wei" in page(client, ann)
    assert "Li Wei" in page(client, ben)
    assert "Li Wei" in page(client, eve)
    assert "Li Wei" not in page(client, cleo, "?of=all")


def test_filters_narrow_it(client, wei, ann, run_alerts):
    run_alerts()
    alert = Alert.objects.get()

    assert "Li Wei" in page(client, ann, "?kind=never")
    assert "Li Wei" not in page(client, ann, "?kind=lost")
    assert "Li Wei" in page(client, ann, "?kind=nonsense")
    alert.snooze(alert.account.today() + timedelta(days=3), by=ann)
    assert "Li Wei" not in page(client, ann)
    assert "by Ann Lee" in page(client, ann, "?show=snoozed")
    alert.dismiss("Retired", by=ann)
    assert "Li Wei" not in page(client, ann, "?show=snoozed")
    assert "Retired" in page(client, ann, "?show=dismissed")


def test_pages_follow_each_other(client, acme, ann, run_alerts):
    for _ in range(55):
        StakeholderFactory(account=acme, is_watched=True)
    acme.people.update(created_at=acme.created_at - timedelta(days=400))
    for person in acme.people.all():
        known_for(person, 0)
    run_alerts()
    client.force_login(ann)

    first = client.get(URL)
    second = client.get(URL, {"cursor": first.context["list"].page.next})

    seen = [row["id"] for answer in (first, second) for row in answer.context["list"].page.rows]
    assert len(set(seen)) == len(seen) == 55


def test_thirty_cost_as_many_queries_as_three(client, acme, ann, run_alerts):
    def queries():
        run_alerts()
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    client.force_login(ann)
    for _ in range(3):
        known_for(StakeholderFactory(account=acme, is_watched=True), 400)
    few = queries()
    for _ in range(27):
        known_for(StakeholderFactory(account=acme, is_watched=True), 400)

    assert queries() == few <= 12
