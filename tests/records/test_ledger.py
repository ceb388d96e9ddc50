"""A ledger keeps what was noted first, in memory and beyond."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import ledger
from records.ledger import Ledger
from tests.examples import tried

numbers = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 9)
entries = st.lists(st.tuples(numbers, st.integers(0, 2**31)), max_size=40)


@pytest.mark.parametrize("room", [0, 3, 1000])
@tried(60)
@given(entries)
def test_what_was_noted_first_stays(room, noted):
    told, kept = Ledger(), {}
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(ledger, "IN_MEMORY", room)
        for number, value in noted:
            told.note(number, value)
            kept.setdefault(number, value)

    for number, _value in noted:
        assert told.get(number) == kept[number]
        assert number in told
        assert (told.get(number + 1) if number < 2**63 - 1 else None) == kept.get(number + 1)
    assert (told.file is not None) == (len(kept) > room)


def test_what_it_holds_beyond_its_room_is_not_in_memory(monkeypatch):
    monkeypatch.setattr(ledger, "IN_MEMORY", 10)
    told = Ledger()
    for number in range(1000):
        told.note(number, number)

    assert not told.some
    assert told.get(999) == 999
