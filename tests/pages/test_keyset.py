"""Keyset paging: every row once, in order, both ways, whatever ties; and cursors that nobody else could write."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.keyset import BadCursor, keyset
from records.identity import new_id
from tests.shelf.models import Book, Shelf

ORDERS = [
    ("sort_key", "id"),
    ("-sort_key", "-id"),
    ("-sort_key", "id"),
    ("lent", "-sort_key", "id"),
    ("-created_at", "id"),
    ("id",),
    ("-id",),
    ("shelf__name", "sort_key", "id"),
    ("alias", "id"),
]
FEW = st.sampled_from(["", "a", "b", "ba", "wang", "王", "Z", "~"])


def books(rows):
    """A list of books; keys repeat, so that places tie."""
    shelf = Shelf.objects.get_or_create(id=new_id(), name="Go")[0]
    Book.objects.bulk_create(Book(shelf=shelf, title="x", sort_key=key, lent=lent) for key, lent in rows)
    return Book.objects.filter(shelf=shelf).annotate(alias=F("sort_key"))


def walk(queryset, order, size, *, pages=200):
    """All pages forwards."""
    page = keyset(queryset, order, size=size)
    found = [page]
    while page.next and len(found) < pages:
        page = keyset(queryset, order, page.next, size)
        found.append(page)
    return found


def ids(*pages):
    return [row["id"] if isinstance(row, dict) else row.pk for page in pages for row in page.rows]


several = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@several
@given(rows=st.lists(st.tuples(FEW, st.booleans()), max_size=14), order=st.sampled_from(ORDERS), size=st.integers(1, 5))
def test_every_row_comes_once_and_in_order(db, rows, order, size):
    queryset = books(rows)

    pages = walk(queryset, order, size)

    assert ids(*pages) == [book.pk for book in queryset.order_by(*order)]
    assert all(len(page.rows) == size for page in pages[:-1])


@several
@given(rows=st.lists(st.tuples(FEW, st.booleans()), max_size=14), order=st.sampled_from(ORDERS), size=st.integers(1, 5))
def test_the_way_back_shows_the_same_pages(db, rows, order, size):
    queryset = books(rows)
    there = walk(queryset, order, size)

    page, back = there[-1], [there[-1]]
    while page.previous:
        page = keyset(queryset, order, page.previous, size)
        back.append(page)

    assert [ids(page) for page in reversed(back)] == [ids(page) for page in there]
    assert page.previous is None


@pytest.mark.parametrize("order", [("sort_key", "id"), ("-sort_key", "id")])
def test_rows_may_be_dicts(db, order):
    queryset = books([(key, False) for key in "abcabc"])

    pages = walk(queryset.values("id", "sort_key"), order, 4)

    assert ids(*pages) == [book.pk for book in queryset.order_by(*order)]


def test_a_row_that_comes_between_pages_shifts_nothing(db):
    queryset = books([(key, False) for key in "bcdef"])
    first = keyset(queryset, ("sort_key", "id"), size=2)
    Book.objects.bulk_create([Book(shelf=first.rows[0].shelf, title="new", sort_key="a")])

    second = keyset(queryset, ("sort_key", "id"), first.next, 2)

    assert [book.sort_key for book in second.rows] == ["d", "e"]


def test_the_way_back_fills_the_first_page_when_rows_before_it_have_gone(db):
    queryset = books([(key, False) for key in "abcdef"])
    second = keyset(queryset, ("sort_key", "id"), keyset(queryset, ("sort_key", "id"), size=3).next, 3)
    queryset.filter(sort_key="a").delete()

    back = keyset(queryset, ("sort_key", "id"), second.previous, 3)

    assert [book.sort_key for book in back.rows] == ["b", "c", "d"]
    assert back.previous is None


def test_a_page_behind_the_last_row_is_empty(db):
    queryset = books([(key, False) for key in "abc"])
    first = keyset(queryset, ("sort_key", "id"), size=2)
    queryset.filter(sort_key="c").delete()

    page = keyset(queryset, ("sort_key", "id"), first.next, 2)

    assert (page.rows, page.next, page.previous) == ([], None, None)


def test_a_page_takes_one_query_and_counts_nothing(db):
    queryset = books([(key, False) for key in "abcdef"])
    cursor = keyset(queryset, ("sort_key", "id"), size=2).next

    with CaptureQueriesContext(
        connection,
    ) as queries:
        keyset(queryset, ("sort_key", "id"), cursor, 2)

    assert len(queries) == 1
    assert "COUNT" not in queries[0]["sql"].upper()
    assert '"sort_key" >=' in queries[0]["sql"]


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "W10:1abc:def", "\udc80", "é" * 500])
def test_a_bad_cursor_leads_to_the_first_page(db, cursor):
    queryset = books([("a", False), ("b", False)])

    assert ids(keyset(queryset, ("sort_key", "id"), cursor, 1)) == ids(keyset(queryset, ("sort_key", "id"), size=1))


def test_a_strict_list_refuses_a_bad_cursor(db):
    queryset = books([("a", False)])

    with pytest.raises(BadCursor):
        keyset(queryset, ("sort_key", "id"), "x", 1, strict=True)

    assert issubclass(BadCursor, SuspiciousOperation)


def test_a_cursor_of_another_order_is_none_of_this_list(db):
    queryset = books([(key, False) for key in "abc"])
    cursor = keyset(queryset, ("-sort_key", "-id"), size=1).next

    with pytest.raises(BadCursor):
        keyset(queryset, ("sort_key", "id"), cursor, 1, strict=True)
