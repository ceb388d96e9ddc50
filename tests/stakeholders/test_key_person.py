"""Rule 4.2, word by word: on the pure function, and on rows."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.derived import refresh_turning
from stakeholders.key_person import Because, Edge, Facts, Override, deciding_class, judge
from stakeholders.models import DecisionRole, Influence, Position
from stakeholders.policy_changes import change_key_policy, change_role_powers
from tests.examples import tried
from tests.factories import AccountFactory, OpportunityFactory, StakeholderFactory, role

facts = st.builds(
    Facts,
    is_executive=st.booleans(),
    letters=st.frozensets(st.sampled_from("ADSEI")),
    edges=st.lists(st.builds(Edge, st.integers(1, 3), st.booleans()), max_size=3).map(tuple),
    is_rising=st.booleans(),
    override=st.sampled_from(Override),
)


@tried(2000)
@given(facts, st.integers(1, 3))
def test_the_lowest_class_wins_and_the_override_over_it(given_facts, min_strength):
    classes = [1] if given_facts.is_executive else []
    classes += [2] if given_facts.letters & set("ADE") else []
    pulls = any(edge.onto_deciding_person and edge.strength >= min_strength for edge in given_facts.edges)
    classes += [3] if pulls or given_facts.is_rising else []

    found = judge(given_facts, min_strength)

    assert found.key_class == min(classes, default=0)
    assert found.is_key == {Override.IN: True, Override.OUT: False}.get(given_facts.override, bool(classes))
    assert found.rank == (9 if not found.is_key else found.key_class or 3)


@pytest.mark.parametrize(
    ("given_facts", "because"),
    [
        (Facts(is_executive=True, letters=frozenset("D")), Because.EXECUTIVE),
        (Facts(letters=frozenset("E")), Because.ROLE),
        (Facts(edges=(Edge(2, True),), is_rising=True), Because.INFLUENCE),
        (Facts(is_rising=True), Because.RISING),
        (Facts(letters=frozenset("SI"), edges=(Edge(1, True), Edge(3, False))), Because.NOTHING),
        (Facts(override=Override.IN), Because.MARKED_IN),
        (Facts(is_executive=True, override=Override.IN), Because.EXECUTIVE),
        (Facts(is_executive=True, override=Override.OUT), Because.MARKED_OUT),
    ],
)
def test_the_judgement_says_why(given_facts, because):
    assert judge(given_facts, 2).because == because


def test_an_override_makes_nobody_a_decider():
    assert deciding_class(Facts(override=Override.IN)) == 0


@pytest.fixture
def boss(acme):
    return StakeholderFactory(account=acme, level="executive")


@pytest.fixture
def aide(acme):
    return StakeholderFactory(account=acme)


@pytest.fixture
def clerk(acme):
    return StakeholderFactory(account=acme)


def status(person):
    person.refresh_from_db()
    return person.key_class, person.is_key, person.key_because


def test_influence_is_not_handed_on(boss, aide, clerk):
    Influence.draw(aide, boss, by=None, strength=2)
    Influence.draw(clerk, aide, by=None, strength=3)

    assert status(aide) == (3, True, "influence")
    assert status(clerk) == (0, False, "nothing")


def test_a_conflict_or_a_weak_edge_makes_nobody_key(boss, aide, clerk):
    Influence.draw(aide, boss, by=None, strength=3, tone="conflict")
    Influence.draw(clerk, boss, by=None, strength=1)

    assert status(aide)[1] is status(clerk)[1] is False


def test_a_role_given_to_one_makes_key_who_moves_them_and_raises_their_alerts(aide, clerk):
    Influence.draw(aide, clerk, by=None, strength=2)
    assert not aide.contact_states.get().raises_alerts

    given_role = role(clerk, "D")

    assert status(aide) == (3, True, "influence")
    assert aide.contact_states.get().raises_alerts

    given_role.end(clerk.account.today(), by=None)

    assert status(aide) == (0, False, "nothing")
    assert not aide.contact_states.get().raises_alerts


def test_a_role_in_an_opportunity_counts_while_it_is_open(acme, ann, aide):
    deal = OpportunityFactory(account=acme)
    role(aide, "E", opportunity=deal)
    assert status(aide) == (2, True, "role")

    deal.close("won", acme.today(), by=ann)
    assert status(aide) == (0, False, "nothing")

    deal.reopen(by=ann)
    assert status(aide) == (2, True, "role")


def test_a_role_at_another_account_makes_nobody_key_at_home(aide):
    elsewhere = AccountFactory()

    DecisionRole.assign(aide, elsewhere, "D", by=None)

    assert status(aide) == (0, False, "nothing")


def test_a_decider_from_outside_is_one_where_they_decide(acme, aide):
    consultant = StakeholderFactory(account=AccountFactory(), is_outsider=True)
    DecisionRole.assign(consultant, acme, "D", by=None)

    Influence.draw(aide, consultant, by=None, strength=2)

    assert status(aide) == (3, True, "influence")
    assert status(consultant)[1] is False


def test_influence_on_who_decides_elsewhere_makes_nobody_key_here(aide):
    director = StakeholderFactory(account=AccountFactory(), level="executive")

    Influence.draw(aide, director, by=None, strength=3)

    assert status(aide) == (0, False, "nothing")


def test_an_executive_seat_beside_the_primary_post_counts(acme, aide):
    Position.begin(aide, acme, by=None, level="executive", title="Board")

    assert status(aide) == (1, True, "executive")


def test_whoever_left_is_no_key_person_and_makes_none(acme, boss, aide):
    Influence.draw(aide, boss, by=None, strength=3)

    boss.positions.get().end(acme.today(), by=None)

    assert status(boss) == (0, False, "nothing")
    assert status(aide) == (0, False, "nothing")


def test_whoever_was_removed_makes_nobody_key_until_brought_back(boss, aide, ann):
    Influence.draw(aide, boss, by=None, strength=3)

    boss.erase(by=ann)
    assert status(aide)[1] is False

    boss.bring_back(by=ann)
    assert status(aide)[1] is True


def test_the_day_is_the_accounts_own(acme, ann, time_machine):
    time_machine.move_to("2026-03-02T23:30:00Z", tick=False)
    acme.change(by=ann, time_zone="Asia/Shanghai")
    person = StakeholderFactory(account=acme)

    role(person, "D", since=acme.today())  # 3 March there, not yet in London

    assert status(person) == (2, True, "role")


def test_a_new_key_policy_judges_everybody(boss, aide, ada):
    Influence.draw(aide, boss, by=None, strength=1)

    assert change_key_policy(by=ada, min_influence_strength=1)

    assert status(aide) == (3, True, "influence")


def test_new_role_powers_leave_roles_given_before_as_they_were(aide, clerk, ada):
    before = role(aide, "I")

    change_role_powers({"I": 3}, by=ada)

    before.refresh_from_db()
    assert (before.power, role(clerk, "I").power) == (1, 3)


def test_an_edge_that_takes_force_overnight_is_seen_by_the_nightly_refresh(acme, boss, aide, time_machine):
    time_machine.move_to("2026-03-02T12:00:00Z", tick=False)
    tomorrow = acme.today() + timedelta(days=1)
    Influence.draw(aide, boss, by=None, strength=3, since=tomorrow)
    assert status(aide)[1] is False

    time_machine.shift(timedelta(days=1))
    refreshed = refresh_turning(tomorrow, acme.today() - timedelta(days=1))

    assert refreshed >= 1
    assert status(aide)[1] is True
