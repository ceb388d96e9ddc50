"""Every change leaves a row that says who, when, why and through what; nobody else writes it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import models

from records.history import history_model, record_set
from tests.shelf.models import Book, Page, Rules, Shelf

pytestmark = pytest.mark.django_db

LAST_YEAR = datetime(2024, 3, 1, 9, tzinfo=UTC)


def test_keeping_writes_who_when_why_and_through_what(book, mia):
    mia.client = "api"
    mia.acting_at = LAST_YEAR
    book.title = "Renamed"

    book.keep(by=mia, because="typo")

    row = Book.history.latest("history_id")
    assert (row.history_user_id, row.history_date, row.history_change_reason) == (mia.pk, LAST_YEAR, "typo")
    assert (row.history_client, row.history_type, row.title) == ("api", "~", "Renamed")


def test_a_job_is_nobody_in_particular(book):
    book.keep(by=None, because="repaired")

    row = Book.history.first()
    assert (row.history_user_id, row.history_client) == (None, "job")


def test_one_act_signs_one_change(book, mia):
    book.keep(by=mia, because="checked")
    book.save()

    row = Book.history.first()
    assert (row.history_user_id, row.history_change_reason) == (None, "")


def test_what_is_told_of_another_day_was_made_on_that_day(shelf, mia):
    mia.acting_at = LAST_YEAR

    book = Book(shelf=shelf, title="Old").keep(by=mia)
    book.remove(by=mia)

    book.refresh_from_db()
    assert book.created_at == book.removed_at == LAST_YEAR


def test_a_date_retold_applies_to_new_records_only(book, mia):
    made = book.created_at
    mia.acting_at = LAST_YEAR

    book.keep(by=mia)

    assert Book.objects.get().created_at == made


def test_removing_and_restoring_leave_a_row_each_and_twice_is_once(book, mia):
    book.remove(by=mia, because="double")
    book.remove(by=mia)
    book.restore(by=mia)
    book.restore(by=mia)

    assert [bool(row.removed_at) for row in Book.history.order_by("history_id")] == [False, True, False]
    assert not book.is_removed


def test_a_part_taken_away_leaves_its_last_words(book, mia):
    page = Page(book=book, number=3).keep(by=mia)

    page.delete(by=mia, because="torn")

    row = Page.history.first()
    assert (row.history_type, row.number, row.history_user_id) == ("-", 3, mia.pk)
    assert row.history_change_reason == "torn"


def test_only_the_named_fields_are_written(book, mia):
    book.title, book.gossip = "New", "unsaid"

    book.keep(by=mia, fields=["title"])

    assert Book.objects.values_list("title", "gossip").get() == ("New", "")


def test_it_leaves_out_what_triggers_and_searches_need():
    columns = {field.name for field in history_model(Book)._meta.fields}

    assert columns.isdisjoint({"version", "updated_at", "sort_key"})


def test_it_holds_no_key_that_could_block_a_purge(book, shelf, mia):
    assert not any(
        field.db_constraint for field in history_model(Book)._meta.fields if isinstance(field, models.ForeignKey)
    )

    book_id = book.pk
    Book.objects.get().delete()
    shelf.delete()

    assert Book.history.filter(id=book_id).count() == 2


def test_it_is_indexed_for_its_readers_only():
    def indexed(model):
        history = history_model(model)
        assert not any(field.db_index for field in history._meta.fields)
        return [index.fields[0] for index in history._meta.indexes]

    assert indexed(Book) == ["id", "shelf"]
    assert indexed(Page) == ["id", "book"]
    assert indexed(Shelf) == ["id"]


def test_a_set_is_recorded_in_one_statement(shelf, mia, django_assert_num_queries):
    mia.acting_at = LAST_YEAR
    Book.objects.bulk_create([Book(shelf=shelf, title=str(n), lent=n == 2) for n in range(30)])

    with django_assert_num_queries(1):
        written = record_set(Book.objects.filter(shelf=shelf).order_by("title"), by=mia, because="imported", type="+")

    rows = Book.history.filter(shelf=shelf)
    assert written == rows.count() == 30
    assert set(rows.values_list("history_user_id", "history_date", "history_client", "history_change_reason")) == {
        (mia.pk, LAST_YEAR, "web", "imported")
    }
    row = rows.get(title="2")
    assert (row.history_type, row.lent, row.removed_at) == ("+", True, None)
    assert isinstance(row.id, UUID)
    assert row.created_at <= datetime.now(UTC) + timedelta(minutes=1)


def test_a_set_may_be_narrowed_by_relations(book, shelf, mia):
    Page(book=book, number=1).keep(by=mia)

    assert record_set(Book.objects.filter(shelf__name="Go", pages__number=1), by=mia, because="checked") == 1
    assert record_set(Book.objects.none(), by=mia, because="checked") == 0


def test_policy_is_one_row_with_a_history(mia):
    rules = Rules.load()
    rules.days = 14
    rules.keep(by=mia, because="holidays")

    assert Rules.load().days == 14
    assert Rules.objects.count() == 1
    assert list(Rules.history.order_by("history_id").values_list("days", flat=True)) == [30, 14]
