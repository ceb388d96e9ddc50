"""How alike two records are: a pure figure with its reasons."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.search_key import search_key
from stakeholders.likeness import Crowd, Facts, Why, judge, names_of, spoken
from tests.examples import tried

ACME, METRO, HOLDING = (UUID(int=number) for number in (1, 2, 3))
ALONE = Crowd({}, 2)


def person(name: str, *ways: tuple[str, str], account=ACME, group=None, others="", number=10, **facts) -> Facts:
    key = search_key([name, *others.split(",")], [way for way, _kind in ways])
    names, said = names_of(name, others), spoken(key, [way for way, _kind in ways])
    return Facts(UUID(int=number), account, group or account, names, said, dict(ways), **facts)


MOBILE, MAIL, DESK = ("+8613900000001", "mobile"), ("w@acme.example", "email"), ("+861065000000", "phone")


@pytest.mark.parametrize(
    ("one", "other", "reasons", "is_asked"),
    [
        (person("王伟", MOBILE), person("王伟", MOBILE), (Why.MOBILE, Why.NAME), True),
        (person("王伟", MAIL), person("Wang Wei", MAIL), (Why.EMAIL, Why.SCRIPTS), True),
        (person("王伟"), person("Wei Wang"), (Why.SCRIPTS,), True),
        (person("单伟"), person("Shan Wei"), (Why.SCRIPTS,), True),
        (person("王伟"), person("王 伟"), (Why.NAME,), True),
        (person("Wang Wei 王伟"), person("王伟"), (Why.NAME,), True),
        (person("Wang Wei 王伟"), person("Wei Wang"), (Why.NAME,), True),
        (person("Wang Wei 王伟"), person("Wang Wei 王巍"), (Why.SOUND,), False),
        (person("王伟"), person("王巍"), (Why.SOUND,), False),
        (person("王伟", DESK), person("王巍", DESK), (Why.PHONE, Why.SOUND), False),
        (person("Katherine Miller"), person("Catherine Miller"), (Why.SPELLING,), True),
        (person("Jon Smith"), person("John Smith"), (Why.SPELLING,), True),
        (person("Zhang Yang"), person("Zhang Yan"), (), False),
        (person("John Smith"), person("Jane Smith"), (), False),
        (person("王伟", MOBILE), person("李娜", MOBILE), (Why.MOBILE,), False),
        (person("王伟", MOBILE, MAIL), person("李娜", MOBILE, MAIL), (Why.EMAIL, Why.MOBILE), True),
        (person("王伟"), person("王伟", account=METRO), (Why.NAME,), False),
        (person("王伟", group=METRO, account=METRO), person("王伟", account=HOLDING, group=METRO),
         (Why.NAME, Why.GROUP), True),
        (person("王伟", has_left=True), person("王伟", account=METRO), (Why.NAME, Why.MOVED), True),
        (person("李娜", others="Anna Li"), person("Anna Li"), (Why.NAME,), True),
    ],
)  # fmt: skip
def test_what_two_have_in_common_says_whether_to_ask(one, other, reasons, is_asked):
    found = judge(one, other, ALONE)

    assert (found.reasons, found.is_worth_asking) == (reasons, is_asked)


def test_a_name_many_bear_says_nothing_elsewhere():
    here, there = person("王伟", has_left=True), person("王伟", account=METRO)

    assert judge(here, there, Crowd({}, 2)).is_worth_asking
    assert not judge(here, there, Crowd({}, 40)).is_worth_asking


def test_a_switchboard_says_nothing():
    one, other = person("王伟", MOBILE), person("李娜", MOBILE)

    assert judge(one, other, Crowd({MOBILE[0]: 300}, 2)).likeness < 2


def test_a_messenger_name_is_no_name():
    assert "wangwei" not in spoken(search_key(["李娜"], ["wangwei"]), ["wangwei"])
    assert "ww" not in spoken(search_key(["Wang Wei"]))


NAMES = st.sampled_from(["王伟", "Wang Wei", "Wei Wang", "王巍", "李娜", "Katherine Miller", "Catherine Miller"])
WAYS = st.lists(st.sampled_from([MOBILE, MAIL, DESK, ("ww88", "wechat"), ("fax", "other")]), unique=True)
PLACES = st.sampled_from([(ACME, ACME), (METRO, METRO), (HOLDING, METRO)])


@st.composite
def people(draw):
    account, group = draw(PLACES)
    facts = {"title": draw(st.sampled_from(["", "cio"])), "has_left": draw(st.booleans())}
    return person(draw(NAMES), *draw(WAYS), account=account, group=group, **facts)


CROWDS = st.builds(
    Crowd, st.fixed_dictionaries({way: st.integers(2, 50) for way, _kind in (MOBILE, MAIL, DESK)}), st.integers(2, 50)
)


@tried(2000)
@given(one=people(), other=people(), crowd=CROWDS)
def test_the_figure_is_the_same_from_either_side_and_within_bounds(one, other, crowd):
    found = judge(one, other, crowd)

    assert found == judge(other, one, crowd)
    assert 0 <= found.likeness <= 100
    assert bool(found.reasons) or found.likeness == 0


@tried(2000)
@given(one=people(), other=people(), crowd=CROWDS)
def test_one_thing_more_in_common_never_makes_them_less_alike(one, other, crowd):
    shared = {"new@acme.example": "email"}
    nearer = [replace(each, ways={**each.ways, **shared}) for each in (one, other)]

    assert judge(*nearer, crowd).likeness >= judge(one, other, crowd).likeness


@tried(2000)
@given(one=people(), other=people(), crowd=CROWDS, more=st.integers(1, 100))
def test_the_more_share_it_the_less_it_says(one, other, crowd, more):
    wider = Crowd({way: number + more for way, number in crowd.ways.items()}, crowd.namesakes + more)

    assert judge(one, other, wider).likeness <= judge(one, other, crowd).likeness
