"""Who holds which role of a chain (rule 4.1): the pure judgement."""

from hypothesis import given
from hypothesis import strategies as st

from stakeholders.chain import LETTERS, Held, held, seats, voices
from tests.examples import tried

roles = st.lists(
    st.builds(
        Held,
        key=st.uuids(),
        person=st.sampled_from(["Chen", "Zhou", "Li", "Sun"]),
        letter=st.sampled_from(LETTERS),
        power=st.integers(1, 3),
        opportunity=st.sampled_from([None, "bid", "other"]),
    ),
    max_size=12,
)


def by_letter(chain):
    return {seat.letter: seat for seat in chain}


def test_a_letter_without_holders_of_its_own_shows_the_standing_ones():
    chen, zhou = Held(1, "Chen", "A", 3), Held(2, "Zhou", "D", 3)
    sun = Held(3, "Sun", "D", 2, opportunity="bid")

    chain = by_letter(seats([chen, zhou, sun], "bid"))

    assert (chain["A"].holders, chain["A"].is_inherited) == ((chen,), True)
    assert (chain["D"].holders, chain["D"].is_inherited) == ((sun,), False)


def test_the_standing_chain_knows_nothing_of_opportunities():
    chain = by_letter(seats([Held(1, "Sun", "D", 2, opportunity="bid")]))

    assert chain["D"].is_vacant


def test_nobody_in_a_seat_is_vacant_and_missed_where_a_deal_hangs_on_it():
    chain = by_letter(seats([Held(1, "Chen", "A", 3)], "bid"))

    assert [letter for letter in LETTERS if chain[letter].is_missed] == ["D", "E"]
    assert not any(chain[letter].is_inherited for letter in "DSEI")


def test_the_strongest_voice_stands_first_and_equals_as_given():
    weak, strong, equal = Held(1, "Li", "I", 1), Held(2, "Sun", "I", 3), Held(3, "Zhou", "I", 1)

    assert by_letter(seats([weak, strong, equal]))["I"].holders == (strong, weak, equal)


def test_a_person_with_several_roles_counts_once_with_the_highest_power():
    chain = seats([Held(1, "Li", "E", 2), Held(2, "Li", "I", 1), Held(3, "Sun", "S", 1)])

    assert voices(chain) == {"Li": 2, "Sun": 1}


@tried(1000)
@given(roles)
def test_every_letter_has_its_seat_and_every_seat_roles_of_its_own_letter(some):
    chain = seats(some, "bid")

    assert "".join(seat.letter for seat in chain) == LETTERS
    assert all(role.letter == seat.letter for seat in chain for role in seat.holders)
    assert all(role.opportunity in (None, "bid") for seat in chain for role in seat.holders)


@tried(1000)
@given(roles)
def test_own_and_standing_holders_never_share_a_seat(some):
    for seat in seats(some, "bid"):
        assert len({role.opportunity for role in seat.holders}) <= 1
        assert seat.is_inherited == any(role.opportunity is None for role in seat.holders)


@tried(1000)
@given(roles)
def test_an_opportunity_is_never_worse_covered_than_the_standing_chain(some):
    assert held(seats(some, "bid")) >= held(seats(some))


@tried(1000)
@given(roles)
def test_the_order_in_which_roles_come_changes_no_seat_and_no_voice(some):
    one, other = seats(some, "bid"), seats(some[::-1], "bid")

    assert [set(seat.holders) for seat in one] == [set(seat.holders) for seat in other]
    assert voices(one) == voices(other)


@tried(1000)
@given(roles)
def test_nobody_in_the_chain_is_without_a_voice_and_nobody_else_has_one(some):
    chain = seats(some, "bid")
    told = voices(chain)

    assert set(told) == {role.person for seat in chain for role in seat.holders}
    assert all(role.power <= told[role.person] for seat in chain for role in seat.holders)
