"""The figures of a table are what they are called."""

from benchmarks.measures import Times, ratio
from benchmarks.table import drawn, verdict


def test_a_ratio_is_taken_run_by_run_so_that_a_busy_run_weighs_on_both_sides():
    ours, theirs = Times([[4, 4], [40, 40], [6, 6]]), Times([[2, 2], [20, 20], [2, 2]])

    assert ratio(ours, theirs) == (2, 2, 3)


def test_percentiles_are_of_all_runs():
    times = Times([[1.0] * 50, [3.0] * 51])

    assert (times.p50, times.p95) == (3, 3)


def test_a_missed_budget_says_so():
    assert (verdict(2.4, 2.5), verdict(2.6, 2.5), verdict(9, None)) == ("≤ 2.5", "≤ 2.5 missed", "")


def test_chinese_stands_in_line():
    lines = drawn([["王伟", "1"], ["wangwei", "2"]], head=["", "ms"])

    assert lines[2:] == ["| 王伟    | 1  |", "| wangwei | 2  |"]
