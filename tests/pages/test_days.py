"""Days as a person says them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from pages.days import day_in_words, gap_in_words, moment_in_words

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "in 3 days"),
        (-41, "41 days ago"),
        (45, "in 45 days"),
        (46, "in 2 months"),
        (-365, "12 months ago"),
        (-541, "1 year ago"),
        (1100, "in 3 years"),
    ],
)
def test_a_gap_is_told_in_the_unit_that_fits(days, said):
    assert gap_in_words(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 26), "Thu 26 Nov"),
        (date(2026, 1, 2), "Fri 2 Jan"),
        (date(2025, 11, 23), "23 Nov 2025"),
        (date(2028, 1, 1), "1 Jan 2028"),
    ],
)
def test_a_day_of_another_year_says_its_year(day, said):
    assert day_in_words(day, TODAY) == said


def test_over_new_year_the_weekday_says_more():
    assert day_in_words(date(2027, 1, 4), date(2026, 12, 28)) == "Mon 4 Jan"


def test_a_moment_has_a_clock():
    with translation.override("en"):
        assert moment_in_words(datetime(2026, 11, 23, 14, 5, tzinfo=UTC), TODAY) == "Mon 23 Nov, 14:05"
