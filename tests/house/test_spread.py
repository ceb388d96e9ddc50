"""Tests that share a house run in one process, whatever runs in the others."""

from tests.spread import share


def test_what_shares_a_house_stays_together():
    assert share("tests/served/test_away.py::test_a") == share("tests/served/test_races.py::test_b[/]")
    assert share("tests/house/test_run.py::test_a") == share("tests/house/test_run.py::test_b")


def test_what_stands_alone_goes_to_whoever_is_free():
    assert share("tests/house/test_ports.py::test_a") != share("tests/house/test_ports.py::test_b")
