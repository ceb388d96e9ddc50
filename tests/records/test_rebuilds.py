"""SQLite builds tables anew for most changes; versions are counted and changes logged before, between and after."""

import pytest
from django.apps import apps
from django.db import connections, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from records import triggers
from records.models import ChangeLog, ExternalReference
from tests.shelf.models import Book, Loan, Page, Shelf


class Library:
    """A database file of its own with the tables of this package and of the shelf."""

    def __init__(self, path):
        connections.databases["library"] = connections.databases["default"] | {
            "ENGINE": "records.sqlite", "NAME": str(path), "OPTIONS": {}, "CONN_MAX_AGE": 0,
        }  # fmt: skip
        self.connection = connections["library"]
        self.state = ProjectState()
        tracked = [model for label in ("records", "shelf") for model in apps.get_app_config(label).get_models()]
        for model in tracked:
            self.state.add_model(ModelState.from_model(model))
        with self.connection.schema_editor() as editor:
            for model in tracked:
                editor.create_model(model)
        triggers.install(self.connection)
        self.tables_of_other_apps = set(triggers.verify(self.connection))

    def problems(self):
        """Where triggers and models differ, but for the apps that have no tables here."""
        return [line for line in triggers.verify(self.connection) if line not in self.tables_of_other_apps]

    def migrate(self, *operations):
        """What a migration does, and nothing after it: the triggers must outlive each operation by themselves."""
        for operation in operations:
            after = self.state.clone()
            operation.state_forwards("shelf", after)
            with self.connection.schema_editor() as editor:
                operation.database_forwards("shelf", editor, self.state, after)
            self.state = after

    def run(self, sql, *parameters):
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, parameters).fetchall()

    def writes(self, table):
        """Update a table's one row; by how much its version rose, and how many lines the log grew."""
        before = self.run(f"SELECT version, (SELECT COUNT(*) FROM records_changelog) FROM {table}")[0]
        self.run(f"UPDATE {table} SET removed_at = NULL")
        after = self.run(f"SELECT version, (SELECT COUNT(*) FROM records_changelog) FROM {table}")[0]
        return tuple(now - was for was, now in zip(before, after, strict=True))

    def last_line(self):
        return self.run("SELECT op, account_before, account_after FROM records_changelog ORDER BY id DESC LIMIT 1")[0]


ONE_MORE = (1, 1)


@pytest.fixture
def library(tmp_path, django_db_blocker):
    """With a shelf, a book and a page in it."""
    with django_db_blocker.unblock():
        library = Library(tmp_path / "library.sqlite3")
        shelf = Shelf(name="Go")
        shelf.save(using="library")
        book = Book(shelf=shelf, title="Shape up")
        book.save(using="library")
        Page(book=book, number=1).save(using="library")
        yield library
        library.connection.close()
    del connections.databases["library"]
    del connections["library"]


def test_altering_a_field(library):
    library.migrate(migrations.AlterField("book", "title", models.CharField(max_length=200)))

    assert library.writes("shelf_book") == library.writes("shelf_shelf") == ONE_MORE
    assert library.problems() == []


def test_adding_a_field_with_a_default(library):
    library.migrate(migrations.AddField("book", "stars", models.IntegerField(default=3)))

    assert library.writes("shelf_book") == ONE_MORE
    assert library.problems() == []


def test_renaming_a_plain_field(library):
    library.migrate(migrations.RenameField("book", "title", "name"))

    assert library.writes("shelf_book") == ONE_MORE
    assert library.problems() == []


def test_renaming_the_account_column(library):
    shelf = library.run("SELECT id FROM shelf_shelf")[0][0]

    library.migrate(migrations.RenameField("book", "shelf", "place"))

    assert library.writes("shelf_book") == ONE_MORE
    assert library.last_line() == ("upsert", shelf, shelf)


def test_renaming_the_column_that_leads_a_part_to_its_record(library):
    library.migrate(migrations.RenameField("page", "book", "volume"))

    before = library.run("SELECT version FROM shelf_book")[0][0]
    library.run("UPDATE shelf_page SET number = 5")
    assert library.run("SELECT version FROM shelf_book")[0][0] == before + 1


def test_removing_a_plain_and_an_indexed_field(library):
    library.migrate(
        migrations.RemoveField("book", "lent"),
        migrations.AlterField("book", "binding", models.CharField(max_length=8, db_index=True)),
    )
    library.migrate(migrations.RemoveField("book", "binding"))

    assert library.writes("shelf_book") == ONE_MORE
    assert library.problems() == []


def test_removing_the_account_column_leaves_the_log_without_account(library):
    library.migrate(migrations.RemoveField("book", "shelf"))

    assert library.writes("shelf_book") == ONE_MORE
    assert library.last_line() == ("upsert", None, None)


def test_renaming_a_record(library):
    library.migrate(migrations.RenameModel("Book", "Volume"))

    assert library.writes("shelf_volume") == ONE_MORE
    library.run("UPDATE shelf_page SET number = 6")
    assert library.writes("shelf_volume") == ONE_MORE


def test_renaming_a_part(library):
    library.migrate(migrations.RenameModel("Page", "Leaf"))

    before = library.run("SELECT version FROM shelf_book")[0][0]
    library.run("UPDATE shelf_leaf SET number = 7")
    assert library.run("SELECT version FROM shelf_book")[0][0] == before + 1


def test_renaming_and_back_ends_where_it_began(library):
    library.migrate(migrations.RenameModel("Book", "Volume"), migrations.RenameModel("Volume", "Book"))

    assert library.problems() == []


def test_deleting_a_model_takes_its_triggers_and_no_others(library):
    library.migrate(migrations.DeleteModel("Page"), migrations.DeleteModel("Loan"))

    assert library.writes("shelf_book") == ONE_MORE
    assert {line.split(":")[0] for line in library.problems()} == {
        Page._meta.db_table,
        Loan._meta.db_table,
    }


def test_a_constraint_added_and_taken_away(library):
    constraint = models.CheckConstraint(condition=~models.Q(title=""), name="book_has_title")

    library.migrate(migrations.AddConstraint("book", constraint), migrations.RemoveConstraint("book", "book_has_title"))

    assert library.writes("shelf_book") == ONE_MORE
    assert library.problems() == []


def test_rebuilding_the_log_and_the_references_themselves(library):
    with library.connection.schema_editor() as editor:
        editor._remake_table(ChangeLog)
        editor._remake_table(ExternalReference)

    assert library.writes("shelf_book") == ONE_MORE
    assert library.problems() == []


def test_a_change_that_fails_leaves_schema_and_triggers_as_they_were(library):
    with library.connection.schema_editor() as editor, pytest.raises(ZeroDivisionError), editor._triggers_aside():
        raise ZeroDivisionError

    assert library.problems() == []


def test_printing_the_sql_of_a_migration_drops_nothing(library):
    with library.connection.schema_editor(collect_sql=True) as editor:
        editor.alter_field(Book, Book._meta.get_field("lent"), Book._meta.get_field("lent"))
        editor.delete_model(Page)

    assert library.problems() == []


def test_flushing_says_nothing_in_the_log(library):
    tables = library.connection.introspection.table_names()

    library.connection.ops.execute_sql_flush(library.connection.ops.sql_flush(_plain, tables))

    assert library.run("SELECT COUNT(*) FROM records_changelog") == [(0,)]
    assert library.problems() == []


class _plain:
    SQL_KEYWORD = SQL_FIELD = SQL_TABLE = staticmethod(str)
