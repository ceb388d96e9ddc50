"""What accounts may buy: adding, listing, closing with the outcome, taking back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Competitor, Opportunity
from tests.factories import AccountFactory, OpportunityFactory, StakeholderFactory, role

pytestmark = pytest.mark.django_db


@pytest.fixture
def upgrade(acme, ann):
    return Opportunity.open(acme, by=ann, name="Core banking upgrade", value=1_200_000, stage="Comparison")


def closing(opportunity, client, **values):
    told = {"outcome": "lost", "closed_on": opportunity.account.today().isoformat(), "outcome_reason": "Price"}
    return client.post(reverse("opportunities:close", args=[opportunity.pk]), told | values)


def test_it_is_added_at_the_account_the_address_names(acme, ann, client):
    client.force_login(ann)
    address = reverse("opportunities:create")

    offered = client.get(address, {"account": acme.pk}).content.decode()
    told = {"account": acme.pk, "name": "Network renewal", "currency": "cny", "value": "3000000"}
    answer = client.post(address, told | {"stage": "需求", "expected_close_on": "2030-03-01"})

    assert f'value="{acme.pk}"' in offered
    made = Opportunity.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.account, made.currency, made.stage, made.ends_on) == (acme, "CNY", "需求", date(2030, 3, 1))


@pytest.mark.parametrize(
    ("field", "value"), [("currency", "€"), ("value", "-1"), ("name", ""), ("expected_close_on", "soon")]
)
def test_nothing_is_stored_of_what_is_refused(acme, ann, client, field, value):
    client.force_login(ann)
    told = {"account": acme.pk, "name": "Network", "currency": "CNY"} | {field: value}

    answer = client.post(reverse("opportunities:create"), told)

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Opportunity.objects.exists()


def test_an_account_of_others_cannot_be_chosen(cleo, acme, client):
    client.force_login(cleo)

    answer = client.post(reverse("opportunities:create"), {"account": acme.pk, "name": "Network", "currency": "CNY"})

    assert answer.status_code == 422
    assert not Opportunity.objects.exists()


def test_the_list_shows_what_is_open_by_its_expected_close(acme, ann, upgrade, client):
    Opportunity.open(acme, by=ann, name="Sooner", expected_close_on=date(2030, 1, 1))
    Opportunity.open(acme, by=ann, name="Decided").close("won", acme.today(), by=ann)
    client.force_login(ann)

    page = client.get(reverse("opportunities:list")).content.decode()
    every = client.get(reverse("opportunities:list"), {"state": "all"}).content.decode()

    assert page.index("Sooner") < page.index("Core banking upgrade")
    assert "CNY 1,200,000" in page
    assert "Decided" not in page
    assert "Decided" in every


def test_a_stranger_sees_none_of_it(upgrade, cleo, client):
    client.force_login(cleo)

    assert "Core banking" not in client.get(reverse("opportunities:list")).content.decode()


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_asks_as_much_for_thirty_as_for_three(acme, ann, client, rows, django_assert_max_num_queries):
    for n in range(rows):
        Opportunity.open(acme, by=ann, name=f"No. {n}")
    client.force_login(ann)
    client.get(reverse("opportunities:list"))

    with django_assert_max_num_queries(8):  # session and user beside the six of a list
        client.get(reverse("opportunities:list"))


def test_a_lost_one_says_to_whom_and_why(upgrade, ann, client):
    client.force_login(ann)

    answer = closing(upgrade, client, lost_to="Norddata")

    upgrade.refresh_from_db()
    assert answer.status_code == 302
    assert (upgrade.outcome, upgrade.lost_to.name, upgrade.outcome_reason) == ("lost", "Norddata", "Price")
    page = client.get(upgrade.get_absolute_url()).content.decode()
    assert "Norddata" in page
    assert "Price" in page


def test_a_competitor_is_known_however_it_is_capitalised(upgrade, ann, client):
    known = Competitor(name="Norddata").keep(by=ann)
    client.force_login(ann)

    closing(upgrade, client, lost_to="NORDDATA")

    upgrade.refresh_from_db()
    assert upgrade.lost_to == known
    assert Competitor.objects.count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {"outcome_reason": ""},
        {"outcome": ""},
        {"outcome": "won", "lost_to": "Norddata"},
        {"closed_on": "2999-01-01"},
        {"lost_to": "NORTH"},
    ],
    ids=["no reason", "no outcome", "won yet lost to", "in the future", "to ourselves"],
)
def test_an_end_that_cannot_be_is_refused(upgrade, ann, client, north, told):
    assert north.name.upper() == "NORTH"
    client.force_login(ann)

    answer = closing(upgrade, client, **told)

    upgrade.refresh_from_db()
    assert answer.status_code == 422
    assert upgrade.is_open
    assert not Competitor.objects.exists()


def test_it_is_closed_once_and_opened_again(upgrade, ann, client):
    client.force_login(ann)
    closing(upgrade, client)

    assert closing(upgrade, client).status_code == 404
    client.post(reverse("opportunities:reopen", args=[upgrade.pk]))

    upgrade.refresh_from_db()
    assert (upgrade.outcome, upgrade.closed_on, upgrade.outcome_reason, upgrade.ends_on) == ("", None, "", date.max)


def test_removing_it_is_undone_and_judges_its_people_anew(upgrade, acme, ann, client):
    person = StakeholderFactory(account=acme)
    role(person, "A", opportunity=upgrade)
    client.force_login(ann)

    client.post(reverse("opportunities:remove", args=[upgrade.pk]))
    person.refresh_from_db()
    without = person.key_class
    client.post(reverse("opportunities:restore", args=[upgrade.pk]))
    person.refresh_from_db()

    assert (without, person.key_class) == (0, 2)


def test_the_tab_of_the_account_keeps_open_and_closed_apart(upgrade, acme, ann, client):
    OpportunityFactory(account=AccountFactory(name="Globex"), name="Elsewhere")
    upgrade.change(by=ann, expected_close_on=date(2031, 5, 4))
    Opportunity.open(acme, by=ann, name="Older one").close("dropped", acme.today() - timedelta(days=3), by=ann)
    client.force_login(ann)

    page = client.get(reverse("opportunities:of_account", args=[acme.pk])).content.decode()

    assert page.index("Core banking upgrade") < page.index("Older one")
    assert "4 May 2031" in page
    assert "Elsewhere" not in page


def test_what_a_form_has_not_seen_is_not_overwritten(upgrade, ann, ben, client):
    client.force_login(ann)
    seen = upgrade.version
    upgrade.change(by=ben, stage="Approval")

    told = {"name": "Upgrade", "currency": "CNY", "stage": "Requirements", "version": seen}
    answer = client.post(reverse("opportunities:edit", args=[upgrade.pk]), told)

    upgrade.refresh_from_db()
    assert answer.status_code == 409
    assert (upgrade.name, upgrade.stage) == ("Core banking upgrade", "Approval")


def test_what_is_closed_is_not_closed_again(upgrade, ann):
    upgrade.close("won", upgrade.account.today(), by=ann)

    with pytest.raises(ValidationError):
        upgrade.close("lost", upgrade.account.today(), by=ann)
