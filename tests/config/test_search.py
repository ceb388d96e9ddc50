"""Search: what finds a person or an account, and for whom."""

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import Position
from tests.factories import AccountFactory, StakeholderFactory, visit

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

    assert names(ann, "zh") == ["Zhou Min", "Ding Zhen"]


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


def names(user, text: str) -> list[str]:
    """The people found, in their order."""
    client = Client()
    client.force_login(user)
    groups = client.get(reverse("config:search"), {"q": text}).context["groups"]
    return [str(option["name"]).replace("<mark>", "").replace("</mark>", "") for option in groups[0]["options"]]


def test_exact_comes_before_beginnings_these_before_sound_and_initials_and_these_before_the_rest(acme, ann):
    for name in ("Anwei", "Wei Min", "Wei", "魏力", "Wen Er Ivo", "Zoe Weir"):
        StakeholderFactory(account=acme, name=name)

    assert names(ann, "wei") == ["Wei", "Wei Min", "魏力", "Wen Er Ivo", "Anwei", "Zoe Weir"]


def test_whoever_has_left_comes_last_of_those_alike_and_key_persons_first(acme, ann):
    gone = StakeholderFactory(account=acme, name="Wang An", level="executive")
    gone.positions.get().end(acme.today(), by=ann)
    StakeholderFactory(account=acme, name="Wang Bo")
    StakeholderFactory(account=acme, name="Wang Xi", level="executive")

    assert names(ann, "wang") == ["Wang Xi", "Wang Bo", "Wang An"]


@pytest.mark.parametrize("text", ["王 networks", "networks wang", "Head 王伟", "david head networks"])
def test_several_words_have_to_be_found_each(text, wang, acme, ann):
    StakeholderFactory(account=acme, name="王芳", title="Clerk")

    assert names(ann, text) == ["王伟"]


@pytest.mark.parametrize("text", ["138-0013-8000", "(+86) 138 0013 8000", "0013 8000", "0086 13800138000"])
def test_a_number_is_found_however_it_is_parted(text, wang, ann):
    assert names(ann, text) == ["王伟"]


@pytest.mark.parametrize("text", ["恒通", "hengtong", "htyh", "HTB", "hengtong bank", "银行", "banking"])
def test_an_account_is_found_by_each_of_its_names(text, acme, ann):
    acme.change(by=ann, name="恒通银行", short_name="HTB", other_names="Hengtong Bank", industry="Banking")

    assert acme.get_absolute_url() in found(ann, text)


def test_accounts_called_so_come_first(acme, ann):
    for name in ("New Metro", "Metro", "Metro Group"):
        AccountFactory(name=name, owner=ann)
    client = Client()
    client.force_login(ann)

    accounts = client.get(reverse("config:search"), {"q": "metro"}).context["groups"][1]["options"]

    assert [option["name"].replace("<mark>", "").replace("</mark>", "") for option in accounts] == [
        "Metro",
        "Metro Group",
        "New Metro",
    ]


def test_what_was_typed_is_marked_and_a_name_stays_text(acme, ann):
    StakeholderFactory(account=acme, name="<b>Zoe</b> Lindqvist")

    page = found(ann, "LIND")

    assert "&lt;b&gt;Zoe&lt;/b&gt; <mark>Lind</mark>qvist" in page


def test_nothing_typed_shows_whom_one_met_last(wang, acme, ann):
    StakeholderFactory(account=acme, name="Changed Since")
    visit(wang, by=ann)

    assert names(ann, "")[0] == "王伟"
    assert acme.name in found(ann, "")


def test_nothing_typed_says_what_can_be_searched(cleo):
    page = found(cleo, "")

    assert "phone number" in page
    assert "Nothing to show yet" in page


@pytest.mark.parametrize("text", ["", "an", "zz", "13800138000"])
@pytest.mark.parametrize("who", ["ann", "eve"])
def test_a_page_costs_as_many_queries_whatever_it_finds(text, who, acme, ann, eve, django_assert_max_num_queries):
    for number in range(12):
        StakeholderFactory(account=acme, name=f"Ana {number}")
    client = Client()
    client.force_login({"ann": ann, "eve": eve}[who])
    client.get(reverse("config:search"))

    with django_assert_max_num_queries(14):
        client.get(reverse("config:search"), {"q": text})


@pytest.mark.parametrize("text", ["王" * 300, "a b c d e f g h i j", "'; --", "\U0010ffff", "%_\\"])
def test_no_text_is_too_odd_to_be_found_nowhere(text, wang, ann, eve):
    for user in (ann, eve):
        assert names(user, text) == []
        assert "Nothing found for" in found(user, text)


@pytest.mark.parametrize(("text", "plain"), [("\u0301", ""), ("  ", ""), ("０", "0")])
def test_what_says_nothing_is_left_out(text, plain, wang, ann, eve):
    for user in (ann, eve):
        assert names(user, text) == names(user, plain)


def test_suggestions_say_that_nothing_was_found(ann, acme):
    client = Client()
    client.force_login(ann)
    asked = {"HX-Request": "true", "HX-Target": "search-results"}

    told = client.get(reverse("config:search"), {"q": "zzqq"}, headers=asked).content.decode()

    assert "Nothing found for “zzqq”" in told
    assert "All results" not in told
