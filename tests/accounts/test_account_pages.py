"""Opening, changing and removing an account, and who may."""

import pytest

from accounts.models import Account
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, UserFactory

VALUES = {"name": "Acme", "tier": "standard", "status": "active"}
NOWHERE = "/accounts/00000000-0000-7000-8000-000000000000/"


def test_everybody_in_sight_reads_the_overview_and_nobody_else(acme, ann, ben, cleo, eve, ada, seen_by, url):
    answers = {user: seen_by(user).get(url()).status_code for user in (ann, ben, cleo, eve, ada)}

    assert answers == {ann: 200, ben: 200, cleo: 404, eve: 200, ada: 200}


@pytest.mark.parametrize(
    "rest", ["", "edit/", "team/", "units/", "units/add/", "team/admit/", "team/responsible/", "history/"]
)
def test_what_is_out_of_sight_looks_exactly_like_what_is_absent(acme, cleo, seen_by, url, rest):
    client = seen_by(cleo)

    hidden, absent = client.get(url(rest)), client.get(NOWHERE + rest)

    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404


def test_only_the_team_changes_an_account_and_administrators_its_people(acme, ann, ben, eve, ada, seen_by, url):
    for rest, expected in (
        ("edit/", [200, 200, 403, 403]),
        ("units/add/", [200, 200, 403, 403]),
        ("team/admit/", [200, 200, 403, 200]),
    ):
        assert [seen_by(user).get(url(rest)).status_code for user in (ann, ben, eve, ada)] == expected, rest


def test_a_rep_opens_an_account_and_is_on_its_team(ann, north, seen_by):
    answer = seen_by(ann).post("/accounts/new/", {"name": "恒通银行", "tier": "key", "owner": ann.pk, "team": north.pk})

    account = Account.objects.get(name="恒通银行")
    assert answer.headers["Location"] == account.get_absolute_url()
    assert account.is_on_team(ann)
    assert account.sort_key.startswith("heng tong")


def test_an_account_without_one_person_and_one_team_is_refused(ann, seen_by):
    answer = seen_by(ann).post("/accounts/new/", {"name": "Acme", "tier": "key", "owner": "", "team": ""})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"owner", "team"}
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("website", "javascript:alert(1)"), ("time_zone", "Mars/Olympus"), ("name", " "), ("tier", "gold")],
)
def test_bad_values_are_marked_at_their_field(acme, ann, seen_by, url, field, value):
    answer = seen_by(ann).post(url("edit/"), VALUES | {field: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_second_tab_is_shown_both_versions_and_loses_nothing(acme, ann, ben, seen_by, url):
    opened = seen_by(ann).get(url("edit/")).context["form"].initial["version"]
    seen_by(ben).post(url("edit/"), VALUES | {"region": "North", "version": opened})

    answer = seen_by(ann).post(url("edit/"), VALUES | {"region": "South", "notes": "Budget in May", "version": opened})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert all(word in text for word in ("Ben Zhao", "North", 'value="South"', "Budget in May"))
    assert Account.objects.get().region == "North"
    again = answer.context["form"].data | {"version": answer.context["form"].data["version"]}
    assert seen_by(ann).post(url("edit/"), again).status_code == 302
    assert Account.objects.get().region == "South"


def test_a_group_company_below_itself_is_refused_in_words(acme, ann, north, seen_by, url):
    child = AccountFactory(name="Acme Leasing", owner=ann, team=north, parent=acme)

    answer = seen_by(ann).post(url("edit/"), VALUES | {"parent": child.pk})

    assert "Acme Leasing belongs to this account already" in answer.content.decode()
    assert Account.objects.get(pk=acme.pk).parent is None


def test_a_hidden_group_company_has_no_name_and_survives_an_edit(acme, ann, cleo, seen_by, url):
    secret = AccountFactory(name="Secret Holding", owner=cleo)
    AccountFactory(name="Secret Leasing", owner=cleo, parent=acme)
    acme.change(by=None, parent=secret)
    client = seen_by(ann)

    assert client.post(url("edit/"), VALUES | {"region": "North", "parent": ""}).status_code == 302
    assert Account.objects.get(pk=acme.pk).parent == secret
    stale = client.post(url("edit/"), VALUES | {"region": "West", "parent": "", "version": 1})
    assert stale.status_code == 409
    for text in (
        client.get(url()).content,
        client.get(url("edit/")).content,
        client.get(url("history/")).content,
        stale.content,
    ):
        assert "Secret" not in text.decode()
        assert "no longer shown" not in text.decode()


def test_an_empty_account_is_removed_and_brought_back(acme, ann, cleo, seen_by, url):
    client = seen_by(ann)

    client.post(url("remove/"))
    assert client.get(url()).status_code == 404
    assert seen_by(cleo).post(url("restore/")).status_code == 404
    client.post(url("restore/"))

    assert client.get(url()).status_code == 200


def test_an_account_with_people_is_not_removed_and_says_why(acme, ann, seen_by, url):
    StakeholderFactory(account=acme)

    answer = seen_by(ann).post(url("remove/"), follow=True)

    assert "still in use: people" in answer.content.decode()
    assert Account.objects.get().removed_at is None


def test_the_overview_costs_the_same_with_thirty_units_and_colleagues(
    acme, ann, north, seen_by, url, django_assert_max_num_queries
):
    for _ in range(30):
        OrgUnitFactory(account=acme)
        acme.admit(UserFactory(), by=None)
        AccountFactory(owner=ann, team=north, parent=acme)
    client = seen_by(ann)

    with django_assert_max_num_queries(12):
        client.get(url())
