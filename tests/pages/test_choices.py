"""One of many: a plain list where they are few, a text that is read where they are not, with script and without."""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from pages import choices
from pages.choices import Choices, SearchedChoiceField, find, plain, suggest
from pages.conflict import conflict
from tests.shelf.models import Book, Shelf

pytestmark = pytest.mark.django_db


class Shelves(Choices):
    def search(self, text):
        return find(self.rows, text, "name")

    def tell_apart(self, records):
        return {shelf.pk: f"in room {len(shelf.name)}" for shelf in records}


class BookForm(forms.Form):
    shelf = SearchedChoiceField(label="Shelf", required=False, empty_label="None")

    def __init__(self, *args, hidden=(), besides=(), **kwargs):
        super().__init__(*args, **kwargs)
        rows = Shelf.objects.exclude(pk__in=[shelf.pk for shelf in hidden]).order_by("name", "id")
        self.fields["shelf"].offer(Shelves(rows, "/shelves/", besides=besides))


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Three make a long list."""
    monkeypatch.setattr(choices, "FEW", 3)


@pytest.fixture
def shelves():
    return {name: Shelf.objects.create(name=name) for name in ("Chess", "Go", "Go problems", "Shogi", "Xiangqi 象棋")}


def sent(*, chosen="", text="", shown="", **more):
    query = QueryDict(mutable=True)
    query.update({"shelf": str(chosen), "shelf_text": text, "shelf_shown": shown} | more)
    return query


def inputs(markup):
    """What the form would send as it stands."""
    return {
        tag["name"]: tag["value"]
        for tag in (dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in re.findall(r"<input[^>]*>", markup))
        if tag["type"] in ("text", "hidden")
    }


def test_few_are_a_plain_list():
    for name in ("Chess", "Go", "Shogi"):
        Shelf.objects.create(name=name)

    markup = str(BookForm())

    assert re.findall(r"<option[^>]*>([^<]+)</option>", markup) == ["None", "Chess", "Go", "Shogi"]
    assert "combobox" not in markup


def test_one_more_is_a_search(shelves):
    markup = str(BookForm(initial={"shelf": shelves["Go"].pk}))

    assert "<select" not in markup
    assert "Shogi" not in markup
    assert inputs(markup) == {"shelf": str(shelves["Go"].pk), "shelf_text": "Go", "shelf_shown": "Go"}
    assert re.search(
        r'<input type="text"[^>]* role="combobox"[^>]* aria-controls="id_shelf_list"[^>]* id="id_shelf"', markup
    )
    assert 'id="id_shelf_list" role="listbox"' in markup
    assert 'for="id_shelf"' in markup


def test_showing_a_search_costs_the_same_for_many(shelves, django_assert_num_queries):
    for number in range(200):
        Shelf.objects.create(name=f"Shelf {number}")

    with django_assert_num_queries(2):  # the first few, and the chosen one
        str(BookForm(initial={"shelf": shelves["Shogi"].pk}))


def test_what_nobody_touched_stays(shelves):
    form = BookForm(sent(**told(shelves["Go"])))

    assert form.is_valid()
    assert form.cleaned_data["shelf"] == shelves["Go"]


def told(shelf):
    return {"chosen": shelf.pk, "text": shelf.name, "shown": shelf.name}


def test_what_somebody_renamed_meanwhile_stays(shelves):
    data = sent(**told(shelves["Shogi"]))
    Shelf.objects.filter(pk=shelves["Shogi"].pk).update(name="Japanese chess")

    assert BookForm(data).fields["shelf"].offered.few is None
    assert read(data) == shelves["Shogi"]


def read(data, **options):
    form = BookForm(data, **options)
    assert form.is_valid(), form.errors
    return form.cleaned_data["shelf"]


def complaint(data, **options):
    form = BookForm(data, **options)
    assert not form.is_valid()
    return form.errors["shelf"][0]


def test_an_emptied_text_chooses_none(shelves):
    assert read(sent(chosen=shelves["Go"].pk, text="  ", shown="Go")) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("shog", "Shogi"), ("象", "Xiangqi 象棋"), ("go", "Go"), (" GO  problems ", "Go problems")],
)
def test_a_text_that_fits_one_is_taken(shelves, text, found):
    assert read(sent(chosen=shelves["Chess"].pk, text=text, shown="Chess")) == shelves[found]


def test_a_text_that_fits_none_is_refused_and_stands_there_still(shelves):
    data = sent(chosen=shelves["Go"].pk, text="Mahjong", shown="Go")

    assert complaint(data) == "Nothing here fits “Mahjong”."
    assert inputs(str(BookForm(data)))["shelf_text"] == "Mahjong"


def test_a_text_that_fits_several_asks_which(shelves):
    Shelf.objects.create(name="Shogi")
    form = BookForm(sent(text="shog"))

    markup = str(form)

    assert form.errors["shelf"] == ["2 fit “shog”: choose the one you mean."]
    radios = re.findall(r'<input type="radio" name="shelf_one" value="([^"]+)"><span>(\w+)', markup)
    assert sorted(name for _pk, name in radios) == ["Shogi", "Shogi"]
    again = inputs(markup)
    for pk, _name in radios:  # what comes back without script, with one of them marked
        assert str(read(sent(**fields(again), shelf_one=pk)).pk) == pk
    assert "choose the one" in complaint(sent(**fields(again)))


def fields(said):
    return {"chosen": said["shelf"], "text": said["shelf_text"], "shown": said["shelf_shown"]}


def test_several_of_the_very_name_come_before_all_that_fit(shelves):
    twin = Shelf.objects.create(name="go")
    form = BookForm(sent(text="Go"))

    assert not form.is_valid()
    assert {choice.value for choice in form.fields["shelf"].widget.several} == {str(shelves["Go"].pk), str(twin.pk)}


def test_a_mark_counts_no_more_once_another_text_is_typed(shelves):
    data = sent(text="Chess", shown="gi", shelf_one=str(shelves["Shogi"].pk))

    assert read(data) == shelves["Chess"]


def test_too_many_to_mark_ask_for_more_letters(shelves):
    for number in range(20):
        Shelf.objects.create(name=f"Go {number}")
    form = BookForm(sent(text="o"))

    assert form.errors["shelf"] == ["Many fit “o”: choose one, or type more of it."]
    assert len(form.fields["shelf"].widget.several) == choices.SUGGESTED


def test_a_text_that_was_read_is_shown_as_the_name(shelves):
    form = BookForm(sent(text="shog"))
    form.is_valid()

    assert inputs(str(form)) == {
        "shelf": str(shelves["Shogi"].pk),
        "shelf_text": "Shogi",
        "shelf_shown": "Shogi",
    }


@pytest.mark.parametrize("value", ["nonsense", "00000000-0000-7000-8000-000000000000", "\N{SNOWMAN}"])
def test_an_id_that_is_none_is_refused(shelves, value):
    assert "valid choice" in complaint(sent(chosen=value, text="x", shown="x"))


def test_a_plain_list_may_have_grown_meanwhile(shelves):
    data = QueryDict(mutable=True)
    data["shelf"] = str(shelves["Go"].pk)

    assert read(data) == shelves["Go"]


def test_a_search_may_have_shrunk_meanwhile(shelves):
    Shelf.objects.filter(name__in=["Go problems", "Shogi", "Chess"]).delete()

    assert read(sent(**told(shelves["Go"]))) == shelves["Go"]
    assert read(sent(text="xiang")) == shelves["Xiangqi 象棋"]


def test_what_is_out_of_sight_is_neither_named_nor_taken(shelves):
    secret = shelves["Go problems"]
    options = {"hidden": [secret], "initial": {"shelf": secret.pk}}

    markup = str(BookForm(**options))

    assert inputs(markup) == {"shelf": "", "shelf_text": "", "shelf_shown": ""}
    assert "problems" not in markup
    assert str(secret.pk) not in markup
    assert BookForm(**options).fields["shelf"].hides(secret.pk)
    assert "Nothing here" in complaint(sent(text="problems"), **options)
    assert "valid choice" in complaint(sent(**told(secret)), **options)


def test_one_beside_the_list_may_stay(shelves):
    secret = shelves["Go problems"]
    options = {"hidden": [secret], "besides": [secret]}

    assert read(sent(**told(secret)), **options) == secret
    assert "Go problems" in str(BookForm(initial={"shelf": secret.pk}, **options))


def test_one_beside_a_plain_list_stands_in_it(shelves):
    Shelf.objects.exclude(name__in=["Go", "Chess"]).delete()

    markup = str(BookForm(hidden=[shelves["Go"]], besides=[shelves["Go"]]))

    assert re.findall(r"<option[^>]*>([^<]+)</option>", markup) == ["None", "Chess", "Go"]


def test_two_versions_are_compared_by_name(shelves):
    stored = Book(shelf=shelves["Go"], title="Life and death")

    typed, untouched, same, emptied, hidden = (
        conflict(BookForm(data, **options), stored).differences
        for data, options in (
            (sent(text="shog", chosen=shelves["Chess"].pk, shown="Chess"), {}),
            (sent(**told(shelves["Go"])), {}),
            (sent(text="GO"), {}),
            (sent(), {}),
            (sent(**told(shelves["Chess"])), {"hidden": [shelves["Go"]]}),
        )
    )

    assert [(one.yours, one.stored, one.raw) for one in typed] == [("Shogi", "Go", str(shelves["Go"].pk))]
    assert untouched == same == []
    assert [(one.yours, one.stored) for one in emptied] == [("—", "Go")]
    assert [(one.yours, one.stored, one.raw) for one in hidden] == [("Chess", "—", "")]


def test_the_id_of_the_text_is_the_fields_own(shelves):
    """“Take stored” finds the input by it."""
    assert BookForm()["shelf"].id_for_label == "id_shelf"


def suggested(text="", **more):
    request = RequestFactory().get("/shelves/", {"q": text} | more)
    answer = suggest(request, Shelves(Shelf.objects.order_by("name", "id"), "/shelves/")).content.decode()
    return re.findall(r'role="option"[^>]* data-label="([^"]+)"', answer), answer


def test_suggestions_are_a_few_and_say_how_many_more_there_are(shelves):
    for number in range(20):
        Shelf.objects.create(name=f"Shelf {number:02}")

    names, answer = suggested("shelf")

    assert names == [f"Shelf {number:02}" for number in range(choices.SUGGESTED)]
    assert "8 more: type on" in answer
    assert "in room 8" in answer


def test_how_many_more_there_are_is_counted_up_to_a_bound(shelves, monkeypatch):
    monkeypatch.setattr(choices, "COUNTED", 5)
    for number in range(20):
        Shelf.objects.create(name=f"Shelf {number:02}")

    assert "5+ more: type on" in suggested("shelf")[1]


def test_what_begins_with_the_text_is_suggested_first_and_then_where_a_word_does(shelves):
    for name in ("A cargo", "A go set"):
        Shelf.objects.create(name=name)

    assert suggested("go")[0] == ["Go", "Go problems", "A go set", "A cargo"]


def test_nothing_typed_yet_brings_the_first_ones(shelves):
    names, answer = suggested()

    assert names == sorted(shelves)
    assert "more:" not in answer


def test_nothing_that_fits_says_so_and_is_no_markup(shelves):
    names, answer = suggested("<b>")

    assert names == []
    assert "“&lt;b&gt;”" in answer


def test_the_record_itself_is_not_suggested(shelves):
    assert "Go" not in suggested("go", without=str(shelves["Go"].pk))[0]
    assert "Go" in suggested("go", without="nonsense")[0]


def test_a_suggestion_costs_two_queries_however_many_there_are(shelves, django_assert_max_num_queries):
    for number in range(200):
        Shelf.objects.create(name=f"Shelf {number}")

    with django_assert_max_num_queries(2):
        suggested("shelf")


WORDS = st.text(st.sampled_from("aAbB 棋%_\\'\"<"), max_size=4)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(WORDS.filter(plain), min_size=4, max_size=7), text=WORDS)
def test_a_text_is_read_as_the_one_it_can_mean_or_not_at_all(names, text):
    Shelf.objects.all().delete()
    shelves = [Shelf.objects.create(name=name) for name in names]
    named = [shelf for shelf in shelves if plain(shelf.name) == plain(text)]
    fits = [shelf for shelf in shelves if all(word.casefold() in shelf.name.casefold() for word in text.split())]
    form = BookForm(sent(text=text))

    is_valid = form.is_valid()

    meant = named or fits
    if not text.strip():
        assert form.cleaned_data["shelf"] is None
    elif len(meant) == 1:
        assert form.cleaned_data["shelf"] == meant[0]
    else:
        assert not is_valid
        assert len(form.fields["shelf"].widget.several) == len(meant)
