"""What was removed long ago goes for good, with what belongs to it, unless something present leans on it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from records.history import record_set
from records.jobs import JobRun
from records.models import ChangeLog, ExternalReference
from records.purge import purge
from records.tasks import prune_logs, purge_removed
from tests.shelf.models import Book, Loan, Page, Shelf

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
SINCE_THEN = LONG_AGO + timedelta(days=1)


@pytest.fixture
def back_then(mia):
    mia.acting_at = LONG_AGO
    return mia


def test_what_was_removed_long_ago_goes_and_leaves_its_history(book, back_then, logged):
    Page(book=book, number=1).keep(by=back_then)
    ExternalReference.objects.create(type="shelf.book", object_id=book.pk, source="erp", external_id="7")
    book.remove(by=back_then)
    lines = logged(book)

    assert purge(SINCE_THEN) == {"shelf.book": 1}

    assert not Book.objects.exists()
    assert not Page.objects.exists()
    assert not ExternalReference.objects.exists()
    assert Book.history.first().history_type == Page.history.first().history_type == "-"
    assert Book.history.first().history_change_reason == "purged"
    assert logged(book) == lines


def test_what_is_present_or_just_removed_stays(book, shelf, mia):
    Book(shelf=shelf, title="Fresh").keep(by=mia).remove(by=mia)

    assert purge(SINCE_THEN) == {}
    assert Book.objects.count() == 2


def test_what_something_present_leans_on_stays(book, shelf, back_then):
    Loan(book=book).keep(by=back_then)
    book.remove(by=back_then)
    shelf.remove(by=back_then)

    assert purge(SINCE_THEN) == {}
    assert Book.objects.exists()


def test_a_removed_branch_goes_in_one_run(book, shelf, back_then):
    inner = Shelf(name="Inner", inside=shelf).keep(by=back_then)
    innermost = Shelf(name="Innermost", inside=inner).keep(by=back_then)
    for record in (Loan(book=book).keep(by=back_then), book, innermost, inner, shelf):
        record.remove(by=back_then)

    assert purge(SINCE_THEN) == {"shelf.loan": 1, "shelf.book": 1, "shelf.shelf": 3}
    assert not Shelf.objects.exists()


def test_a_kind_that_history_names_is_never_purged(book, back_then, monkeypatch):
    monkeypatch.setattr(Book, "is_purged", False)
    book.remove(by=back_then)

    assert purge(SINCE_THEN) == {}


def test_it_works_in_chunks_and_says_so(shelf, monkeypatch):
    monkeypatch.setattr("records.purge.CHUNK", 2)
    Book.objects.bulk_create([Book(shelf=shelf, title=str(n), removed_at=LONG_AGO) for n in range(5)])
    record_set(Book.objects.all(), by=None, because="imported", type="+")
    chunks = []

    assert purge(SINCE_THEN, after_each_chunk=lambda: chunks.append(1)) == {"shelf.book": 5}

    assert len(chunks) == 3
    assert Book.history.filter(history_type="-").count() == 5


def test_the_nightly_job_purges_after_thirty_days_and_once_a_day(book, shelf, mia):
    other = Book(shelf=shelf, title="Other").keep(by=mia)
    for each, days in ((book, 31), (other, 29)):
        mia.acting_at = timezone.now() - timedelta(days=days)
        each.remove(by=mia)

    purge_removed()
    purge_removed()

    assert list(Book.objects.all()) == [other]
    assert JobRun.objects.get(name="purge_removed").counts == {"shelf.book": 1}


def test_logs_forget_after_ninety_days(book, mia, monkeypatch):
    monkeypatch.setattr("records.change_log.CHUNK", 2)
    for _turn in range(5):
        book.keep(by=mia)
    ChangeLog.objects.update(at=timezone.now() - timedelta(days=91))
    book.keep(by=mia)
    JobRun.claim("old", "1").finish(now=timezone.now() - timedelta(days=91))

    prune_logs()

    assert list(ChangeLog.objects.filter(object_id=book.pk).values_list("version", flat=True)) == [7]
    assert JobRun.objects.get().counts["runs"] == 1
    assert JobRun.objects.get().counts["changes"] >= 6
