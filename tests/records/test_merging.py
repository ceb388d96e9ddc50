"""What a rule makes of rows in hand: pure, without a database."""

from types import SimpleNamespace
from uuid import UUID

from records.merging import MergeRule, plan
from tests.shelf.models import Page

KEPT, TWIN = UUID(int=1), UUID(int=2)
RULE = MergeRule(
    Page,
    "book",
    alike=lambda row: row.number or None,
    fits=lambda stands, comes: stands.text == comes.text,
    mark="is_first",
    marked_in=lambda row: row.chapter,
    vanishes=lambda row, target: row.other == target,
)


def row(number=0, *, text="", is_first=False, chapter="one", other=None):
    return SimpleNamespace(number=number, text=text, is_first=is_first, chapter=chapter, other=other)


def test_a_row_that_says_something_of_its_own_moves():
    comes = row(3)

    found = plan(RULE, KEPT, [row(4)], [comes])

    assert found.moved == [(comes, {"book": KEPT})]
    assert not found.gone


def test_rows_of_no_key_never_become_one():
    assert not plan(RULE, KEPT, [row()], [row()]).pairs


def test_rows_that_say_the_same_become_one():
    stands, comes = row(3), row(3)

    found = plan(RULE, KEPT, [stands], [comes])

    assert (found.pairs, found.gone, found.moved) == ([(stands, comes)], [comes], [])


def test_rows_of_one_key_that_do_not_fit_stay_two():
    assert not plan(RULE, KEPT, [row(3, text="a")], [row(3, text="b")]).pairs


def test_a_mark_stays_with_the_row_that_stands():
    second, alone = row(4, is_first=True), row(5, is_first=True, chapter="two")

    found = plan(RULE, KEPT, [row(3, is_first=True)], [second, alone])

    assert found.moved == [(second, {"book": KEPT, "is_first": False}), (alone, {"book": KEPT})]


def test_what_lay_between_the_two_goes_before_it_could_become_one():
    between = row(3, other=KEPT)

    found = plan(RULE, KEPT, [row(3)], [between])

    assert (found.between, found.pairs) == ([between], [])
