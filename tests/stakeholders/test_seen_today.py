"""Who is seen today: a post counts on the day of its own account, wherever the reader is (rule 4.0)."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.calendar import days_for, days_now, on_each_day
from accounts.models import Account
from stakeholders import listing, sight
from stakeholders.access import works_with
from stakeholders.derived import refresh_people
from stakeholders.in_force import holds_on, in_force
from stakeholders.models import DecisionRole, Position, Stakeholder
from stakeholders.sight import Sight
from tests.factories import AccountFactory, StakeholderFactory, UserFactory
from users.models import User

# Half past six in the evening in Shanghai: the 3rd has begun on Kiritimati, and on Samoa it is the 1st still.
NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
ZONES = ["", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
DAYS = [None, *(date(2026, 3, day) for day in (1, 2, 3, 4))]
SPANS = [(since, until) for since, until in product(DAYS, DAYS) if not (since and until and until < since)]


@pytest.fixture
def night(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def posts(night, ann, cleo):
    """Somebody of cleo's beside every span of days in each zone, with a role for as long."""
    hidden = AccountFactory(name="Globex", owner=cleo)
    begun = []
    for zone in ZONES:
        account = AccountFactory(name=f"Acme {zone}", owner=ann, time_zone=zone)
        for number, (since, until) in enumerate(SPANS):
            person = StakeholderFactory(account=hidden, name=f"Guest {number} {zone}")
            post = Position.begin(person, account, by=None, title="Adviser", level="manager")
            held = DecisionRole.assign(person, account, "I", by=None)
            for row in (post, held):
                days = {"since": since or (None if row is post else date(2020, 1, 1)), "until": until}
                type(row).objects.filter(pk=row.pk).update(**days)
            begun.append(Position.objects.select_related("account").get(pk=post.pk))
    refresh_people([post.stakeholder_id for post in begun])
    return begun


def fresh(user) -> User:
    """The user of another request."""
    return User.objects.get(pk=user.pk)


def test_a_post_counts_on_the_day_of_its_account_wherever_the_reader_is(posts, ann):
    held = {post.stakeholder_id for post in posts if holds_on(post.since, post.until, post.account.today())}
    ids, mine = [post.stakeholder_id for post in posts], Account.objects.filter(owner=ann)

    assert 0 < len(held) < len(posts)
    for zone in ("UTC", *ZONES[1:]):
        with timezone.override(zone):
            reader, people = fresh(ann), Stakeholder.objects.all()
            found = {
                "visible_to": people.visible_to(reader),
                "in_sight": Sight(reader).people(),
                "employed_by": people.employed_by(mine, days_now()),
                "search": people.search("adviser", seen_by=reader),
                "level": listing.with_levels(people, ["manager"], Sight(reader)),
                "letter": listing.with_letters(people, ["I"], Sight(reader)),
            }
            for way, rows in found.items():
                assert set(rows.values_list("pk", flat=True)) == held, (zone, way)
            assert set(listing.posts_seen(ids, Sight(reader))) == held, zone
            assert {post.stakeholder_id for post in posts if works_with(reader, post.stakeholder)} == held, zone
            places = [(post.stakeholder_id, post.account_id) for post in posts]
            assert {person for person, _account in listing.letters_at(places)} == held, zone


def test_a_list_shows_the_same_people_however_many_accounts_there_are(posts, ann, monkeypatch):
    def seen():
        return set(Sight(fresh(ann)).people().values_list("pk", flat=True))

    by_ids = seen()
    monkeypatch.setattr(sight, "FEW", 1)

    assert seen() == by_ids == set(Stakeholder.objects.visible_to(fresh(ann)).values_list("pk", flat=True))
    assert 0 < len(by_ids) < len(posts)


def test_who_has_no_account_yet_is_shown_nobody(posts):
    assert not Sight(UserFactory()).people().exists()


def test_where_it_is_one_day_for_all_no_account_is_asked_for_its_zone(night, acme):
    AccountFactory(time_zone="Europe/Lisbon")

    assert on_each_day(days_now(), in_force) == in_force(acme.today())


def test_the_zones_are_asked_for_once_a_reader(acme, ann):
    reader = fresh(ann)

    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            list(Stakeholder.objects.visible_to(reader).search("x", seen_by=reader))

    assert sum("DISTINCT" in query["sql"] for query in queries) == 1


def test_the_day_moves_on_with_the_same_reader(night, acme, ann, cleo, time_machine):
    person = StakeholderFactory(account=AccountFactory(name="Globex", owner=cleo))
    post = Position.begin(person, acme, by=None)
    Position.objects.filter(pk=post.pk).update(until=acme.today() + timedelta(days=1))
    reader = fresh(ann)
    assert person in Stakeholder.objects.visible_to(reader)

    time_machine.shift(timedelta(days=1))

    assert person not in Stakeholder.objects.visible_to(reader)
    assert days_for(reader) == days_now()
