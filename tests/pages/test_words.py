"""Words that stand beside marks, and lists of them."""

import pytest

from pages.words import listed


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["Li Wei"], "Li Wei"), (["Li Wei", "Ann"], "Li Wei and Ann"), (["a", "b", 3], "a, b and 3")],
)
def test_several_are_listed_as_a_sentence_does(parts, said):
    assert listed(parts) == said
