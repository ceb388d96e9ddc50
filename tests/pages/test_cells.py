"""No cell of an export runs in a spreadsheet, and what comes back is what went out."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.cells import defused, restored

DANGEROUS = [
    "=1+1",
    "+8613800000000",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u3000＝1",
    "＋1",
    "－1",
    "＠x",
    "%0A=1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_becomes_text(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("value", ["王伟", "O'Neil", "'quoted'", "a=b", "", 7, -7, None, True, date(2026, 11, 23)])
def test_what_is_harmless_stays(value):
    assert defused(value) == value


@given(st.text() | st.text("='+-@ a"))
@example("'=1")
@example("''=1")
@example("'")
def test_the_way_back_is_exact(text):
    assert restored(defused(text)) == text


def test_a_cell_somebody_else_defused_is_restored():
    assert restored("'=1") == "=1"
    assert restored("'tis") == "'tis"
