"""Columns and mixins with a meaning of their own."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from records.identity import new_id
from records.models import ExternalReference
from tests.shelf.models import Book, Genre, Rules

pytestmark = pytest.mark.django_db


def test_later_identities_sort_after_earlier_ones():
    made = [new_id() for _ in range(100)]

    assert made == sorted(made)
    assert {each.version for each in made} == {7}


def test_sort_keys_compare_byte_by_byte_on_both_engines(shelf):
    keys = ["", "Z", "a", "b-b", "ba", "é", "中", "\U00020000"]
    Book.objects.bulk_create([Book(shelf=shelf, title="x", sort_key=key) for key in reversed(keys)])

    assert list(Book.objects.order_by("sort_key").values_list("sort_key", flat=True)) == keys
    assert Book.objects.filter(sort_key__gt="b").count() == 5


def test_a_label_falls_back_to_the_other_language():
    both, english, chinese = Genre(label_en="Novel", label_zh="小说"), Genre(label_en="Poem"), Genre(label_zh="诗")

    with translation.override("zh-hans"):
        assert [genre.label for genre in (both, english, chinese)] == ["小说", "Poem", "诗"]
    with translation.override("en"):
        assert [str(genre) for genre in (both, english, chinese)] == ["Novel", "Poem", "诗"]


def test_a_label_is_asked_for_and_the_schema_insists():
    with pytest.raises(ValidationError):
        Genre().full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Genre.objects.bulk_create([Genre()])


@pytest.mark.parametrize("only", [True, False])
def test_there_is_one_policy(only):
    Rules.load()

    with pytest.raises(IntegrityError), transaction.atomic():
        Rules.objects.bulk_create([Rules(only=only)])


def test_a_key_elsewhere_is_unique_per_source_and_type(book, mia):
    ExternalReference(type="shelf.book", object_id=book.pk, source="erp", external_id="7").keep(by=mia)
    ExternalReference(type="shelf.shelf", object_id=new_id(), source="erp", external_id="7").keep(by=mia)

    with pytest.raises(IntegrityError), transaction.atomic():
        ExternalReference(type="shelf.book", object_id=new_id(), source="erp", external_id="7").keep(by=mia)


def test_a_row_written_by_plain_sql_gets_version_and_moments(shelf):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shelf_shelf (id, name) SELECT %s, 'Plain'",
            [new_id().hex if connection.vendor == "sqlite" else new_id()],
        )

    row = shelf._meta.model.objects.get(name="Plain")
    assert row.version == 1
    assert row.updated_at >= shelf.created_at.replace(microsecond=0)


def test_the_writing_transaction_is_a_column_on_postgresql_only():
    with connection.cursor() as cursor:
        columns = {
            column.name for column in connection.introspection.get_table_description(cursor, "records_changelog")
        }

    assert ("xid" in columns) == (connection.vendor == "postgresql")
