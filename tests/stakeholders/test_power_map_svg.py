"""What the drawing of a power map says, to eyes, to a screen reader and to a strict content policy."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.power_map.layout import lay_out
from stakeholders.power_map.scene import Card, Clock, Pull, RoleMark, Stone
from stakeholders.power_map.svg import draw
from stakeholders.power_map.widths import WIDEST
from stakeholders.power_map.words import Words
from tests.examples import tried

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words(
    map="Power map",
    key="key person",
    vacant="vacant",
    outsider="from outside",
    changed="changed",
    expired="expired",
    disputed="in dispute",
    inherited="inherited",
    counterpart="with {}".format,
    folded="{} more below".format,
)
FULL = Card(
    "sun",
    "Sun Li 孙丽",
    "Head of operations",
    above="zhou",
    unit="it",
    roles=(RoleMark("E", is_primary=True), RoleMark("S", is_inherited=True)),
    stone=Stone("3", "3", "coach", is_expired=True, is_disputed=True),
    clock=Clock("3 d", "late", "met 3 days ago"),
    is_key=True,
    counterpart="Anna Weber",
    is_outsider=True,
    is_changed=True,
    url="/people/7/?a=1&b=2",
)
ABOVE = Card("zhou", "Zhou Min", unit="it")


def drawn(*cards, **asked):
    return ElementTree.fromstring(draw(lay_out(cards, **asked), words=WORDS))


def classed(root, css):
    return [node for node in root.iter() if css in node.get("class", "").split()]


def texts(nodes):
    return ["".join(node.itertext()) for node in nodes]


def test_a_card_bears_its_marks():
    root = drawn(ABOVE, FULL)
    card = classed(root, "map-card")[1]

    assert card.get("data-key") == "sun"
    assert {*classed(card, "map-box")[0].get("class").split()} == {
        "map-box", "is-key", "is-outsider", "is-changed"}  # fmt: skip
    assert texts(classed(card, "map-name")) == ["Sun Li 孙丽"]
    assert texts(classed(card, "map-title")) == ["Head of operations"]
    assert [(role.get("class"), *texts([role])) for role in classed(card, "map-role")] == [
        ("map-role main", "E"), ("map-role inherited", "S")]  # fmt: skip
    assert classed(card, "map-stone")[0].get("class") == "map-stone s-3 expired"
    assert classed(card, "map-clock")[0].get("class") == "map-clock late"
    assert texts(classed(card, "map-counterpart")) == ["Anna WeberAW"]
    assert card.find(f"{SVG}a").get("href") == "/people/7/?a=1&b=2"


def test_a_card_says_all_of_it_to_a_screen_reader():
    root = drawn(ABOVE, FULL)
    first, second = classed(root, "map-card")

    assert root.get("role") == "tree"
    assert (second.get("role"), second.get("tabindex"), second.get("aria-level")) == ("treeitem", "-1", "2")
    assert first.get("aria-level") == "1"
    assert second.get("aria-label") == (
        "Sun Li 孙丽, Head of operations, key person, from outside, E, S (inherited), coach, expired, in dispute, "
        "met 3 days ago, with Anna Weber, changed"
    )


def test_a_vacant_seat_is_a_ghost_without_a_score():
    root = drawn(Card("seat", "Vacant", "Network", is_vacant=True))

    assert classed(root, "map-box")[0].get("class") == "map-box is-vacant"
    assert not classed(root, "map-stone")
    assert not list(root.iter(f"{SVG}a"))


@pytest.mark.parametrize("tone", ["neg", "0", "1", "2", "3", "unknown"])
@pytest.mark.parametrize("is_expired", [False, True])
def test_unknown_and_expired_are_hatched(tone, is_expired):
    stone = classed(drawn(Card("a", "A", stone=Stone(tone, "1", is_expired=is_expired))), "map-stone")[0]
    hatches = [node.get("fill") for node in stone.iter() if node.get("fill")]

    assert f"s-{tone}" in stone.get("class").split()
    assert hatches == (["url(#map-unknown)"] if tone == "unknown" else ["url(#map-expired)"] * is_expired)


def test_lines_say_what_they_are():
    pulls = [
        Pull("sun", "zhou", 9, is_conflict=True, points=(), is_informal=True, told="Sun against Zhou"),
        Pull("zhou", "sun", 2, is_conflict=False, points=()),
    ]
    root = drawn(ABOVE, FULL, units={"it": "IT 信息部"}, pulls=pulls)

    assert [pull.get("class") for pull in classed(root, "map-pull")] == [
        "map-pull of-3 is-conflict is-informal", "map-pull of-2"]  # fmt: skip
    assert classed(root, "map-pull")[0].find(f"{SVG}title").text == "Sun against Zhou"
    assert len(classed(root, "map-cross")) == len(classed(root, "map-tie")) == 1
    assert texts(classed(root, "map-area")) == ["IT 信息部"]


def test_what_is_folded_away_is_counted():
    root = drawn(ABOVE, FULL, folded_below=1)

    assert texts(classed(root, "map-fold")) == ["+1"]
    assert classed(root, "map-card")[0].get("aria-expanded") == "false"
    assert classed(root, "map-card")[0].get("aria-label").endswith("1 more below")


def test_a_long_name_is_cut_and_told_in_full():
    long = "Aleksandra Konstantinopolska-Wiśniewska 亚历山德拉"
    name = classed(drawn(Card("a", long)), "map-name")[0]
    title = name.find(f"{SVG}title")

    assert title.text == long
    assert title.tail.endswith("…")
    assert long.startswith(title.tail[:-1])


@tried(300)
@given(st.text("李Wim e", max_size=24), st.sampled_from(["", "Anna Weber"]), st.text("天d 1", max_size=8))
def test_nothing_is_cut_on_a_card_that_could_be_wider(name, counterpart, clock):
    scene = lay_out([replace(FULL, name=name, counterpart=counterpart, clock=Clock(clock))])

    assert scene.boxes[0].width == WIDEST or "…" not in draw(scene, words=WORDS)


def test_a_name_that_fits_needs_no_title():
    assert classed(drawn(Card("a", "Li")), "map-name")[0].find(f"{SVG}title") is None


HATCHES = {None, "url(#map-unknown)", "url(#map-expired)"}
EVIL = "<script>alert(1)</script>\"'&\x00\x0b\ud800"


def test_nothing_typed_becomes_markup():
    evil = replace(
        FULL, key=EVIL, name=EVIL, title=EVIL, counterpart=EVIL, url=EVIL, unit=EVIL, above=None,
        roles=(RoleMark(EVIL),), stone=Stone(EVIL, EVIL, EVIL), clock=Clock(EVIL, EVIL, EVIL),
    )  # fmt: skip
    other = Card("other", EVIL, above=EVIL, unit=EVIL)
    pull = Pull("other", EVIL, 1, is_conflict=False, points=(), told=EVIL)
    markup = draw(lay_out([evil, other], units={EVIL: EVIL}, pulls=[pull]), words=replace(WORDS, map=EVIL))

    assert "<script" not in markup
    assert not list(ElementTree.fromstring(markup).iter(f"{SVG}script"))
    markup.encode()


@tried(500)
@given(st.text(), st.text(), st.text())
def test_any_text_makes_a_drawing_that_can_be_read_and_sent(name, title, counterpart):
    markup = draw(lay_out([replace(FULL, name=name, title=title, counterpart=counterpart)]), words=WORDS)

    assert ElementTree.fromstring(markup.encode()).tag == f"{SVG}svg"


def test_no_style_and_no_colour_is_written_into_it():
    markup = draw(lay_out([ABOVE, FULL], units={"it": "IT"}), words=WORDS)

    assert "style" not in markup
    assert {node.get("fill") for node in ElementTree.fromstring(markup).iter()} <= HATCHES
    assert not any(node.get("stroke") for node in ElementTree.fromstring(markup).iter())


def test_the_view_holds_the_map():
    scene = lay_out([ABOVE, FULL])
    left, top, width, height = map(float, drawn(ABOVE, FULL).get("viewBox").split())

    assert (left, top) == (0, 0)
    assert (width, height) == pytest.approx((scene.width, scene.height), abs=0.1)
