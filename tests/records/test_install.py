"""Triggers follow the models: installed after migrations, untouched when right, repaired and told of when not."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import connection, models

from records import triggers
from records.models import ChangeLog, Part, Record
from records.operations import InstallTriggers
from records.triggers.plan import badly_declared
from tests.records.engines import needs_postgresql
from tests.shelf.models import Book

pytestmark = pytest.mark.django_db


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def break_one():
    if connection.vendor == "postgresql":
        run("DROP TRIGGER records_count ON shelf_book")
    else:
        run("DROP TRIGGER records_update_shelf_book")


def test_the_schema_stands_as_the_models_want_it():
    assert triggers.verify(connection) == []


def test_installing_again_changes_nothing():
    assert triggers.install(connection) == []


def test_a_dropped_trigger_is_noticed_and_brought_back(book, mia):
    break_one()

    (problem,) = triggers.verify(connection)
    assert "shelf_book" in problem
    assert "missing" in problem

    triggers.install(connection)
    assert triggers.verify(connection) == []
    book.keep(by=mia)
    assert book.version == 2


def test_another_text_under_the_same_name_is_noticed():
    if connection.vendor == "postgresql":
        run(
            "CREATE OR REPLACE FUNCTION records_log_shelf_book() RETURNS trigger LANGUAGE plpgsql "
            "AS $$BEGIN RETURN NULL; END$$"
        )
    else:
        run("DROP TRIGGER records_delete_shelf_book")
        run("CREATE TRIGGER records_delete_shelf_book AFTER DELETE ON shelf_book BEGIN SELECT 1; END")

    assert any("differs" in problem for problem in triggers.verify(connection))
    triggers.install(connection)
    assert triggers.verify(connection) == []


@needs_postgresql
def test_a_trigger_switched_off_is_noticed():
    run("ALTER TABLE shelf_book DISABLE TRIGGER records_count")

    assert triggers.verify(connection) == ["records_count ON shelf_book: differs"]
    triggers.install(connection)
    assert triggers.verify(connection) == []


def test_triggers_of_a_model_that_is_gone_are_taken_away():
    if connection.vendor == "postgresql":
        run("CREATE TRIGGER records_old BEFORE UPDATE ON records_jobrun FOR EACH ROW EXECUTE FUNCTION records_count()")
    else:
        run("CREATE TRIGGER records_old AFTER UPDATE ON records_jobrun BEGIN SELECT 1; END")

    assert [problem.split(": ")[1] for problem in triggers.verify(connection)] == ["surplus"]
    triggers.install(connection)
    assert triggers.verify(connection) == []


def test_rows_written_while_no_trigger_stood_are_told_of(book, logged):
    with connection.cursor() as cursor:
        names = [name for name in triggers._engine(connection).live(cursor) if name.endswith("shelf_book")]
        for name in names:
            if not name.endswith("()"):
                triggers._engine(connection).drop(cursor, name)
    Book.objects.filter(pk=book.pk).update(title="Unseen")

    triggers.install(connection)

    assert logged(book) == [("upsert", 1), ("upsert", 1)]


def test_a_migration_ends_by_installing_them(book):
    break_one()

    call_command("migrate", "shelf", verbosity=0)

    assert triggers.verify(connection) == []


def test_the_system_check_tells(book):
    assert checks.run_checks(tags=["database"], databases=["default"]) == []

    break_one()

    assert [message.id for message in checks.run_checks(tags=["database"], databases=["default"])] == ["records.W001"]


@pytest.mark.parametrize("declared", ["nothing", "a word", "a user"])
def test_a_part_must_name_its_way_to_a_record(declared):
    class Meta:
        app_label = "shelf"
        abstract = True

    names = {"nothing": {}, "a word": {"part_of": "words"}, "a user": {"part_of": "whole"}}[declared]
    whole = models.ForeignKey(ChangeLog, models.CASCADE)
    part = type(
        "Stray", (Part,), {"__module__": __name__, "Meta": Meta, "whole": whole, "words": models.TextField(), **names}
    )

    assert badly_declared(part) == "part_of must name its foreign key to a record."


def test_an_account_column_must_exist():
    class Meta:
        app_label = "shelf"
        abstract = True

    record = type("Stray", (Record,), {"__module__": __name__, "Meta": Meta, "account_column": "bank_id"})

    assert "bank_id" in badly_declared(record)
    assert badly_declared(Book) is None


def test_a_migration_can_bring_them_back_before_it_ends(book):
    break_one()

    InstallTriggers().database_forwards("shelf", _Editor, None, None)

    assert triggers.verify(connection) == []


class _Editor:
    collect_sql = False
    connection = connection
