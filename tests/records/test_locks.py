"""Two writers of one record: the second learns that it is stale, and no conditional update is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from records.models import ChangeLog, Stale
from tests.records.engines import needs_postgresql
from tests.shelf.models import Book, Page

WRITERS, TURNS = 6, 15


def test_a_lock_gives_the_row_at_its_version(book):
    with transaction.atomic():
        assert Book.objects.locked(book.pk, version=1) == book


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused(book):
    with pytest.raises(TransactionManagementError):
        Book.objects.locked(book.pk)


def test_another_version_is_stale_and_shows_how_it_stands(book, mia):
    book.title = "Meanwhile"
    book.keep(by=mia)

    with transaction.atomic(), pytest.raises(Stale) as refused:
        Book.objects.locked(book.pk, version=1)

    assert (refused.value.current.title, refused.value.current.version) == ("Meanwhile", 2)


def test_what_is_outside_the_set_does_not_exist(book, mia):
    book.remove(by=mia)

    with transaction.atomic(), pytest.raises(Book.DoesNotExist):
        Book.objects.present().locked(book.pk)


@needs_postgresql
def test_it_is_locked_by_its_key_alone(book, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2) as asked:
        Book.objects.filter(shelf__name="Go").locked(book.pk)

    lock = asked[0]["sql"]
    assert lock.endswith("FOR NO KEY UPDATE")
    assert "shelf_shelf" not in lock


def in_threads(work):
    """Run it by several writers at once, each with a connection of its own."""

    def turn(writer):
        try:
            return work(writer)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(turn, range(WRITERS)))


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_concurrent_conditional_updates_lose_none(book):
    def write(writer):
        for turn in range(TURNS):
            while not Book.objects.filter(
                pk=book.pk, version=Book.objects.values_list("version", flat=True).get(pk=book.pk)
            ).update(title=f"{writer} {turn}"):
                pass

    in_threads(write)

    versions = list(ChangeLog.objects.filter(object_id=book.pk).order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, WRITERS * TURNS + 2))


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_of_writers_with_the_same_version_one_wins(book):
    def write(writer):
        try:
            with transaction.atomic():
                row = Book.objects.locked(book.pk, version=1)
                row.title = str(writer)
                row.keep(by=None)
        except Stale:
            return 0
        return 1

    assert sum(in_threads(write)) == 1


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_writers_of_parts_of_the_same_records_never_wait_for_each_other_in_a_ring(shelf):
    books = Book.objects.bulk_create([Book(shelf=shelf, title=str(n)) for n in range(20)])

    def write(writer):
        for _turn in range(TURNS):
            order = books if writer % 2 else books[::-1]
            Page.objects.bulk_create([Page(book=each, number=writer) for each in order])

    in_threads(write)

    assert set(Book.objects.values_list("version", flat=True)) == {1 + WRITERS * TURNS}
