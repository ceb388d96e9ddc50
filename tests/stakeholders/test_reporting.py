"""Reporting lines over seats, against the same told naively on random graphs."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from stakeholders.reporting import Post, boss_seats, holder_on, last_of, seats, would_loop
from tests.examples import tried

START = date(2025, 1, 1)


def post_id(number):
    return UUID(int=number + 1)


def posts_of(*rows):
    """Posts from (reports to, succeeded by) by number."""
    named = [(None if boss is None else post_id(boss), None if heir is None else post_id(heir)) for boss, heir in rows]
    return {post_id(number): Post(post_id(number), boss, heir) for number, (boss, heir) in enumerate(named)}


@st.composite
def ordered(draw, size=7):
    """Posts as the verbs make them: successors come later and take over from one post each, lines have no circle."""
    count = draw(st.integers(1, size))
    free = set(range(count))
    heirs = []
    for number in range(count):
        heir = draw(st.none() | st.sampled_from([n for n in sorted(free) if n > number] or [None]))
        free.discard(heir)
        heirs.append(heir)
    posts = posts_of(*((None, heir) for heir in heirs))
    for number in range(count):
        boss = draw(st.none() | st.integers(0, count - 1).map(post_id))
        if boss and not circles({**posts, post_id(number): line(posts, number, boss)}):
            posts[post_id(number)] = line(posts, number, boss)
    return posts


def line(posts, number, boss):
    old = posts[post_id(number)]
    return Post(old.id, boss, old.succeeded_by)


def seat_of(post, posts):
    """Who sits there last, told by following successors as far as they go."""
    while posts[post].succeeded_by is not None:
        post = posts[post].succeeded_by
    return post


def circles(posts):
    """Whether any seat stands above itself, told by walking from each with a step count."""
    for start in {seat_of(post, posts) for post in posts}:
        step = start
        for _ in range(len(posts) + 1):
            boss = posts[step].reports_to
            if boss is None:
                break
            step = seat_of(boss, posts)
            if step == start:
                return True
    return False


@tried(2000)
@given(ordered(), st.integers(0, 6), st.integers(0, 6))
def test_a_line_is_refused_exactly_when_it_would_close_a_circle(posts, below, above):
    below, above = post_id(below % len(posts)), post_id(above % len(posts))
    seat = seat_of(below, posts)
    drawn = {**posts, seat: Post(seat, above, posts[seat].succeeded_by)}

    circle = would_loop(below, above, posts)

    assert bool(circle) == circles(drawn)


@tried(1000)
@given(ordered(), st.integers(0, 6), st.integers(0, 6))
def test_the_circle_told_is_the_chain_from_the_boss_back_to_the_post(posts, below, above):
    below, above = post_id(below % len(posts)), post_id(above % len(posts))

    circle = would_loop(below, above, posts)

    if circle:
        assert (circle[0], circle[-1]) == (seat_of(above, posts), seat_of(below, posts))
        assert all(boss_seats(posts)[low] == high for low, high in zip(circle, circle[1:], strict=False))
        assert len(set(circle)) == len(circle)


@tried(1000)
@given(ordered())
def test_every_post_belongs_to_the_seat_of_its_last_successor(posts):
    assert seats(posts) == {post: seat_of(post, posts) for post in posts}


@tried(500)
@given(st.lists(st.tuples(st.none() | st.integers(0, 5), st.none() | st.integers(0, 5)), min_size=6, max_size=6))
def test_broken_rows_never_hang_it(rows):
    posts = posts_of(*rows)

    for post in posts:
        assert last_of(post, posts) in posts
        assert isinstance(would_loop(post, post_id(0), posts), list)


def test_a_new_post_or_one_unknown_closes_no_circle():
    posts = posts_of((None, None))

    assert would_loop(None, post_id(0), posts) == []
    assert would_loop(post_id(9), post_id(0), posts) == []
    assert would_loop(post_id(0), post_id(9), posts) == []


def test_a_post_cannot_report_to_its_own_successor():
    posts = posts_of((None, 1), (None, None))

    assert would_loop(post_id(0), post_id(1), posts) == [post_id(1)]


def test_reports_keep_their_boss_when_the_seat_changes_hands():
    posts = posts_of((None, 1), (None, None), (0, None))

    assert boss_seats(posts)[post_id(2)] == post_id(1)


@tried(1000)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=5),
    st.lists(st.integers(0, 30), min_size=5, max_size=5),
    st.integers(-20, 400),
)
def test_a_seat_is_held_by_whoever_sat_there_that_day(lengths, vacancies, ahead):
    posts, since = {}, START
    for number, (length, vacancy) in enumerate(zip(lengths, vacancies, strict=False)):
        last = number == len(lengths) - 1
        until = None if last else since + timedelta(days=length)
        heir = None if last else post_id(number + 1)
        posts[post_id(number)] = Post(post_id(number), None, heir, since, until)
        since = (until or since) + timedelta(days=vacancy)
    day = START + timedelta(days=ahead)

    begun = [post.id for post in posts.values() if post.since <= day]  # vacant: the last one who sat there

    assert holder_on(post_id(0), posts, day) == (begun[-1] if begun else post_id(0))
