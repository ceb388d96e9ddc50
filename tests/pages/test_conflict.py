"""Two tabs edit one record: the second is shown both versions, and nothing is lost."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict

from pages.conflict import conflict, rebase
from tests.shelf.models import Book, Shelf


class BookForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    printed_on = forms.DateField(required=False)

    class Meta:
        model = Book
        fields = ["title", "binding", "lent", "shelf"]


@pytest.fixture
def go(db):
    return Shelf.objects.create(name="Go")


@pytest.fixture
def stored(go):
    book = Book.objects.create(shelf=go, title="Life and death", binding="cloth", lent=True)
    book.printed_on = date(2024, 5, 1)
    return book


def sent(stored, **changed):
    """The form as somebody sent it; without changes it says what is stored."""
    said = {"version": 3, "title": stored.title, "binding": stored.binding, "shelf": stored.shelf_id}
    said |= {"printed_on": stored.printed_on.isoformat()} | ({"lent": "on"} if stored.lent else {}) | changed
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in said.items() if value is not None})
    return BookForm(query)


def told(form, stored):
    return {shown.label: (shown.yours, shown.stored) for shown in conflict(form, stored).differences}


def test_only_what_differs_is_shown(stored):
    form = sent(stored, title="Tesuji")

    assert told(form, stored) == {"Title": ("Tesuji", "Life and death")}


def test_choices_yes_and_no_and_days_are_told_in_words(stored):
    form = sent(stored, binding="paper", lent=None, printed_on="2024-05-02")

    assert told(form, stored) == {
        "Binding": ("Paperback", "Hardcover"),
        "Lent": ("No", "Yes"),
        "Printed on": ("2 May 2024", "1 May 2024"),
    }


def test_related_records_are_told_by_name(stored):
    other = Shelf.objects.create(name="Chess")
    form = sent(stored, shelf=other.pk)

    assert told(form, stored) == {"Shelf": ("Chess", "Go")}


def test_what_was_typed_wrongly_is_shown_as_typed(stored):
    form = sent(stored, printed_on="yesterday", title="")

    assert told(form, stored) == {"Title": ("—", "Life and death"), "Printed on": ("yesterday", "1 May 2024")}


def test_no_difference_is_no_line(stored):
    form = sent(stored)

    assert told(form, stored) == {}


def test_a_stored_value_can_be_taken_over_as_its_input_holds_it(stored):
    form = sent(stored, title="Tesuji", binding="paper", lent=None)

    raw = {shown.input_id: shown.raw for shown in conflict(form, stored).differences}

    assert raw == {"id_title": "Life and death", "id_binding": "cloth", "id_lent": None}


def test_the_other_person_and_the_moment_are_named(stored):
    at = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)

    shown = conflict(sent(stored), stored, by="Ben Zhao", at=at)

    assert (shown.by, shown.at) == ("Ben Zhao", at)


def test_the_form_can_be_sent_again_against_the_version_it_was_compared_with(stored):
    form = sent(stored, title="Tesuji")

    rebase(form, 4)

    assert form.data["version"] == "4"
    assert form.data["title"] == "Tesuji"
