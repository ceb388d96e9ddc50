"""An act is taken back whole where nobody wrote since, and left whole where somebody did."""

import pytest
from django.db import transaction

from records.history import record_set
from records.taking_back import take_back
from tests.shelf.models import Book, Loan, Page, Shelf

pytestmark = pytest.mark.django_db
ACT = "import 7"


@pytest.fixture
def undo(mia):
    def call(*records):
        groups = {record.pk: [(record._meta.label_lower, record.pk)] for record in records}
        with transaction.atomic():
            return take_back(groups, ACT, by=mia)

    return call


def pages(book):
    return list(book.pages.order_by("number").values_list("id", "number", "text"))


def test_a_made_record_is_removed(shelf, mia, undo):
    book = Book(shelf=shelf, title="Fuseki").keep(by=mia, because=ACT)
    Page(book=book, number=1).keep(by=mia, because=ACT)

    done = undo(book)

    assert (done.back, done.kept) == ({book.pk}, set())
    book.refresh_from_db()
    assert book.is_removed
    assert pages(book) == []


def test_a_changed_record_is_as_it_was_however_often_the_act_wrote_it(book, mia, undo):
    for title in ("Joseki", "Tesuji"):
        book.title = title
        book.keep(by=mia, because=ACT)

    undo(book)

    book.refresh_from_db()
    assert (book.title, book.is_removed) == ("Shape up", False)
    assert book.history.first().history_change_reason == "import 7 taken back"


def test_parts_that_were_dropped_changed_and_made_are_as_they_were(book, mia, undo):
    dropped, changed = (Page(book=book, number=number, text="old").keep(by=mia) for number in (1, 2))
    before = pages(book)
    dropped.delete(by=mia, because=ACT)
    changed.text = "new"
    changed.keep(by=mia, because=ACT)
    Page(book=book, number=3).keep(by=mia, because=ACT)

    undo(book)

    assert pages(book) == before


def test_what_somebody_changed_since_stays_and_is_named(book, shelf, mia, undo):
    other = Book(shelf=shelf, title="Fuseki").keep(by=mia, because=ACT)
    book.title = "Joseki"
    book.keep(by=mia, because=ACT)
    book.lent = True
    book.keep(by=mia, because="lent_out")

    done = undo(book, other)

    assert (done.back, done.kept) == ({other.pk}, {book.pk})
    book.refresh_from_db()
    assert (book.title, book.lent) == ("Joseki", True)


def test_a_later_hand_on_a_part_keeps_the_whole_record(book, mia, undo):
    page = Page(book=book, number=1).keep(by=mia, because=ACT)
    page.text = "mine"
    page.keep(by=mia)

    assert undo(book).kept == {book.pk}
    assert pages(book)


def test_what_somebody_has_come_to_need_stays(shelf, mia, undo):
    lent, longer, other = (Book(shelf=shelf, title=title).keep(by=mia, because=ACT) for title in ("A", "B", "C"))
    Loan(book=lent).keep(by=mia, because="lent_out")
    Page(book=longer, number=1).keep(by=mia, because="page_added")

    done = undo(lent, longer, other)

    assert (done.back, done.kept) == ({other.pk}, {lent.pk, longer.pk})


def test_what_the_act_itself_hung_on_it_does_not_hold_it(shelf, mia, undo):
    book = Book(shelf=shelf, title="Fuseki").keep(by=mia, because=ACT)
    loan = Loan(book=book).keep(by=mia, because=ACT)
    gone = Loan(book=book).keep(by=mia, because="lent_out").remove(by=mia)

    assert undo(book).back == {book.pk}
    assert not loan.is_removed
    assert gone.is_removed


def test_after_a_later_act_was_taken_back_an_earlier_one_can_be(shelf, mia, undo):
    book = Book(shelf=shelf, title="Fuseki").keep(by=mia, because=ACT)
    book.title = "Joseki"
    book.keep(by=mia, because="import 8")
    assert undo(book).kept == {book.pk}

    with transaction.atomic():
        take_back({1: [("shelf.book", book.pk)]}, "import 8", by=mia)

    assert undo(book).back == {book.pk}
    book.refresh_from_db()
    assert (book.title, book.is_removed) == ("Fuseki", True)


def test_taken_back_twice_it_is_taken_back_once(book, mia, undo):
    book.title = "Joseki"
    book.keep(by=mia, because=ACT)
    undo(book)
    book.title = "Mine"
    book.keep(by=mia)
    before = book.history.count()

    assert undo(book).back == {book.pk}
    assert book.history.count() == before


def test_records_of_one_group_stay_together(book, shelf, mia):
    other = Book(shelf=shelf, title="Fuseki").keep(by=mia, because=ACT)
    book.title = "Joseki"
    book.keep(by=mia, because=ACT)
    book.keep(by=mia, because="later")
    together = {"row 2": [(each._meta.label_lower, each.pk) for each in (book, other)]}

    with transaction.atomic():
        done = take_back(together, ACT, by=mia)

    assert done.kept == {"row 2"}
    other.refresh_from_db()
    assert not other.is_removed


def test_what_the_act_never_touched_is_left_alone(book, undo):
    before = book.history.count()

    assert undo(book).back == {book.pk}
    assert book.history.count() == before


def test_many_cost_as_many_queries_as_one(shelf, mia, undo, django_assert_num_queries):
    books = Book.objects.bulk_create(Book(shelf=shelf, title=f"Book {n}") for n in range(30))
    record_set(Book.objects.filter(shelf=shelf), by=mia, because=ACT, type="+")

    with django_assert_num_queries(8):  # a savepoint and its end, two histories, two that lean, the update and its own
        undo(*books)

    assert Shelf.objects.present().exists()
    assert not Book.objects.present().filter(shelf=shelf).exists()
