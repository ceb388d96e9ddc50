"""The decision chain as a board: of the account, and of an opportunity."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from stakeholders.models import DecisionRole
from tests.factories import AccountFactory, OpportunityFactory, StakeholderFactory, role, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def chen(acme):
    return StakeholderFactory(account=acme, name="Chen Guohua 陈国华", title="President", level="executive")


@pytest.fixture
def bid(acme):
    return OpportunityFactory(account=acme, name="Core upgrade")


def shown(client, reader, name, record):
    client.force_login(reader)
    page = client.get(reverse(name, args=[record.pk])).content.decode()
    return dict(re.findall(r'aria-labelledby="seat-(.)">(.*?)</section>', page, re.DOTALL))


def test_each_role_has_its_column_and_a_vacant_one_says_so(acme, ann, chen, client):
    role(chen, "A")

    columns = shown(client, ann, "relationships:chain", acme)

    assert list(columns) == list("ADSEI")
    assert "陈国华" in columns["A"]
    assert "Vacant" not in columns["A"]
    assert all("Vacant" in columns[letter] for letter in "DSEI")


def test_it_counts_the_roles_held_and_names_whom_the_deal_misses(acme, ann, chen, client):
    role(chen, "A")
    role(chen, "I")
    client.force_login(ann)

    page = client.get(reverse("relationships:chain", args=[acme.pk])).content.decode()

    assert "2 of 5 roles held, by one person." in page
    assert "Decision maker: nobody." in page
    assert "Technical evaluator: nobody." in page
    assert "Supporter: nobody." not in page


def test_a_vacant_seat_names_its_last_holder(acme, ann, chen, client):
    role(chen, "D").end(acme.today() - timedelta(days=5), by=ann)

    assert "held it until" in shown(client, ann, "relationships:chain", acme)["D"]


def test_an_opportunity_shows_the_standing_holders_where_it_has_none(acme, ann, chen, bid, client):
    sun = StakeholderFactory(account=acme, name="Sun Li")
    role(chen, "A")
    role(chen, "E")
    role(sun, "E", opportunity=bid)

    columns = shown(client, ann, "relationships:opportunity_chain", bid)

    assert "from the standing chain" in columns["A"]
    assert "from the standing chain" not in columns["E"]
    assert "Sun Li" in columns["E"]
    assert "Chen" not in columns["E"]
    assert "Sun Li" not in shown(client, ann, "relationships:chain", acme)["E"]


def test_a_card_tells_how_long_the_person_has_not_been_met(acme, ann, chen, client):
    role(chen, "A")
    visit(chen, by=ann, days_ago=3)

    assert "3 d" in shown(client, ann, "relationships:chain", acme)["A"]


def test_an_outsider_out_of_sight_has_a_name_and_no_link(acme, ann, client):
    globex = AccountFactory(name="Globex")
    consultant = StakeholderFactory(account=globex, name="Consultant", is_outsider=True)
    DecisionRole.assign(consultant, acme, "I", by=None)

    column = shown(client, ann, "relationships:chain", acme)["I"]

    assert "Consultant" in column
    assert str(consultant.pk) not in column


def test_a_seat_is_filled_on_the_board_it_is_missed_on(acme, ann, chen, bid, client):
    client.force_login(ann)
    address = f"{reverse('stakeholders:fill_role', args=[acme.pk])}?letter=D&opportunity={bid.pk}"

    offered = client.get(address).content.decode()
    told = {"person": chen.pk, "letter": "D", "opportunity": bid.pk, "since": acme.today().isoformat()}
    answer = client.post(address, told)

    assert re.search(r'value="D"[^>]*checked', offered)
    assert answer["Location"] == reverse("relationships:opportunity_chain", args=[bid.pk])
    assert (chen.roles.get().letter, chen.roles.get().opportunity) == ("D", bid)


def test_a_seat_of_a_closed_opportunity_is_not_filled(acme, ann, bid, client):
    address = reverse("stakeholders:fill_role", args=[acme.pk])
    is_offered = [address in "".join(shown(client, ann, "relationships:opportunity_chain", bid).values())]
    bid.close("won", acme.today(), by=ann)
    is_offered.append(address in "".join(shown(client, ann, "relationships:opportunity_chain", bid).values()))

    assert is_offered == [True, False]


def test_nobody_takes_the_same_seat_twice(acme, ann, chen, client):
    role(chen, "D")
    client.force_login(ann)

    told = {"person": chen.pk, "letter": "D", "since": acme.today().isoformat()}
    answer = client.post(reverse("stakeholders:fill_role", args=[acme.pk]), told)

    assert answer.status_code == 422
    assert "holds this role already" in answer.content.decode()
    assert chen.roles.count() == 1


def test_a_person_of_another_account_cannot_be_chosen(acme, ann, client):
    stranger = StakeholderFactory(account=AccountFactory(name="Globex"))
    client.force_login(ann)

    told = {"person": stranger.pk, "letter": "D", "since": acme.today().isoformat()}

    assert client.post(reverse("stakeholders:fill_role", args=[acme.pk]), told).status_code == 422
    assert not DecisionRole.objects.exists()


@pytest.mark.parametrize("people", [3, 60])
def test_sixty_people_ask_as_much_as_three(acme, ann, client, people, django_assert_max_num_queries):
    for n in range(people):
        role(StakeholderFactory(account=acme, name=f"Person {n}"), "DSI"[n % 3])
    client.force_login(ann)
    address = reverse("relationships:chain", args=[acme.pk])
    client.get(address)

    with django_assert_max_num_queries(12):
        client.get(address)


def test_a_column_stops_after_forty_and_says_how_many_more(acme, ann, client):
    for n in range(43):
        role(StakeholderFactory(account=acme, name=f"Person {n}"), "I")

    column = shown(client, ann, "relationships:chain", acme)["I"]

    assert column.count('class="chain-card') == 40
    assert "and 3 more" in column
