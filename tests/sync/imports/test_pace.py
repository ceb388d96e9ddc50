"""A chunk is as large as fits into a moment, and one slow chunk makes the next one small."""

from sync.imports.pace import LEAST, SECONDS, Pace


def test_it_grows_while_there_is_time_and_shrinks_when_there_is_none():
    pace = Pace(9_000)
    pace.took(1_000, SECONDS / 10)
    assert pace.size == 2_000
    pace.took(2_000, SECONDS * 4)
    assert pace.size == 500
    pace.took(500, 60)
    assert pace.size == LEAST


def test_it_stays_within_bounds():
    pace = Pace(300)
    pace.took(250, 0)

    assert pace.size == 300
    assert Pace(20).size == 20


def test_the_next_chunk_has_the_size_of_its_moment():
    pace, sizes = Pace(10, 2), []
    for chunk in pace.chunks(range(9)):
        sizes.append(len(chunk))
        pace.size += 1

    assert sizes == [2, 3, 4]
