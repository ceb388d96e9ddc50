"""When a care date falls, by either calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.care_days import exists, falling_on, in_year, next_on
from tests.examples import tried


@pytest.mark.parametrize(
    ("month", "day", "is_lunar", "answer"),
    [
        (2, 29, False, True), (2, 30, False, False), (4, 31, False, False), (12, 31, False, True),
        (13, 1, False, False),
        (1, 30, True, True), (1, 31, True, False), (12, 30, True, True), (13, 1, True, False), (0, 5, True, False),
    ],
)  # fmt: skip
def test_only_days_of_some_year_exist(month, day, is_lunar, answer):
    assert exists(month, day, is_lunar) is answer


@pytest.mark.parametrize(
    ("month", "day", "today", "found"),
    [
        (3, 5, date(2026, 3, 5), date(2026, 3, 5)),
        (3, 5, date(2026, 3, 6), date(2027, 3, 5)),
        (1, 2, date(2026, 12, 30), date(2027, 1, 2)),
        (2, 29, date(2026, 2, 1), date(2026, 2, 28)),
        (2, 29, date(2028, 2, 1), date(2028, 2, 29)),
        (2, 29, date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_the_next_solar_day(month, day, today, found):
    assert next_on(month, day, False, today) == found


@pytest.mark.parametrize(
    ("month", "day", "today", "found"),
    [
        (1, 1, date(2026, 1, 1), date(2026, 2, 17)),  # Spring Festival
        (1, 1, date(2026, 2, 18), date(2027, 2, 6)),
        (8, 15, date(2025, 9, 1), date(2025, 10, 6)),  # Mid-Autumn of a year with a leap sixth month
        (12, 29, date(2026, 1, 1), date(2026, 2, 16)),  # the eve, in the solar year after its lunar one
        (12, 30, date(2026, 1, 1), date(2026, 2, 16)),  # a twelfth month of 29 days: the 29th stands for the 30th
        (12, 30, date(2024, 1, 1), date(2024, 2, 9)),  # one of 30 days
    ],
)
def test_the_next_lunar_day(month, day, today, found):
    assert next_on(month, day, True, today) == found


def test_beyond_the_known_lunar_years_there_is_no_answer_and_no_error():
    assert next_on(5, 5, True, date(2150, 1, 1)) is None


@tried(1000)
@given(st.integers(1, 12), st.integers(1, 30), st.booleans(), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_every_day_that_exists_comes_within_thirteen_months(month, day, is_lunar, today):
    if not exists(month, day, is_lunar):
        return

    found = next_on(month, day, is_lunar, today)

    assert today <= found <= today + timedelta(days=13 * 30)
    assert next_on(month, day, is_lunar, found) == found


@tried(1000)
@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_what_falls_on_a_day_is_what_is_next_on_it(today):
    solar = {(False, month, day) for month in range(1, 13) for day in range(1, 32) if exists(month, day, False)}
    lunar = {(True, month, day) for month in range(1, 13) for day in range(1, 31)}
    year = today.year
    told = {
        (is_lunar, month, day)
        for is_lunar, month, day in solar | lunar
        if today in [in_year(month, day, is_lunar, which) for which in (year - 1, year)]
    }

    assert falling_on(today) == told
