"""Whatever way a row is written, its version rises by one and the change log says so once."""

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from records.models import ChangeLog
from tests.records.engines import needs_postgresql
from tests.shelf.models import Book, Loan, Shelf

pytestmark = pytest.mark.django_db


def stored(book):
    return Book.objects.get(pk=book.pk)


def test_a_new_record_starts_at_one(book, shelf, logged, accounts):
    assert stored(book).version == 1
    assert logged(book) == [("upsert", 1)]
    assert accounts(book) == [(None, shelf.pk)]


def test_a_save_raises_it_and_the_record_knows(book, mia, logged):
    book.title = "Second edition"

    book.keep(by=mia)

    assert book.version == 2
    assert logged(book) == [("upsert", 1), ("upsert", 2)]


def test_version_and_moment_are_read_in_one_query(book, mia, django_assert_num_queries):
    book.keep(by=mia, fields=["title"])

    with django_assert_num_queries(1):
        assert book.version == 2
        assert book.updated_at > book.created_at


def test_two_saves_in_a_row_need_no_reading_between(book, mia, django_assert_num_queries):
    book.keep(by=mia)

    with django_assert_num_queries(2):  # the row and its history
        book.keep(by=mia)

    assert book.version == 3


def test_a_writer_cannot_set_it(book):
    book.version = 40
    book.save()
    Book.objects.filter(pk=book.pk).update(version=50)

    assert stored(book).version == 3


def test_update_of_a_set_raises_each_row(book, shelf, mia, logged):
    other = Book(shelf=shelf, title="Other").keep(by=mia)

    Book.objects.filter(shelf=shelf).update(title="Same")

    assert logged(book) == logged(other) == [("upsert", 1), ("upsert", 2)]


def test_bulk_create_and_bulk_update_are_seen(shelf, logged):
    books = Book.objects.bulk_create([Book(shelf=shelf, title=str(n)) for n in range(3)])
    for book in books:
        book.title += "!"

    Book.objects.bulk_update(books, ["title"])

    assert [logged(book) for book in books] == [[("upsert", 1), ("upsert", 2)]] * 3


def test_an_upsert_is_an_insert_or_an_update(book, shelf, logged):
    new = Book(shelf=shelf, title="New")
    same = Book(id=book.pk, shelf=shelf, title="Renewed")

    Book.objects.bulk_create([new, same], update_conflicts=True, unique_fields=["id"], update_fields=["title"])

    assert stored(book).title == "Renewed"
    assert logged(book) == [("upsert", 1), ("upsert", 2)]
    assert logged(new) == [("upsert", 1)]


def test_raw_sql_is_seen(book, logged):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shelf_book SET title = 'Raw'")
        cursor.execute("UPDATE shelf_book SET title = 'Rawer', version = 77")
        cursor.execute("DELETE FROM shelf_book")

    assert logged(book) == [("upsert", 1), ("upsert", 2), ("upsert", 3), ("delete", 4)]


def test_the_moment_of_change_is_the_databases(book):
    before = book.updated_at

    Book.objects.filter(pk=book.pk).update(updated_at=timezone.now().replace(year=1999))

    assert stored(book).updated_at >= before.replace(microsecond=0)


def test_deleting_a_record_that_nobody_removed_is_logged(book, shelf, logged, accounts):
    stored(book).delete()

    assert logged(book) == [("upsert", 1), ("delete", 2)]
    assert accounts(book)[-1] == (shelf.pk, None)


def test_a_cascade_is_seen_row_by_row(shelf, mia, logged):
    inner = Shelf(name="Inner", inside=shelf).keep(by=mia)

    Shelf.objects.filter(pk=inner.pk).delete()

    assert logged(inner) == [("upsert", 1), ("delete", 2)]


def test_removal_and_return(book, shelf, mia, logged, accounts):
    book.remove(by=mia)
    book.restore(by=mia)

    assert logged(book) == [("upsert", 1), ("delete", 2), ("upsert", 3)]
    assert accounts(book) == [(None, shelf.pk), (shelf.pk, None), (None, shelf.pk)]


def test_what_happens_to_a_removed_record_concerns_nobody(book, mia, logged):
    book.remove(by=mia)

    Book.objects.filter(pk=book.pk).update(title="Unseen")
    Book.objects.filter(pk=book.pk).delete()

    assert logged(book) == [("upsert", 1), ("delete", 2)]


def test_a_record_born_removed_is_not_told_of(shelf, logged):
    book = Book.objects.create(shelf=shelf, title="Still", removed_at=timezone.now())

    assert logged(book) == []


def test_a_move_names_both_accounts(book, shelf, mia, accounts):
    other = Shelf(name="Chess").keep(by=mia)

    book.shelf = other
    book.keep(by=mia)

    assert accounts(book) == [(None, shelf.pk), (shelf.pk, other.pk)]


def test_an_account_is_its_own_and_a_loan_has_none(shelf, book, mia, accounts):
    loan = Loan(book=book).keep(by=mia)

    assert accounts(shelf) == [(None, shelf.pk)]
    assert accounts(loan) == [(None, None)]


def test_an_expression_in_a_save_is_no_obstacle(book, mia):
    Book.objects.filter(pk=book.pk).update(title=F("sort_key"))

    assert stored(book).version == 2


def test_the_log_names_the_type(book):
    assert ChangeLog.objects.filter(object_id=book.pk).values_list("type", flat=True).get() == "shelf.book"


@needs_postgresql
def test_the_log_of_a_large_update_takes_one_pass(book, shelf, mia):
    book.keep(by=mia)  # the plan made for one row is kept for the session
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shelf_book (id, shelf_id, title, sort_key, binding, lent, gossip) "
            "SELECT gen_random_uuid(), %s, 'x', '', 'paper', false, '' FROM generate_series(1, 20000)",
            [shelf.pk],
        )
        cursor.execute("SET LOCAL statement_timeout = '8s'")  # a loop in a loop would take far longer

    Book.objects.update(title="y")

    assert ChangeLog.objects.filter(type="shelf.book", version=2).count() == 20_001
