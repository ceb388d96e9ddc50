"""Where cards stand on a power map, on small examples and on whatever forest comes along."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.power_map.layout import lay_out
from stakeholders.power_map.scene import Card, Clock, Pull, RoleMark
from stakeholders.power_map.widths import NARROWEST, WIDEST, cut, initials, text_width
from tests.examples import tried

NAMES = ["李", "Li Wei", "Chen Guohua 陈国华", "Aleksandra Konstantinopolska-Wiśniewska", "", "m" * 40]
UNITS = [None, "it", "finance", "law"]
NAMED = {"it": "IT 信息部", "finance": "Finance"}


@st.composite
def forests(draw):
    """Cards in any order, each below an earlier one, below nobody, or below somebody who is not there."""
    drawn = draw(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(NAMES), st.sampled_from(UNITS)), max_size=60))
    bosses = [None, "gone", *(f"k{index}" for index in range(len(drawn)))]
    return [
        Card(f"k{index}", name, above=bosses[int(at * (index + 1.99))], unit=unit)
        for index, (at, name, unit) in enumerate(drawn)
    ]


def trees(cards):
    """Forests of few, deep trees, whose units run in families."""
    units = {}
    for card in cards:
        units[card.key] = units.get(card.above, card.unit) or card.unit
    return [Card(card.key, card.name, above=card.above, unit=units[card.key]) for card in cards]


def rows(scene):
    found = defaultdict(list)
    for box in scene.boxes:
        found[box.y].append(box)
    return [sorted(row, key=lambda box: box.x) for _, row in sorted(found.items())]


def middle(box):
    return box.x + box.width / 2


def families(scene):
    found = defaultdict(list)
    for tie in scene.ties:
        found[tie.above].append(scene.by_key[tie.below])
    return [(scene.by_key[above], below) for above, below in found.items()]


@tried(1000)
@given(forests())
def test_no_card_stands_on_another_and_all_stand_on_the_map(cards):
    scene = lay_out(cards, units=NAMED)

    assert all(one.x + one.width < other.x for row in rows(scene) for one, other in pairwise(row))
    assert all(one[0].y + one[0].height < other[0].y for one, other in pairwise(rows(scene)))
    assert all(box.x >= 0 and box.x + box.width <= scene.width for box in scene.boxes)
    assert all(box.y >= 0 and box.y + box.height <= scene.height for box in scene.boxes)
    assert {box.card.key for box in scene.boxes} | {card.key for card in scene.unplaced} == {card.key for card in cards}


@tried(1000)
@given(forests())
def test_whoever_is_above_stands_over_the_middle_of_first_and_last_and_order_is_kept(cards):
    given_order = {card.key: index for index, card in enumerate(cards)}

    for above, below in families(lay_out(cards, units=NAMED)):
        assert middle(above) == pytest.approx((middle(below[0]) + middle(below[-1])) / 2, abs=0.001)
        assert all(one.x < other.x for one, other in pairwise(below))
        assert [box.card.key for box in below] == sorted((b.card.key for b in below), key=given_order.__getitem__)


@tried(500)
@given(forests(), st.integers(0, 4), st.frozensets(st.integers(0, 60).map("k{}".format)))
def test_the_same_cards_stand_in_the_same_places_and_none_is_lost_by_folding(cards, level, open_keys):
    asked = {"units": NAMED, "folded_below": level, "open_keys": open_keys}
    scene = lay_out(cards, **asked)

    assert scene == lay_out(cards, **asked)
    assert len(scene.boxes) + sum(box.folded for box in scene.boxes) + len(scene.unplaced) == len(cards)


@tried(1000)
@given(forests().map(trees))
def test_a_ground_bears_its_own_people_only_and_no_other_ground(cards):
    scene = lay_out(cards, units=NAMED)

    for area in scene.areas:
        own = {box.card.key for box in scene.boxes if box.card.unit == area.key}
        assert len(own) >= 2
        assert {box.card.key for box in scene.boxes if touches(area, box)} == own
        assert not any(touches(area, other) for other in scene.areas if other is not area)
        assert area.x >= 0
        assert area.y >= 0


def touches(one, other):
    is_beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not is_beside and one.y < other.y + other.height and other.y < one.y + one.height


@tried(500)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=12))
def test_any_lines_at_all_come_to_an_end(lines):
    cards = [Card(str(key), "Li", above=str(above)) for key, above in lines]
    scene = lay_out(cards)

    assert {box.card.key for box in scene.boxes} | {c.key for c in scene.unplaced} == {c.key for c in cards}
    assert len(scene.boxes) + len(scene.unplaced) == len({card.key for card in cards})


def test_a_circle_is_opened_where_it_is_met_first():
    scene = lay_out(
        [Card("a", "A", above="c"), Card("b", "B", above="a"), Card("c", "C", above="b"), Card("d", "D", above="d")]
    )

    assert [(tie.above, tie.below) for tie in scene.ties] == [("a", "b"), ("b", "c")]
    assert [card.key for card in scene.unplaced] == ["d"]


@pytest.mark.parametrize("leaf_too", [False, True], ids=["chain", "chain with leaves"])
def test_a_chain_of_five_thousand_is_no_trouble(leaf_too):
    cards = [Card(str(step), "Li", above=str(step - 1) if step else None) for step in range(5000)]
    if leaf_too:
        cards += [Card(f"leaf {step}", "Ma", above=str(step)) for step in range(4999)]
    scene = lay_out(cards)

    assert len(scene.ties) == len(cards) - 1
    assert max(box.y for box in scene.boxes) == scene.by_key["4999"].y


def test_nobody_makes_an_empty_map():
    scene = lay_out([])

    assert (scene.boxes, scene.ties, scene.unplaced) == ((), (), ())
    assert scene.width > 0
    assert scene.height > 0


def test_small_ones_between_two_deep_ones_are_spread():
    deep = [Card(f"{side}{leaf}", "Li", above=side) for side in "ad" for leaf in range(4)]
    top = [Card("top", "Top"), *(Card(key, key, above="top") for key in "abcd")]
    scene = lay_out(top + deep)
    first, second, third, last = (middle(scene.by_key[key]) for key in "abcd")

    assert second - first == pytest.approx(third - second)
    assert third - second == pytest.approx(last - third)


def test_whoever_has_no_line_waits_beside_a_tree_and_makes_the_map_where_there_is_none():
    alone, tree = [Card("x", "X"), Card("y", "Y", above="gone")], [Card("a", "A"), Card("b", "B", above="a")]

    assert [card.key for card in lay_out(alone + tree).unplaced] == ["x", "y"]
    assert lay_out(alone).unplaced == ()
    assert len({box.y for box in lay_out(alone).boxes}) == 1


def test_what_lies_deep_is_folded_and_counted_but_for_what_is_open():
    cards = [Card("a", "A"), Card("b", "B", above="a"), Card("c", "C", above="b"), Card("d", "D", above="c")]
    cards += [Card("e", "E", above="a"), Card("f", "F", above="e")]

    assert told_of(lay_out(cards, folded_below=2)) == {"a": 0, "b": 2, "e": 1}
    assert told_of(lay_out(cards, folded_below=2, open_keys=frozenset("b"))) == {"a": 0, "b": 0, "c": 1, "e": 1}
    assert told_of(lay_out(cards, folded_below=0)) == {"a": 5}
    assert told_of(lay_out(cards)) == dict.fromkeys("abcdef", 0)


def told_of(scene):
    return {key: scene.by_key[key].folded for key in sorted(scene.by_key)}


def test_a_tie_leaves_below_and_arrives_on_top_in_right_angles():
    scene = lay_out([Card("a", "A"), Card("b", "B", above="a"), Card("c", "C", above="a")])

    for tie in scene.ties:
        above, below = scene.by_key[tie.above], scene.by_key[tie.below]
        assert tie.points[0] == (middle(above), above.y + above.height)
        assert tie.points[-1] == (middle(below), below.y)
        assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(tie.points))


def test_a_pull_runs_from_edge_to_edge_where_both_are_shown():
    cards = [Card("a", "A"), Card("b", "B", above="a"), Card("c", "C", above="a"), Card("d", "D", above="c")]
    asked = [("b", "a"), ("a", "b"), ("b", "c"), ("b", "d"), ("b", "gone"), ("b", "b")]
    scene = lay_out(cards, folded_below=2, pulls=[Pull(*ends, 1, False, ()) for ends in asked])

    assert [(pull.source, pull.target) for pull in scene.pulls] == asked[:3]
    for pull in scene.pulls:
        for end, (x, y) in ((pull.source, pull.points[0]), (pull.target, pull.points[-1])):
            box = scene.by_key[end]
            assert box.x < x < box.x + box.width
            assert y in (box.y, box.y + box.height)
    assert len(scene.pulls[0].points) == 4


def test_departments_stand_on_their_grounds_and_a_mixed_one_does_not():
    cards = [Card("a", "A"), Card("b", "B", above="a", unit="it"), Card("c", "C", above="b", unit="it")]
    cards += [Card("d", "D", above="a", unit="finance"), Card("e", "E", above="d", unit="law")]
    cards += [Card("f", "F", above="a", unit="law")]
    scene = lay_out(cards, units={"it": "IT", "finance": "Finance", "law": "Law", "art": "Art"})

    assert [(area.key, area.name) for area in scene.areas] == [("it", "IT")]


@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_as_wide_as_its_text_within_bounds(name):
    roles = (RoleMark("E"), RoleMark("S"), RoleMark("I"))
    plain, full = (lay_out([card]).boxes[0].width for card in (
        Card("a", name), Card("a", name, roles=roles, clock=Clock("从未见面过"), counterpart="Ann")))  # fmt: skip

    assert NARROWEST <= plain <= full <= WIDEST


@pytest.mark.parametrize(
    ("text", "shown"),
    [("陈国华", "陈国华"), ("陈国华先生与夫人", "陈国华先…"), ("e\u0301" * 40, "e\u0301" * 7 + "…"), ("", "")],
)
def test_text_is_cut_to_its_room_between_whole_characters(text, shown):
    assert cut(text, 50, 10) == shown
    assert text_width(shown, 10) <= 50


@pytest.mark.parametrize(
    ("name", "short"),
    [("Anna Weber", "AW"), ("王伟", "王伟"), ("欧阳修", "阳修"), ("Cher", "C"), ("", ""), ("jean van damme", "JD")],
)
def test_our_counterpart_is_two_characters(name, short):
    assert initials(name) == short
