"""The History tab: the changes of several kinds of record as one story, in words, at a fixed cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records.timeline import FieldChange, timeline
from tests.shelf.models import Book, Page, Shelf

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def at(mia):
    """mia, at so many minutes past nine."""

    def act(minutes):
        mia.acting_at = MONDAY + timedelta(minutes=minutes)
        return mia

    return act


@pytest.fixture
def story(at):
    """A book is put on a shelf, moved, bound, lent, gossiped about, gets a page, and vanishes."""
    go, chess = Shelf(name="Go").keep(by=at(0)), Shelf(name="Chess").keep(by=at(0))
    book = Book(shelf=go, title="Shape up", gossip="dog-eared").keep(by=at(1))
    book.shelf, book.binding = chess, "cloth"
    book.keep(by=at(2), because="rebound")
    book.lent, book.gossip = True, "never came back"
    book.keep(by=at(3))
    Page(book=book, number=7).keep(by=at(4)).delete(by=at(5))
    book.remove(by=at(6), because="lost")
    book.restore(by=at(7))
    return book


def told(book, **options):
    return timeline([Book.history.filter(id=book.pk), Page.history.filter(book_id=book.pk)], **options)


def changes(entry):
    return {change.name: (change.before, change.after) for change in entry.changes if not change.is_hidden}


def test_it_is_told_newest_first_across_kinds(story):
    acts = [(entry.act, entry.kind) for entry in told(story).entries]

    assert acts == [
        ("restored", "book"), ("removed", "book"), ("deleted", "page"), ("created", "page"),
        ("changed", "book"), ("changed", "book"), ("created", "book"),
    ]  # fmt: skip


def test_each_entry_says_who_when_why_and_through_what(story, mia):
    removed = told(story, names=lambda ids: {mia.pk: "Mia Fan"}).entries[1]

    assert (removed.who, removed.client, removed.because) == ("Mia Fan", "web", "lost")
    assert removed.at == MONDAY + timedelta(minutes=6)
    assert (removed.label, removed.object_id) == ("Shape up", story.pk)


def test_keys_and_choices_are_told_by_their_labels(story):
    assert changes(told(story).entries[5]) == {
        "shelf": ("Go", "Chess"),
        "binding": ("Paperback", "Hardcover"),
    }


def test_a_sensitive_field_says_only_that_it_changed(story):
    lent = told(story).entries[4]

    assert FieldChange("gossip", is_hidden=True) in lent.changes
    assert changes(lent) == {"lent": ("no", "yes")}
    assert "never came back" not in str(told(story))


def test_a_first_entry_tells_what_was_filled_in(story):
    first = changes(told(story).entries[-1])

    assert first == {"shelf": (None, "Go"), "title": (None, "Shape up"), "binding": (None, "Paperback")}


def test_a_part_that_is_gone_still_has_its_name(story):
    assert told(story).entries[2].label == "page 7"


def test_a_key_to_something_purged_has_no_name(story):
    Shelf.objects.filter(name="Go").delete()

    assert changes(told(story).entries[5])["shelf"] == ("no longer shown", "Chess")


def test_a_key_to_something_hidden_from_the_viewer_has_no_name(story, mia):
    mia.sees = {"Chess"}

    assert changes(told(story, viewer=mia).entries[5])["shelf"] == ("no longer shown", "Chess")


def test_pages_follow_each_other_without_gap_or_double(story, at):
    for number in range(5):  # several rows of several tables in the same moment
        Page(book=story, number=number).keep(by=at(8))
        story.title = f"Title {number}"
        story.keep(by=at(8))
    whole = told(story, limit=100)
    paged, before = [], None
    while True:
        page = told(story, limit=3, before=before)
        paged += page.entries
        if (before := page.next) is None:
            break

    assert paged == whole.entries
    assert len(paged) == 17
    assert whole.next is None


def test_what_changed_is_right_within_one_moment(book, at):
    for title in ("A", "B", "C"):
        book.title = title
        book.keep(by=at(60 * 24 * 365 * 10))

    assert [changes(entry)["title"] for entry in told(book).entries[:3]] == [("B", "C"), ("A", "B"), ("Shape up", "A")]


def test_a_save_that_changed_nothing_is_not_told_unless_it_had_a_reason(book, mia):
    book.keep(by=mia)
    book.keep(by=mia, because="confirmed")

    assert [entry.because for entry in told(book).entries] == ["confirmed", ""]


def test_thirty_rows_cost_as_many_queries_as_three(story, at):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            told(story, names=lambda ids: {}, limit=100)
        return len(asked)

    few = cost()
    for number in range(30):
        story.shelf = Shelf(name=f"Shelf {number}").keep(by=at(number + 10))
        story.keep(by=at(number + 10))
        Page(book=story, number=number).keep(by=at(number + 10))

    assert cost() == few == 8  # two a table, their labels, and those of the keys to books and shelves


def test_names_are_asked_for_once(story, mia):
    asked = []
    told(story, names=lambda ids: asked.append(ids) or {})

    assert asked == [{mia.pk}]


def test_a_name_that_needs_no_relation_fetches_none(story, mia):
    with CaptureQueriesContext(connection) as asked:
        told(story, viewer=mia)

    assert not [query["sql"] for query in asked if 'FROM "shelf_book"' in query["sql"] and "JOIN" in query["sql"]]


def test_a_removed_record_keeps_its_name_whoever_looks(mia, at):
    shelf = Shelf(name="Go").keep(by=at(1)).remove(by=at(2))

    assert [entry.label for entry in timeline([Shelf.history.filter(id=shelf.pk)], viewer=mia).entries] == ["Go", "Go"]
