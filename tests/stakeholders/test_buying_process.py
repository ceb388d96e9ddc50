"""How far the customer's own steps are, who signs next and who is passed over (rule 4.12): the pure judgement."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.buying_process import (
    LEVELS,
    Duty,
    Lack,
    Met,
    Opinion,
    Part,
    State,
    Step,
    bypass,
    next_signers,
    readiness,
)
from tests.examples import tried

DAY = date(2026, 6, 1)
BEFORE = DAY - timedelta(days=1)


def signer(person, level="", **facts):
    return Part(person, Duty.SIGNS, level=level, **facts)


def signed(person, level=""):
    return signer(person, level, signed_on=DAY)


def names(steps):
    return [part.person for part in next_signers(steps)]


NEED = Step("need", (signed("Li"),))
APPROVAL = Step("approval", (signer("Chen", "executive"),))


@pytest.mark.parametrize(
    ("part", "lack"),
    [
        (signer("Li"), Lack.SIGNATURE),
        (signer("Li", state=State.SETTLED), Lack.SIGNATURE),
        (signer("Li", signed_on=DAY), None),
        (signer("Li", refused_on=DAY), Lack.REFUSED),
        (signer("Li", signed_on=BEFORE, refused_on=DAY), Lack.REFUSED),
        (signer("Li", signed_on=DAY, refused_on=DAY), Lack.REFUSED),
        (signer("Li", signed_on=DAY, refused_on=BEFORE), None),
        (Part("Li", Duty.HANDLES), Lack.ANSWER),
        (Part("Li", Duty.ADVISES, state=State.ANSWERED), Lack.SETTLEMENT),
        (Part("Li", Duty.ADVISES, state=State.SETTLED), None),
        (Part("Li", Duty.ADVISES, signed_on=DAY), Lack.ANSWER),
    ],
)
def test_what_a_step_waits_for_of_one_person(part, lack):
    step = Step("need", (signed("Sun"), part))

    assert step.lacking == ((("Li", lack),) if lack else ())
    assert step.is_finished == (lack is None)


def test_a_step_with_nobody_named_is_unfinished_and_says_so():
    told = readiness([Step("need")])

    assert (told.finished, told.current, told.is_unnamed, told.lacking) == (0, "need", True, ())


def test_the_next_signers_are_all_unsigned_of_the_lowest_level():
    step = Step(
        "requirements",
        (signer("Chen", "executive"), signer("Ma", "manager"), signer("Bao", "manager"), signed("Li", "staff")),
    )

    assert names([NEED, step, APPROVAL]) == ["Ma", "Bao"]


def test_without_a_level_one_is_staff():
    assert names([Step("need", (signer("Ma", "manager"), signer("Li"), signer("Sun", "staff")))]) == ["Li", "Sun"]


def test_who_refused_stays_a_next_signer():
    assert names([Step("need", (signer("Li", refused_on=DAY), signer("Ma", "manager")))]) == ["Li"]


def test_a_later_step_signed_early_does_not_move_the_process_on():
    told = readiness([Step("need", (signer("Li"),)), Step("approval", (signed("Chen"),))])

    assert (told.finished, told.steps, told.current, told.next_signers) == (1, 2, "need", ("Li",))


def test_a_step_that_waits_only_for_an_answer_has_no_next_signer():
    steps = [Step("need", (signed("Li"), Part("Sun", Duty.ADVISES))), APPROVAL]

    assert readiness(steps).lacking == (("Sun", Lack.ANSWER),)
    assert names(steps) == []
    assert bypass(steps, {"Chen"}) is None


@pytest.mark.parametrize("steps", [[], [NEED]])
def test_when_all_is_finished_nobody_signs_next(steps):
    told = readiness(steps)

    assert (told.current, told.is_unnamed, told.lacking, told.next_signers) == (None, False, (), ())
    assert bypass(steps, {"Li"}) is None


REQUIREMENTS = Step(
    "requirements", (signer("Ma", "manager"), signer("Li"), signed("Wu", "executive"), Part("Sun", Duty.HANDLES))
)
PROCESS = [Step("need", (signed("Zhou", "manager"), signed("He"))), REQUIREMENTS, APPROVAL]


@pytest.mark.parametrize(
    ("invited", "met"),
    [
        ("Ma", Met("Ma", "requirements", is_above=True, is_later=False)),
        ("Chen", Met("Chen", "approval", is_above=True, is_later=True)),
        ("Wu", Met("Wu", "requirements", is_above=True, is_later=False)),
        ("Zhou", Met("Zhou", "need", is_above=True, is_later=False)),
    ],
)
def test_a_signer_above_or_of_a_later_step_goes_over_the_next_signers_head(invited, met):
    found = bypass(PROCESS, {invited, "Sun"})

    assert (found.next_signers, found.met) == (("Li",), (met,))


def test_a_signer_of_a_later_step_of_no_higher_level_does_so_too():
    steps = [Step("need", (signer("Li"),)), Step("approval", (signer("Bao"),))]

    assert bypass(steps, {"Bao"}).met == (Met("Bao", "approval", is_above=False, is_later=True),)


@pytest.mark.parametrize("invited", [set(), {"Sun"}, {"He"}, {"Somebody"}], ids=str)
def test_whoever_signs_nothing_above_or_later_passes_nobody_over(invited):
    assert bypass(PROCESS, invited) is None


def test_an_adviser_of_a_later_step_passes_nobody_over():
    assert bypass([REQUIREMENTS, Step("approval", (Part("Chen", Duty.ADVISES, level="executive"),))], {"Chen"}) is None


def test_it_is_no_bypass_when_a_next_signer_takes_part():
    assert bypass(PROCESS, {"Chen", "Li"}) is None


@pytest.mark.parametrize("opinion", Opinion)
def test_nor_when_a_next_signer_is_for_us(opinion):
    steps = [Step("need", (signer("Li", opinion=opinion), signer("Sun", opinion=Opinion.AGAINST))), APPROVAL]

    assert (bypass(steps, {"Chen"}) is None) == (opinion == Opinion.FOR_US)


def test_that_somebody_above_is_for_us_does_not_help():
    steps = [Step("need", (signer("Li"), signer("Ma", "manager", opinion=Opinion.FOR_US)))]

    assert bypass(steps, {"Ma"}) is not None


people = st.sampled_from("ABCDEF")
some_day = st.none() | st.sampled_from([BEFORE, DAY])
parts = st.builds(
    Part,
    person=people,
    duty=st.sampled_from(Duty),
    opinion=st.sampled_from(Opinion),
    state=st.sampled_from(State),
    level=st.sampled_from(["", *LEVELS]),
    signed_on=some_day,
    refused_on=some_day,
)
processes = st.lists(st.builds(Step, st.uuids(), st.lists(parts, max_size=4).map(tuple)), max_size=5)


def naively_bypassed(steps, invited):
    """The rule as it is told, clause by clause."""
    open_steps = [n for n, step in enumerate(steps) if not (step.parts and all(done(part) for part in step.parts))]
    if not open_steps:
        return False
    unsigned = [part for part in steps[open_steps[0]].parts if part.duty == "signs" and not done(part)]
    ranks = {"": 1, "staff": 1, "manager": 2, "executive": 3}
    lowest = min((ranks[part.level] for part in unsigned), default=None)
    first = [part for part in unsigned if ranks[part.level] == lowest]
    if any(part.person in invited for part in first) or any(part.opinion == "for_us" for part in first):
        return False
    signers = [(n, part) for n, step in enumerate(steps) for part in step.parts if part.duty == "signs"]
    met = [(n, part) for n, part in signers if part.person in invited]
    return bool(first) and any(n > open_steps[0] or ranks[part.level] > lowest for n, part in met)


def done(part):
    if part.duty != "signs":
        return part.state == "settled"
    return bool(part.signed_on) and (part.refused_on is None or part.refused_on < part.signed_on)


@tried(1000)
@given(processes, st.sets(people))
def test_it_judges_as_the_rule_told_clause_by_clause(steps, invited):
    assert (bypass(steps, invited) is not None) == naively_bypassed(steps, invited)


@tried(1000)
@given(processes, st.sets(people))
def test_the_order_of_people_in_a_step_makes_no_difference(steps, invited):
    turned = [replace(step, parts=step.parts[::-1]) for step in steps]

    assert sorted(names(turned)) == sorted(names(steps))
    assert readiness(turned).current == readiness(steps).current
    assert (bypass(turned, invited) is None) == (bypass(steps, invited) is None)


@tried(1000)
@given(processes)
def test_next_signers_are_unsigned_equals_of_the_current_step(steps):
    found = next_signers(steps)

    assert len({part.rank for part in found}) <= 1
    assert all(part.is_signer and part.lack for part in found)
    assert {part.person for part in found} <= {person for person, _lack in readiness(steps).lacking}


@tried(1000)
@given(processes)
def test_signing_all_and_settling_all_finishes_every_step_that_names_somebody(steps):
    through = {"signed_on": DAY, "refused_on": None, "state": State.SETTLED}
    ended = [replace(step, parts=tuple(replace(part, **through) for part in step.parts)) for step in steps]

    assert readiness(ended).finished == sum(not step.is_unnamed for step in steps)
