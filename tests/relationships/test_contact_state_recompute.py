"""Whatever happened: what is stored is what the raw rows say, by a recompute and by the rules told anew."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from relationships.repair import repair
from tests.examples import tried
from tests.relationships.rows_oracle import (
    Told,
    counts_nowhere,
    expected_place,
    has_left,
    is_key,
    key_class,
    probes,
    stored_on,
)
from tests.relationships.world import DEEDS, NOW, World

days = st.one_of(st.integers(0, 3), st.integers(0, 45), st.integers(0, 250))
steps = st.tuples(st.sampled_from(DEEDS), st.integers(0, 3), st.integers(0, 2), days, st.booleans(), st.integers(0, 99))
histories = st.lists(steps, min_size=16, max_size=24)


def live(world, history):
    """Do it all; what a verb refuses leaves nothing behind, and after each nothing is left to mend: later deeds
    would hide what an earlier one forgot."""
    for deed, *numbers in history:
        try:
            with transaction.atomic():
                getattr(world, deed)(*numbers)
        except ValidationError:
            continue
        assert repair() == {"people": 0, "contact_states": 0}, deed


def check(person):
    """The person's stored columns and states, against the rules told over the raw rows."""
    assert person.has_left == has_left(person)
    assert (person.account_id, person.title, person.level) == (
        expected_place(person) or (person.account_id, person.title, person.level)
    )
    assert (person.key_class, person.is_key) == (key_class(person), is_key(person))
    if counts_nowhere(person):
        assert not person.contact_states.exists()
        return
    told = Told(person)
    for day in probes(person):
        assert stored_on(person, day) == told.on(day), day


@pytest.mark.long
@pytest.mark.django_db
@tried(120)
@given(histories)
def test_what_is_stored_is_what_the_rows_say(history):
    with time_machine.travel(NOW, tick=False) as clock, transaction.atomic():
        world = World(clock)

        live(world, history)

        for number in range(4):
            check(world.person(number))
        transaction.set_rollback(True)
