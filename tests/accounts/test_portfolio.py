"""The list of accounts: whose, which, in what order, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AccountFactory


@pytest.fixture
def names(seen_by):
    """The names a user finds in the list, in order."""

    def find(user, **asked) -> list[str]:
        return [row["name"] for row in seen_by(user).get("/accounts/", asked).context["list"].page.rows]

    return find


def test_a_rep_sees_the_accounts_of_her_teams_only(acme, ann, ben, cleo, eve, ada, names):
    assert [names(user) for user in (ann, ben, cleo, eve, ada)] == [["Acme"], ["Acme"], [], ["Acme"], ["Acme"]]


def test_filters_narrow_the_list(acme, ann, north, names):
    AccountFactory(owner=ann, team=north, name="恒通银行", tier="strategic", industry="Banking")
    AccountFactory(owner=ann, team=north, name="Metro", tier="key", status="inactive")

    assert names(ann) == ["Acme", "恒通银行"]
    assert names(ann, tier="strategic") == ["恒通银行"]
    assert names(ann, q="htyh") == ["恒通银行"]
    assert names(ann, industry="bank") == ["恒通银行"]
    assert names(ann, status="inactive") == ["Metro"]
    assert names(ann, status="all") == ["Acme", "恒通银行", "Metro"]
    assert names(ann, sort="-name", status="all") == ["Metro", "恒通银行", "Acme"]
    assert names(ann, sort="tier", status="all") == ["恒通银行", "Metro", "Acme"]


def test_mine_and_my_teams_differ(acme, ann, ben, north, names):
    other = AccountFactory(name="Bravo", team=north)

    assert names(ben, whose="team") == ["Acme", "Bravo"]
    assert names(ben, whose="mine") == []
    assert names(ann, whose="mine") == ["Acme"]
    assert names(ben, owner=str(other.owner_id)) == ["Bravo"]


def test_what_a_filter_cannot_read_is_left_out(acme, ann, names):
    assert names(ann, tier="golden", owner="nobody", sort="age", cursor="forged") == ["Acme"]


def test_an_empty_list_says_how_to_begin_and_an_unmatched_one_how_to_go_back(ann, acme, cleo, seen_by):
    assert "No account yet" in seen_by(cleo).get("/accounts/").content.decode()
    assert "Clear the filters" in seen_by(ann).get("/accounts/", {"q": "zebra"}).content.decode()


def test_a_group_company_out_of_sight_has_no_name(ann, acme, cleo, seen_by):
    secret = AccountFactory(name="Secret Holding", owner=cleo)
    acme.change(by=None, parent=secret)

    assert "Secret Holding" not in seen_by(ann).get("/accounts/").content.decode()


def test_pages_of_fifty_follow_each_other(ann, north, seen_by):
    for number in range(60):
        AccountFactory(name=f"Account {number:02}", owner=ann, team=north)
    client = seen_by(ann)

    first = client.get("/accounts/").context["list"].page
    second = client.get("/accounts/", {"cursor": first.next}).context["list"].page

    assert [len(first.rows), len(second.rows), second.next] == [50, 10, None]
    assert second.rows[0]["name"] == "Account 50"


def test_thirty_rows_cost_as_many_queries_as_three(ann, north, seen_by):
    client = seen_by(ann)
    group = AccountFactory(name="Group", owner=ann, team=north)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/accounts/").status_code == 200
        return len(queries)

    for number in range(3):
        AccountFactory(name=f"A{number}", owner=ann, team=north, parent=group)
    few = cost()
    for number in range(27):
        AccountFactory(name=f"B{number}", owner=ann, team=north, parent=group)

    assert cost() == few <= 6


def test_htmx_gets_the_rows_alone(acme, ann, seen_by):
    answer = seen_by(ann).get("/accounts/", headers={"HX-Request": "true", "HX-Target": "rows"})

    assert "<html" not in answer.content.decode()
    assert "Acme" in answer.content.decode()
