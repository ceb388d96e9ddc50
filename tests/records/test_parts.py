"""A part has no feed entry of its own; writing it changes its record."""

import pytest

from records.models import ChangeLog, ExternalReference
from tests.shelf.models import Book, Page

pytestmark = pytest.mark.django_db


def test_adding_changing_and_taking_away_touch_the_record(book, mia, logged):
    page = Page(book=book, number=1).keep(by=mia)
    page.number = 2
    page.keep(by=mia)
    page.delete(by=mia)

    assert logged(book) == [("upsert", 1), ("upsert", 2), ("upsert", 3), ("upsert", 4)]
    assert not ChangeLog.objects.filter(object_id=page.pk).exists()


def test_the_record_in_hand_reads_its_version_anew(book, mia):
    Page(book=book, number=1).keep(by=mia)

    assert book.version == 2


def test_a_part_that_changes_hands_touches_both(book, shelf, mia, logged):
    other = Book(shelf=shelf, title="Other").keep(by=mia)
    page = Page(book=book, number=1).keep(by=mia)

    page.book = other
    page.keep(by=mia)

    assert logged(book)[-1] == ("upsert", 3)
    assert logged(other)[-1] == ("upsert", 2)


def test_bulk_calls_touch_every_record_concerned(book, shelf, mia):
    other = Book(shelf=shelf, title="Other").keep(by=mia)
    Page.objects.bulk_create([Page(book=each, number=1) for each in (book, other)])
    Page.objects.update(text="x")
    Page.objects.all().delete()

    assert list(Book.objects.values_list("version", flat=True)) == [4, 4]


def test_deleting_the_record_ends_its_log_with_the_deletion(book, mia, logged):
    Page(book=book, number=1).keep(by=mia)

    Book.objects.get().delete()

    operations = logged(book)
    assert operations[-1][0] == "delete"
    assert [version for _op, version in operations] == sorted({version for _op, version in operations})


def test_touching_a_removed_record_tells_nobody(book, mia, logged):
    book.remove(by=mia)

    Page(book=book, number=1).keep(by=mia)

    assert logged(book) == [("upsert", 1), ("delete", 2)]


def test_a_key_elsewhere_touches_the_record_it_names(book, shelf, mia, logged):
    reference = ExternalReference(type="shelf.book", object_id=book.pk, source="erp", external_id="7").keep(by=mia)
    reference.external_id = "8"
    reference.keep(by=mia)
    reference.delete(by=mia)

    assert logged(book) == [("upsert", 1), ("upsert", 2), ("upsert", 3), ("upsert", 4)]
    assert logged(shelf) == [("upsert", 1)]


def test_a_key_elsewhere_goes_with_its_record(book, shelf):
    for record in (book, shelf):
        ExternalReference.objects.create(
            type=record._meta.label_lower, object_id=record.pk, source="erp", external_id="7"
        )

    Book.objects.filter(pk=book.pk).delete()

    assert [reference.object_id for reference in ExternalReference.objects.all()] == [shelf.pk]
    assert ExternalReference.of(shelf).count() == 1


def test_many_keys_elsewhere_touch_each_record_once(shelf):
    books = Book.objects.bulk_create(Book(shelf=shelf, title=f"Book {n}") for n in range(20))
    keys = [
        ExternalReference(type="shelf.book", object_id=book.pk, source="erp", external_id=book.title) for book in books
    ]

    ExternalReference.objects.bulk_create(keys)

    assert set(Book.objects.values_list("version", flat=True)) == {2}
