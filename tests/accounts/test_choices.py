"""Group companies and colleagues out of many: whom a search names, and what a form does with what it is sent."""

import re

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Account, AccountMember
from pages.choices import FEW
from tests.factories import AccountFactory, UserFactory

VALUES = {"name": "Acme", "tier": "standard", "status": "active"}


@pytest.fixture
def grids(ann, north):
    """More accounts than a plain list holds."""
    return [AccountFactory(name=f"Grid {number:02} 电网", owner=ann, team=north) for number in range(FEW + 2)]


@pytest.fixture
def crowd(south):
    return [UserFactory(full_name=f"Colleague {number:02}", team=south) for number in range(FEW + 2)]


def suggested(client, address, **asked):
    answer = client.get(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}")
    assert answer.status_code == 200
    return re.findall(r'data-label="([^"]+)"', answer.content.decode())


def group(typed="", chosen="", shown=""):
    return VALUES | {"parent": chosen, "parent_text": typed, "parent_shown": shown}


def test_only_accounts_in_sight_are_suggested(acme, ann, cleo, seen_by):
    AccountFactory(name="Acme Secret", owner=cleo)

    assert suggested(seen_by(ann), "/accounts/choices/", q="ac") == ["Acme"]
    assert suggested(seen_by(cleo), "/accounts/choices/", q="ac") == ["Acme Secret"]


def test_an_account_is_suggested_by_pinyin_and_initials(acme, ann, north, seen_by):
    AccountFactory(name="恒通银行", owner=ann, team=north, industry="Banking")

    for text in ("htyh", "hengtong", "恒通"):
        assert suggested(seen_by(ann), "/accounts/choices/", q=text) == ["恒通银行"]


def test_one_is_not_suggested_as_its_own_group(acme, ann, grids, seen_by, url):
    page = seen_by(ann).get(url("edit/")).content.decode()
    address = re.search(r'hx-get="(/accounts/choices/[^"]+)"', page)[1]

    assert suggested(seen_by(ann), address, q="ac") == []


def test_a_group_company_is_taken_by_what_was_typed(acme, ann, grids, seen_by, url):
    assert seen_by(ann).post(url("edit/"), group("grid 07")).status_code == 302

    assert Account.objects.get(pk=acme.pk).parent == grids[7]


def test_several_groups_come_back_to_choose_from(acme, ann, grids, seen_by, url):
    answer = seen_by(ann).post(url("edit/"), group("grid 5"))

    assert answer.status_code == 422
    assert len(re.findall(r'type="radio" name="parent_one"', answer.content.decode())) == 7
    assert Account.objects.get(pk=acme.pk).parent is None


def test_a_hidden_group_among_many_has_no_name_and_survives(acme, ann, cleo, grids, seen_by, url):
    secret = AccountFactory(name="Secret Holding", owner=cleo)
    acme.change(by=None, parent=secret)
    client = seen_by(ann)

    assert client.post(url("edit/"), group() | {"region": "North"}).status_code == 302
    assert Account.objects.get(pk=acme.pk).parent == secret
    stale = client.post(url("edit/"), group() | {"region": "West", "version": 1})
    assert stale.status_code == 409
    assert client.post(url("edit/"), group("secret")).status_code == 422
    for answer in (client.get(url("edit/")), stale):
        assert "Secret" not in answer.content.decode()
        assert str(secret.pk) not in answer.content.decode()


def test_the_form_is_no_larger_and_asks_no_more_with_thrice_as_many(
    acme, ann, north, grids, crowd, seen_by, url, django_assert_max_num_queries
):
    client = seen_by(ann)
    client.get(url("edit/"))
    with django_assert_max_num_queries(7):
        first = client.get(url("edit/"))
    with django_assert_max_num_queries(7):
        opening = client.get("/accounts/new/")

    for number in range(100):
        AccountFactory(name=f"Water {number}", owner=ann, team=north)
        UserFactory(team=north)

    with django_assert_max_num_queries(7):
        more = client.get(url("edit/"))
    with django_assert_max_num_queries(7):
        again = client.get("/accounts/new/")
    assert abs(len(more.content) - len(first.content)) < 200
    assert abs(len(again.content) - len(opening.content)) < 200


def test_a_colleague_joins_by_name(acme, ann, crowd, seen_by, url):
    sent = {"user": "", "user_text": "colleague 09", "user_shown": "", "function": "solution"}

    assert seen_by(ann).post(url("team/admit/"), sent).status_code == 302

    assert AccountMember.objects.get(account=acme, user=crowd[9]).function == "solution"


def test_whoever_is_on_the_team_is_not_suggested_to_join(acme, ann, seen_by, url):
    acme.admit(UserFactory(full_name="Mei Inside"), by=None)
    UserFactory(full_name="Mei Outside")

    assert suggested(seen_by(ann), url("team/choices/"), q="mei") == ["Mei Inside"]
    assert suggested(seen_by(ann), url("team/choices/?joining=yes"), q="mei") == ["Mei Outside"]


def test_whoever_cannot_sign_in_is_not_suggested(ann, seen_by):
    UserFactory(full_name="Gone Long", is_active=False)
    UserFactory(full_name="Gone Not")

    assert suggested(seen_by(ann), reverse("users:choices"), q="gone") == ["Gone Not"]


def test_a_colleague_is_suggested_with_the_team(ann, ben, north, seen_by):
    assert "North" in seen_by(ann).get(reverse("users:choices") + "?q=ben").content.decode()
    assert "Ben Zhao" in seen_by(ann).get(reverse("users:team_choices") + "?q=nor").content.decode()


def test_the_portfolio_is_narrowed_to_a_colleague_typed_or_chosen(acme, ann, crowd, seen_by):
    names = [
        [row["name"] for row in seen_by(ann).get("/accounts/", asked).context["list"].page.rows]
        for asked in (
            {"owner": ann.pk},
            {"owner": "", "owner_text": "ann lee", "owner_shown": ""},
            {"owner": "", "owner_text": "colleague 01", "owner_shown": ""},
            {"owner": "", "owner_text": "nobody at all", "owner_shown": ""},
            {"owner": "nonsense"},
        )
    ]

    assert names == [["Acme"], ["Acme"], [], ["Acme"], ["Acme"]]
