"""How an opportunity stands (rule 4.11): worked example 5, and what holds whatever the stances."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from relationships.support import (
    LOWEST,
    Limits,
    Told,
    Voice,
    lead,
    opponents,
    preferred,
    rounded,
    support,
    to_win,
    vacant,
)
from tests.examples import tried

TODAY = date(2026, 6, 1)
LIMITS = Limits(fresh_days=180, vacant_power={"A": 3, "D": 3, "E": 2}, win_from_power=2)
SUPPLIERS = ("us", "Norddata", "Hanwei")


def voice(name: str, power: int, us: int | None = None, *, on: date = TODAY, rank: int = 0, **others: int) -> Voice:
    told = {"us": us, **others}
    return Voice(name, power, rank, name, {who: Told(value, on) for who, value in told.items() if value is not None})


EXAMPLE = [voice("A", 3, 1), voice("D", 3, -1), voice("E", 2, 2), voice("I", 1)]

stances = st.dictionaries(
    st.sampled_from(SUPPLIERS),
    st.builds(Told, st.integers(-2, 2), st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days))),
)
voices = st.lists(
    st.builds(
        Voice,
        person=st.one_of(st.none(), st.integers(1, 99)),
        power=st.integers(1, 3),
        rank=st.integers(0, 2),
        name=st.sampled_from(["Chen", "Li", "Sun"]),
        stances=stances,
    ),
    max_size=8,
)


def shown(some):
    found = support(some, "us", TODAY, LIMITS)
    return rounded(found.index), rounded(found.at_worst), rounded(found.known)


def test_worked_example_5():
    assert shown(EXAMPLE) == (25, 11, 89)
    assert [each.name for each in to_win(EXAMPLE, "us", (), TODAY, LIMITS)] == ["D"]


def test_worked_example_5_with_the_bad_stance_erased():
    assert shown([replace(each, stances={}) if each.name == "D" else each for each in EXAMPLE]) == (70, -6, 56)


def test_of_nobody_there_is_no_figure():
    assert shown([]) == (None, None, None)
    assert shown([voice("A", 3)]) == (None, -100, 0)


def test_a_vacant_seat_is_an_unknown_of_its_power_and_only_of_three_letters():
    seats = vacant("ADSEI", LIMITS)

    assert [each.power for each in seats] == [3, 3, 2]
    assert shown([voice("S", 2, 2), *seats]) == (100, -60, 20)
    assert to_win(seats, "us", (), TODAY, LIMITS) == []


def test_a_stance_of_180_days_is_known_and_a_day_later_unknown():
    assert shown([voice("A", 3, 1, on=TODAY - timedelta(days=180))]) == (50, 50, 100)
    assert shown([voice("A", 3, 1, on=TODAY - timedelta(days=181))]) == (None, -100, 0)


def test_the_lead_is_over_the_strongest_competitor_among_whom_both_are_known_of():
    some = [voice("A", 3, 2, Norddata=1, Hanwei=-2), voice("D", 1, 0, Norddata=2), voice("E", 2, 2)]

    found = lead(some, "us", ("Norddata", "Hanwei"), TODAY, LIMITS)

    assert (rounded(found.by), found.over, found.people) == (13, "Norddata", 2)  # (3 × 1 − 1 × 2) ÷ (2 × 4) = 12.5
    assert lead(some, "us", ("Nobody",), TODAY, LIMITS) is None


def test_whom_to_win_unknown_first_then_by_power_level_and_name():
    some = [
        voice("Zhou", 3, 0),
        voice("Bao", 2, 1, Norddata=2),
        voice("Chen", 2),
        voice("Li", 2, 1, Norddata=1),
        voice("Ma", 3, -1, rank=2),
        voice("An", 3, 0),
        voice("Weak", 1),
    ]

    assert [each.name for each in to_win(some, "us", ("Norddata",), TODAY, LIMITS)] == [
        "Chen",
        "Ma",
        "An",
        "Zhou",
        "Bao",
    ]


def test_it_names_who_prefers_whom_and_who_is_against_us():
    torn = voice("D", 3, -1, Norddata=1, Hanwei=-2)

    assert preferred(torn, "us", ("Norddata", "Hanwei"), TODAY, LIMITS) == ["Norddata"]
    assert opponents([torn, voice("A", 3, 0)], "us", TODAY, LIMITS) == [torn]


@tried(1000)
@given(voices)
def test_figures_stay_in_their_range_and_the_worst_is_never_better(some):
    found = support(some, "us", TODAY, LIMITS)

    assert found.at_worst is None or -100 <= found.at_worst <= 100
    assert found.index is None or found.at_worst <= found.index <= 100
    assert found.known is None or 0 <= found.known <= 100


@tried(1000)
@given(voices, st.data())
def test_erasing_a_stance_never_makes_the_worst_better(some, data):
    known = [n for n, each in enumerate(some) if "us" in each.stances]
    if not known:
        return
    place = data.draw(st.sampled_from(known))
    less = [replace(each, stances={}) if n == place else each for n, each in enumerate(some)]

    assert support(less, "us", TODAY, LIMITS).at_worst <= support(some, "us", TODAY, LIMITS).at_worst


@tried(1000)
@given(voices)
def test_the_order_in_which_voices_come_makes_no_difference(some):
    assert support(some, "us", TODAY, LIMITS) == support(some[::-1], "us", TODAY, LIMITS)


@tried(1000)
@given(voices)
def test_whoever_is_against_us_and_has_power_is_to_be_won(some):
    wanted = to_win(some, "us", SUPPLIERS[1:], TODAY, LIMITS)

    assert all(each in wanted for each in opponents(some, "us", TODAY, LIMITS) if each.person and each.power >= 2)
    assert all(each.power >= 2 for each in wanted)


def test_all_unknown_is_as_bad_as_all_against():
    assert support([voice("A", 3), voice("D", 2)], "us", TODAY, LIMITS).at_worst == 50 * LOWEST


def test_a_key_that_counts_as_nothing_is_a_person_all_the_same():
    assert to_win([Voice(0, 3)], "us", (), TODAY, LIMITS) == [Voice(0, 3)]


def test_figures_are_shown_with_halves_away_from_zero():
    assert [rounded(Fraction(n, 2)) for n in (1, -1, 3, -3, 0)] == [1, -1, 2, -2, 0]
    assert (rounded(Fraction(49, 100)), rounded(Fraction(-49, 100)), rounded(None)) == (0, 0, None)


def test_each_supplier_has_its_own_figures():
    some = [voice("A", 3, -1, Norddata=2), voice("D", 1, Norddata=-2)]
    theirs = support(some, "Norddata", TODAY, LIMITS)

    assert shown(some) == (-50, -63, 75)
    assert (theirs.index, theirs.at_worst, theirs.known) == (50, 50, 100)


@tried(1000)
@given(voices)
def test_the_lead_is_the_smallest_and_stays_in_its_range(some):
    found = lead(some, "us", SUPPLIERS[1:], TODAY, LIMITS)
    each = [one for rival in SUPPLIERS[1:] if (one := lead(some, "us", (rival,), TODAY, LIMITS))]

    assert (found is None) == (not each)
    assert found is None or (-200 <= found.by <= 200 and found.by == min(one.by for one in each))
    assert found is None or 0 < found.people <= len(some)
