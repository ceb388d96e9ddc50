"""What holds of rule 4.6 whatever the facts, and its agreement with the rule told naively."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from relationships.cadence import (
    DAWN,
    DUSK,
    NO_ROLE,
    Contact,
    Person,
    RoleSpan,
    Rules,
    State,
    cadence_on,
    cut_by_leaving,
    on,
    span_of,
    stretches,
    would_be_too_often,
)
from tests.examples import tried
from tests.relationships import cadence_oracle as oracle
from tests.relationships.test_cadence import RULES, TABLE, TIERS

START = date(2025, 1, 1)
days = st.integers(0, 900).map(lambda offset: START + timedelta(days=offset))
later = st.integers(0, 400)
letters = st.sampled_from("ADSEI")
tiers = st.sampled_from(TIERS)
rules = st.builds(
    Rules,
    due_percent=st.integers(1, 100),
    lost_multiple=st.integers(1, 5),
    window_days=st.integers(1, 60),
    role_tail_days=st.integers(0, 300),
    crowd=st.just(10),
)


@st.composite
def roles(draw):
    since = draw(days)
    until, closed, gone = (draw(st.none() | later.map(lambda add: since + timedelta(days=add))) for _ in range(3))
    return oracle.Role(draw(letters), draw(tiers), since, until, closed, gone)


def spans(held, numbers):
    told = (cut_by_leaving(span_of(r.letter, r.tier, r.since, r.until, r.closed_on, numbers), r.gone_on) for r in held)
    return tuple(span for span in told if span.starts_on < span.ends_on)


@st.composite
def cases(draw):
    """A person with roles and contacts, and the same roles as the oracle reads them."""
    held, numbers = draw(st.lists(roles(), max_size=4)), draw(rules)
    person = Person(
        known_since=draw(days),
        tier=draw(tiers),
        roles=spans(held, numbers),
        gap_override=draw(st.none() | st.integers(1, 200)),
        ceiling_override=draw(st.none() | st.integers(1, 10)),
    )
    contacts = draw(st.lists(st.builds(Contact, days, st.booleans()), max_size=20))
    return person, held, contacts, numbers


@tried(2000)
@given(cases())
def test_stretches_cut_the_calendar_without_gap_or_overlap(case):
    person, _, contacts, numbers = case

    line = stretches(person, contacts, TABLE, numbers)

    assert (line[0].starts_on, line[-1].ends_on) == (DAWN, DUSK)
    assert all(stretch.starts_on < stretch.ends_on for stretch in line)
    for before, following in zip(line, line[1:], strict=False):
        assert before.ends_on == following.starts_on
        assert (before.gap, before.ceiling, before.has_role) != (following.gap, following.ceiling, following.has_role)


@tried(2000)
@given(cases(), st.integers(0, 1500))
def test_the_state_by_stretches_is_the_state_told_day_by_day(case, ahead):
    person, held, contacts, numbers = case
    first = max([person.known_since, *(contact.day for contact in contacts)])
    day = first + timedelta(days=ahead)

    stretch = on(stretches(person, contacts, TABLE, numbers), day)

    gap, ceiling = oracle.cadence(
        day, person.tier, held, person.gap_override, person.ceiling_override, tail=numbers.role_tail_days
    )
    sought = [contact.day for contact in contacts if contact.sought]
    assert (stretch.gap, stretch.ceiling) == (gap, ceiling)
    assert stretch.has_role == any(role.counts(day, numbers.role_tail_days) for role in held)
    assert stretch.state(day) == oracle.state(
        day, person.known_since, [c.day for c in contacts], gap, numbers.due_percent, numbers.lost_multiple
    )
    too_often = stretch.too_often_until is not None and day <= stretch.too_often_until
    assert too_often == oracle.is_too_often(day, sought, ceiling, numbers.window_days)
    resting = stretch.resting_until is not None and day <= stretch.resting_until
    assert resting == (oracle.days_in_window(day, sought, numbers.window_days) >= ceiling)


AGE = {State.NEW: 0, State.NEVER: 1, State.FRESH: 0, State.DUE: 1, State.STALE: 2, State.LOST: 3}


@tried(1000)
@given(cases(), st.integers(0, 800), st.integers(0, 800))
def test_within_a_stretch_a_silence_only_grows(case, ahead, more):
    person, _, contacts, numbers = case
    day = person.known_since + timedelta(days=ahead)
    stretch = on(stretches(person, contacts, TABLE, numbers), day)
    following = day + timedelta(days=more)
    assume(following < stretch.ends_on)

    assert AGE[stretch.state(day)] <= AGE[stretch.state(following)]


@tried(1000)
@given(cases(), st.builds(Contact, days, st.booleans()), st.integers(0, 900))
def test_one_more_contact_never_makes_a_silence_longer(case, extra, ahead):
    person, _, contacts, numbers = case
    assume(contacts)
    day = START + timedelta(days=900 + ahead)

    before = on(stretches(person, contacts, TABLE, numbers), day)
    following = on(stretches(person, [*contacts, extra], TABLE, numbers), day)

    assert AGE[following.state(day)] <= AGE[before.state(day)]
    assert (following.too_often_until or DAWN) >= (before.too_often_until or DAWN)
    assert (following.resting_until or DAWN) >= (before.resting_until or DAWN)


@tried(1000)
@given(cases(), st.integers(1, 10), st.integers(0, 5))
def test_a_higher_ceiling_never_makes_it_too_often_sooner(case, ceiling, more):
    person, _, contacts, numbers = case

    def until(allowed):
        strict = Person(person.known_since, person.tier, person.roles, ceiling_override=allowed)
        stretch = stretches(strict, contacts, TABLE, numbers)[-1]
        return stretch.too_often_until or DAWN, stretch.resting_until or DAWN

    low, high = until(ceiling), until(ceiling + more)

    assert high[0] <= low[0]
    assert high[1] <= low[1]
    assert low[0] <= low[1]  # whoever is contacted too often should rest


@tried(1000)
@given(st.lists(days, max_size=40), days, st.integers(1, 12), rules)
def test_the_warning_agrees_with_trying_every_window(sought, planned, ceiling, numbers):
    told = oracle.one_more_is_too_often(planned, sought, ceiling, numbers.window_days)

    assert would_be_too_often(sought, planned, ceiling, numbers) == told


@tried(1000)
@given(st.lists(days, max_size=20, unique=True), st.integers(1, 6))
def test_resting_says_until_when_one_more_is_too_often(sought, ceiling):
    contacts = [Contact(day) for day in sought]
    person = Person(START, "standard", ceiling_override=ceiling)
    resting_until = stretches(person, contacts, TABLE, RULES)[-1].resting_until
    newest = max(sought, default=START)

    for ahead in range(1, 40):
        day = newest + timedelta(days=ahead)
        resting = resting_until is not None and day <= resting_until
        assert resting == would_be_too_often(sought, day, ceiling, RULES)


@tried(1000)
@given(days, tiers, st.lists(st.builds(RoleSpan, letters, tiers), min_size=2, max_size=5))
def test_another_role_never_lengthens_the_gap_or_lowers_the_ceiling(day, tier, counting):
    fewer, _ = cadence_on(day, Person(START, tier, tuple(counting[1:])), TABLE)
    all_of_them, _ = cadence_on(day, Person(START, tier, tuple(counting)), TABLE)

    assert all_of_them.gap <= fewer.gap
    assert all_of_them.ceiling >= fewer.ceiling


@tried(500)
@given(days, tiers)
def test_without_a_role_the_tier_of_the_own_account_speaks(day, tier):
    assert cadence_on(day, Person(START, tier), TABLE) == (TABLE[NO_ROLE, tier], False)
