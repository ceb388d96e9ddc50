"""Search: what finds a person or an account, and for whom."""

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import Position
from tests.factories import AccountFactory, StakeholderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(acme):
    contacts = [{"kind": "mobile", "value": "138 0013 8000"}, {"kind": "email", "value": "Wang.Wei@acme.example"}]
    return StakeholderFactory(
        account=acme, name="王伟", other_names="David Wang", title="Head of networks", contacts=contacts
    )


def found(user, text: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("config:search"), {"q": text}).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "王伟",
        "王",
        "wangwei",
        "wang wei",
        "ww",
        "WangW",
        "david",
        "13800138000",
        "+8613800138000",
        "wang.wei@",
        "networks",
        "ＷＷ",
    ],
)
def test_a_person_is_found_by(text, wang, ann):
    assert wang.get_absolute_url() in found(ann, text)


@pytest.mark.parametrize("text", ["张伟", "zz", "13900000000", "%", "_", "\\"])
def test_nobody_is_found_by(text, wang, ann):
    assert wang.get_absolute_url() not in found(ann, text)


def test_a_stranger_finds_neither_person_nor_account(wang, acme, cleo):
    page = found(cleo, "wang") + found(cleo, "Acme")

    assert wang.get_absolute_url() not in page
    assert acme.get_absolute_url() not in page


def test_whose_name_begins_so_comes_before_a_key_person_with_it_inside(acme, ann):
    StakeholderFactory(account=acme, name="Ding Zhen", level="executive")
    StakeholderFactory(account=acme, name="Zhou Min")

    page = found(ann, "zh")

    assert page.index("Zhou Min") < page.index("Ding Zhen")


def test_suggestions_come_as_options(wang, ann):
    client = Client()
    client.force_login(ann)

    answer = client.get(
        reverse("config:search"), {"q": "ww"}, headers={"HX-Request": "true", "HX-Target": "search-results"}
    ).content.decode()

    assert 'role="option"' in answer
    assert "<html" not in answer


def test_an_account_is_found_by_its_pinyin(acme, ann):
    acme.change(by=ann, name="恒通银行")

    assert acme.get_absolute_url() in found(ann, "htyh")


def test_somebody_in_sight_through_a_second_post_is_shown_by_that_one(wang, ann):
    hidden = AccountFactory(name="Hidden Works")
    Position.begin(wang, hidden, by=None, title="Chief of secrets", is_primary=True)

    page = found(ann, "王伟")

    assert wang.get_absolute_url() in page
    assert "Head of networks" in page
    assert "Chief of secrets" not in page
    assert "Hidden Works" not in page
