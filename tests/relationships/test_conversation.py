"""Through whom to reach a person (rule 4.13): worked example 6, and a comparison with trying every way."""

from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationships.conversation import Edge, Limits, Standing, best_paths, steps_onto

LIMITS = Limits(steps=3, from_score=2, strongest=3, paths=3)
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
    [Standing(2, is_expired=True), Standing(3, is_lost=True), Standing(3, is_against_us=True)],
    ids=["expired", "lost", "against us"],
)
def test_who_cannot_speak_for_us_opens_no_path(start):
    assert found("CEO", [Edge("Y", "CEO", 3)], {"Y": start}) == []


@pytest.mark.parametrize("between", [Standing(-1), Standing(-1, is_expired=True), Standing(2, is_against_us=True)])
def test_no_path_leads_through_an_opponent(between):
    edges = [Edge("X", "CFO", 3), Edge("CFO", "CEO", 3)]

    assert found("CEO", edges, {"X": COACH, "CFO": between}) == []


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
            if weight and not barred and (first.score or 0) >= 2 and not first.is_expired:
                yield way, weight


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
