"""Through whom to reach a person (rule 4.13): worked example 6, and a comparison with trying every way."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationships.conversation import Edge, Limits, Standing, best_paths, is_sought, steps_onto
from tests.examples import tried

LIMITS = Limits(steps=3, from_score=2, strongest=3, paths=3, target=1)
COACH, SUPPORTER = Standing(3), Standing(2)


def found(target, edges, standings, limits=LIMITS):
    return [path.people for path in best_paths(target, edges, standings, limits)]


def test_worked_example_6():
    edges = [Edge("X", "CFO", 3), Edge("CFO", "CEO", 2), Edge("Y", "CEO", 1)]

    paths = best_paths("CEO", edges, {"X": COACH, "Y": SUPPORTER, "CEO": Standing(0)}, LIMITS)

    assert [(path.people, path.weight) for path in paths] == [
        (("X", "CFO", "CEO"), Fraction(2, 3)),
        (("Y", "CEO"), Fraction(1, 3)),
    ]


def test_nobody_to_begin_with_is_no_path():
    assert found("CEO", [Edge("Y", "CEO", 3)], {"Y": Standing(1)}) == []
    assert found("CEO", [Edge("Y", "CEO", 3)], {}) == []


@pytest.mark.parametrize(
    "start",
    [
        Standing(2, is_expired=True),
        Standing(3, is_lost=True),
        Standing(3, is_against_us=True),
        Standing(3, is_disputed=True),
    ],
    ids=["expired", "lost", "against us", "in dispute"],
)
def test_who_cannot_speak_for_us_opens_no_path(start):
    assert found("CEO", [Edge("Y", "CEO", 3)], {"Y": start}) == []


@pytest.mark.parametrize("between", [Standing(-1), Standing(-1, is_expired=True), Standing(2, is_against_us=True)])
def test_no_path_leads_through_an_opponent(between):
    edges = [Edge("X", "CFO", 3), Edge("CFO", "CEO", 3)]

    assert found("CEO", edges, {"X": COACH, "CFO": between}) == []


@pytest.mark.parametrize("between", [Standing(), Standing(0), Standing(3, is_lost=True), Standing(2, is_disputed=True)])
def test_whoever_is_no_opponent_passes_a_word_on(between):
    edges = [Edge("X", "CFO", 3), Edge("CFO", "CEO", 3)]

    assert found("CEO", edges, {"X": COACH, "CFO": between}) == [("X", "CFO", "CEO")]


@pytest.mark.parametrize(
    ("standing", "target", "sought"),
    [
        (Standing(), None, True),
        (Standing(), 0, True),
        (Standing(0), None, True),
        (Standing(1), None, False),
        (Standing(1), 2, True),
        (Standing(2), 2, False),
        (Standing(0), 0, False),
        (Standing(2, is_expired=True), None, True),
        (Standing(2, is_disputed=True), None, True),
    ],
)
def test_who_is_sought_is_below_the_target_of_the_plan_or_of_the_rule(standing, target, sought):
    assert is_sought(standing, target, LIMITS) == sought


def test_an_opponent_is_reached_all_the_same():
    assert found("CEO", [Edge("X", "CEO", 3)], {"X": COACH, "CEO": Standing(-1)}) == [("X", "CEO")]


@pytest.mark.parametrize("conflict", [Edge("X", "CEO", 1, is_conflict=True), Edge("CEO", "X", 3, is_conflict=True)])
def test_a_conflict_either_way_rules_the_step_out(conflict):
    assert found("CEO", [Edge("X", "CEO", 3), conflict], {"X": COACH}) == []


def test_of_several_edges_the_strongest_counts():
    assert steps_onto([Edge("X", "CEO", 1), Edge("X", "CEO", 3), Edge("X", "CEO", 2)]) == {"CEO": {"X": 3}}


def test_four_steps_are_too_many():
    edges = [Edge(a, b, 3) for a, b in ("XP", "PQ", "QR")] + [Edge("R", "CEO", 3)]

    assert found("CEO", edges, {"X": COACH}) == []
    assert found("CEO", edges[1:], {"P": COACH}) == [("P", "Q", "R", "CEO")]


def test_fewer_steps_then_the_latest_contact_among_equals():
    edges = [Edge("X", "P", 3), Edge("P", "CEO", 3), Edge("Y", "CEO", 3), Edge("Z", "CEO", 3)]
    met = {"X": COACH, "Y": Standing(2, last_contact=date(2026, 1, 1)), "Z": Standing(2, last_contact=date(2026, 5, 1))}

    assert [path[0] for path in found("CEO", edges, met)] == ["Z", "Y", "X"]


def test_the_rest_is_settled_by_power_level_and_name():
    met = {
        "P": Standing(2, power=1, rank=2, name="P"),
        "Q": Standing(2, power=2, rank=1, name="Q"),
        "R": Standing(2, power=1, rank=2, name="O"),
        "S": Standing(2, power=2, rank=2, name="S"),
    }

    four = found("CEO", [Edge(each, "CEO", 3) for each in met], met, replace(LIMITS, paths=4))

    assert four == [("S", "CEO"), ("Q", "CEO"), ("R", "CEO"), ("P", "CEO")]


def test_behind_one_step_the_best_of_many_ways_are_found():
    behind = [Edge("P", each, strength) for each, strength in (("A", 1), ("B", 2), ("X", 3), ("C", 3), ("D", 2))]
    edges = [Edge("X", "P", 3), *behind, *(Edge(each, "CEO", 3) for each in "ABCD"), Edge("X", "CEO", 1)]
    standings = {"X": COACH, "B": Standing(name="B"), "D": Standing(name="D")}

    paths = found("CEO", edges, standings)

    assert paths == [("X", "P", "C", "CEO"), ("X", "P", "B", "CEO"), ("X", "P", "D", "CEO")]


def test_the_numbers_come_from_the_policy():
    edges = [Edge("X", "CFO", 3), Edge("CFO", "CEO", 2), Edge("Y", "CEO", 1)]
    met = {"X": COACH, "Y": SUPPORTER}

    assert found("CEO", edges, met, replace(LIMITS, steps=1)) == [("Y", "CEO")]
    assert found("CEO", edges, met, replace(LIMITS, from_score=3)) == [("X", "CFO", "CEO")]
    assert found("CEO", edges, met, replace(LIMITS, paths=1)) == [("X", "CFO", "CEO")]


@pytest.mark.parametrize("openers", [0, 1, 2, 100])
def test_where_everybody_knows_everybody_no_edge_is_walked_again_and_again(openers):
    class Counted(dict):
        looks = 0

        def get(self, *args):
            self.looks += 1
            return super().get(*args)

    edges = [Edge(one, other, 3) for one in range(100) for other in range(100) if one != other]
    standings = Counted({n: Standing(3 if 0 < n <= openers else 0, name=f"{n:02}") for n in range(100)})

    paths = best_paths(0, edges, standings, LIMITS)

    assert len({path.people[0] for path in paths}) == min(openers, 3)
    assert standings.looks < 20 * len(edges)


def test_different_people_come_first():
    edges = [Edge("X", "CEO", 3), Edge("X", "P", 3), Edge("P", "CEO", 3), Edge("Y", "CEO", 1)]

    assert found("CEO", edges, {"X": COACH, "Y": SUPPORTER}) == [("X", "CEO"), ("Y", "CEO"), ("X", "P", "CEO")]


people = st.sampled_from("ABCDE")
edges_among_few = st.lists(
    st.builds(Edge, people, people, st.integers(1, 3), st.sampled_from([False, False, True])), max_size=12
)
standings_of_few = st.dictionaries(
    people,
    st.builds(
        Standing,
        score=st.sampled_from([None, -1, 0, 2, 3]),
        is_expired=st.booleans(),
        is_lost=st.sampled_from([False, False, True]),
        is_disputed=st.sampled_from([False, False, True]),
        is_against_us=st.sampled_from([False, False, True]),
        last_contact=st.sampled_from([None, date(2026, 1, 1), date(2026, 5, 1)]),
    ),
)


def every_way(target, edges, standings):
    """All ways there are, tried one by one."""
    torn = {frozenset((edge.source, edge.target)) for edge in edges if edge.is_conflict}
    for steps in (1, 2, 3):
        for start in permutations([each for each in "ABCDE" if each != target], steps):
            way = (*start, target)
            weight = Fraction(1)
            for one, next_one in zip(way, way[1:], strict=False):
                strengths = [e.strength for e in edges if (e.source, e.target) == (one, next_one) and not e.is_conflict]
                weight *= 0 if frozenset((one, next_one)) in torn else Fraction(max(strengths, default=0), 3)
            first = standings.get(start[0], Standing())
            through = [standings.get(each, Standing()) for each in start]
            barred = any(each.is_against_us or each.score == -1 for each in through)
            fit = (first.score or 0) >= 2 and not (first.is_expired or first.is_lost or first.is_disputed)
            if weight and not barred and fit:
                yield way, weight


@tried(1000)
@given(edges_among_few, standings_of_few)
def test_it_finds_what_trying_every_way_finds(edges, standings):
    def rank(way, weight):
        met = standings[way[0]].last_contact
        return -weight, len(way), -met.toordinal() if met else 0

    ranks = {}
    for way, weight in every_way("A", edges, standings):
        ranks.setdefault(way[0], []).append(rank(way, weight))
    best = sorted(min(each) for each in ranks.values())[:3]
    rest = sorted(each for some in ranks.values() for each in sorted(some)[1:])

    paths = best_paths("A", edges, standings, LIMITS)

    assert [rank(path.people, path.weight) for path in paths] == (best + rest)[:3]


@tried(1000)
@given(edges_among_few, standings_of_few, st.data())
def test_the_order_in_which_edges_come_makes_no_difference(edges, standings, data):
    named = {each: replace(standings.get(each, Standing()), name=each) for each in "ABCDE"}
    shuffled = data.draw(st.permutations(edges))

    assert best_paths("A", shuffled, named, LIMITS) == best_paths("A", edges, named, LIMITS)


@tried(1000)
@given(edges_among_few, standings_of_few)
def test_a_path_never_visits_anybody_twice_nor_is_told_twice(edges, standings):
    paths = found("A", edges, standings)

    assert all(len(set(path)) == len(path) <= LIMITS.steps + 1 for path in paths)
    assert len(set(paths)) == len(paths) <= LIMITS.paths
