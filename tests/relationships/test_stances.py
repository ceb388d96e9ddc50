"""The stance grid of an opportunity: typing, reading, history, and what it comes to."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Competitor, Contender
from relationships.models import Stance, SupportRules
from relationships.stance_grid import Grid, told_of
from tests.factories import AccountFactory, OpportunityFactory, StakeholderFactory, role

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid(acme):
    return OpportunityFactory(account=acme, name="Core upgrade")


@pytest.fixture
def zhou(acme, bid):
    person = StakeholderFactory(account=acme, name="Zhou Min 周敏", level="executive")
    role(person, "D", opportunity=bid)
    return person


@pytest.fixture
def norddata(bid, ann):
    return Contender.enter(bid, "Norddata", by=ann).competitor


def address(bid):
    return reverse("relationships:stances", args=[bid.pk])


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_what_is_typed_becomes_a_stance_of_today(bid, zhou, norddata, ann, client):
    client.force_login(ann)

    client.post(address(bid), {f"{zhou.pk}.us": "−1", f"{zhou.pk}.{norddata.pk}": "+2"})

    kept = set(Stance.objects.values_list("competitor__name", "value", "on", "author"))
    assert kept == {(None, -1, bid.account.today(), ann.pk), ("Norddata", 2, bid.account.today(), ann.pk)}


def test_only_what_was_changed_is_judged(bid, zhou, norddata, ann, ben, client):
    Stance.judge(bid, zhou, None, 1, by=ben)
    client.force_login(ann)

    client.post(address(bid), {f"{zhou.pk}.us": "", f"{zhou.pk}.us.was": "", f"{zhou.pk}.{norddata.pk}": "0"})

    assert Stance.objects.filter(author=ann).values_list("competitor__name", "value").get() == ("Norddata", 0)


@pytest.mark.parametrize(("was", "typed"), [("", "?"), ("+1", "1"), ("-1", "−1")])
def test_the_same_in_other_words_is_no_new_judgement(bid, zhou, ann, client, was, typed):
    client.force_login(ann)

    client.post(address(bid), {f"{zhou.pk}.us": typed, f"{zhou.pk}.us.was": was})

    assert not Stance.objects.exists()


def test_the_latest_day_holds_and_history_stays(bid, zhou, ann):
    today = bid.account.today()
    Stance.judge(bid, zhou, None, 2, by=ann, on=today - timedelta(days=1))
    Stance.judge(bid, zhou, None, -1, by=ann, on=today - timedelta(days=9))

    assert told_of(bid)[zhou.pk]["us"].value == 2
    assert Stance.objects.count() == 2


def test_unknown_again_is_no_stance(bid, zhou, ann, client):
    Stance.judge(bid, zhou, None, 2, by=ann)
    client.force_login(ann)

    client.post(address(bid), {f"{zhou.pk}.us": "?", f"{zhou.pk}.us.was": "+2"})

    assert told_of(bid)[zhou.pk] == {}
    assert [each.value for each in Stance.objects.oldest_first()] == [2, None]


@pytest.mark.parametrize("typed", ["3", "-3", "1.5", "yes", "２２", "--1"])
def test_what_cannot_be_read_is_said_at_the_cell_and_nothing_is_stored(bid, zhou, norddata, ann, client, typed):
    client.force_login(ann)

    answer = client.post(address(bid), {f"{zhou.pk}.us": typed, f"{zhou.pk}.{norddata.pk}": "1"})

    assert answer.status_code == 422
    assert "A stance is −2, −1, 0, 1 or 2" in answer.content.decode()
    assert answer.content.decode().count('aria-invalid="true"') == 1
    assert f'value="{typed}"' in answer.content.decode()
    assert not Stance.objects.exists()


def test_executives_look_and_do_not_judge(bid, zhou, eve, client):
    client.force_login(eve)

    assert "stance-cell" not in client.get(address(bid)).content.decode()
    assert client.post(address(bid), {f"{zhou.pk}.us": "1"}).status_code == 403
    assert not Stance.objects.exists()


def test_it_says_what_the_stances_come_to(bid, zhou, norddata, ann, client):
    Stance.judge(bid, zhou, None, -1, by=ann)
    Stance.judge(bid, zhou, norddata, 1, by=ann)
    client.force_login(ann)

    page = text_of(client.get(address(bid)))

    # D with power 3 at −1; A and E vacant, unknown with 3 and 2: (−3 − 6 − 4) ÷ 16 = −81
    assert "−50 at worst −81 · 38 % known" in page
    assert "Lead over Norddata: −100, by the one person" in page
    assert "Zhou Min 周敏 supports Norddata more than us." in page
    assert "To win: Zhou Min 周敏" in page
    assert "no opponent" not in page


def test_it_asks_whether_there_is_really_no_opponent(bid, zhou, ann, client):
    client.force_login(ann)
    before = text_of(client.get(address(bid)))
    Stance.judge(bid, zhou, None, 1, by=ann)

    assert "no opponent" not in before
    assert "You have recorded no opponent: is that so?" in text_of(client.get(address(bid)))


def test_standing_holders_stand_in_the_grid_too(bid, acme, ann):
    chen = StakeholderFactory(account=acme, name="Chen")
    role(chen, "A")

    assert chen in Grid(bid, ann).people


def test_the_numbers_come_from_the_policy(bid, zhou, ann, ada):
    Stance.judge(bid, zhou, None, 1, by=ann, on=bid.account.today() - timedelta(days=100))
    fresh = Grid(bid, ann).cell(zhou.pk, "us").is_old
    SupportRules.load().change(by=ada, fresh_days=99)

    assert (fresh, Grid(bid, ann).cell(zhou.pk, "us").is_old) == (False, True)


def test_one_stance_with_its_day_and_reason(bid, zhou, norddata, ann, client):
    client.force_login(ann)
    day = bid.account.today() - timedelta(days=20)
    told = {"supplier": norddata.pk, "value": "-2", "on": day.isoformat(), "note": "Said so at the fair"}

    client.post(reverse("relationships:stances_of", args=[bid.pk, zhou.pk]), told)

    kept = Stance.objects.get()
    assert (kept.competitor, kept.value, kept.on, kept.note) == (norddata, -2, day, "Said so at the fair")
    page = client.get(reverse("relationships:stances_of", args=[bid.pk, zhou.pk])).content.decode()
    assert "Said so at the fair" in page


@pytest.mark.parametrize(("field", "value"), [("on", "2999-01-01"), ("value", "3"), ("supplier", "nobody")])
def test_one_stance_that_cannot_be_is_refused(bid, zhou, ann, client, field, value):
    client.force_login(ann)
    told = {"supplier": "us", "value": "1", "on": bid.account.today().isoformat()} | {field: value}

    answer = client.post(reverse("relationships:stances_of", args=[bid.pk, zhou.pk]), told)

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Stance.objects.exists()


def test_a_competitor_joins_by_name_leaves_and_comes_back(bid, ann, client):
    client.force_login(ann)

    for name in ("Norddata", "norddata"):
        client.post(reverse("relationships:contend", args=[bid.pk]), {"name": name})
    contender = Contender.objects.of(bid).get()
    client.post(reverse("relationships:leave_contest", args=[bid.pk, contender.pk]))
    left = Contender.objects.of(bid).count()
    client.post(reverse("relationships:return_to_contest", args=[bid.pk, contender.pk]))

    assert (left, Contender.objects.of(bid).count(), Competitor.objects.count()) == (0, 1, 1)


def test_we_are_no_competitor_of_ours(bid, ann, north, client):
    client.force_login(ann)

    answer = client.post(reverse("relationships:contend", args=[bid.pk]), {"name": north.name}, follow=True)

    assert "is one of our own teams" in answer.content.decode()
    assert not Contender.objects.exists()


def test_a_competitor_that_takes_no_part_is_refused(bid, zhou, ann):
    stranger = Competitor(name="Hanwei").keep(by=ann)

    with pytest.raises(ValidationError):
        Stance.judge(bid, zhou, stranger, 1, by=ann)


def test_the_schema_refuses_three(bid, zhou):
    row = Stance(account=bid.account, opportunity=bid, stakeholder=zhou, value=3, on=bid.account.today())

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_someone_out_of_sight_has_a_name_and_no_history(bid, acme, ann, client):
    stranger = StakeholderFactory(account=AccountFactory(name="Globex"), name="Consultant", is_outsider=True)
    Stance.judge(bid, stranger, None, 1, by=None)
    client.force_login(ann)

    page = client.get(address(bid)).content.decode()

    assert "Consultant" in page
    assert reverse("relationships:stances_of", args=[bid.pk, stranger.pk]) not in page


def test_everybody_counts_though_not_everybody_is_shown(bid, acme, ann, client, monkeypatch):
    monkeypatch.setattr("relationships.stance_grid.ROWS", 1)
    for n in range(3):
        person = StakeholderFactory(account=acme, name=f"Person {n}")
        role(person, "S", opportunity=bid, power=1)
        Stance.judge(bid, person, None, 2 if n == 0 else -2, by=ann)
    client.force_login(ann)

    page = text_of(client.get(address(bid)))

    assert "and 2 more" in page
    assert "−33 at worst −82" in page  # (2 − 2 − 2) ÷ 6, and three vacant seats of 3, 3 and 2


@pytest.mark.parametrize("people", [3, 60])
def test_sixty_people_ask_as_much_as_three(bid, acme, ann, norddata, client, people, django_assert_max_num_queries):
    for n in range(people):
        person = StakeholderFactory(account=acme, name=f"Person {n}")
        role(person, "DSI"[n % 3], opportunity=bid)
        Stance.judge(bid, person, None, n % 3 - 1, by=ann)
    client.force_login(ann)
    client.get(address(bid))

    with django_assert_max_num_queries(14):
        client.get(address(bid))
