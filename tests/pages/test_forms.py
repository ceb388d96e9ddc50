"""Forms: label, help and complaint are tied to their input; choices can be chips."""

import re

import pytest
from django import forms

from pages.forms import ChipCheckboxes, ChipRadios, DayInput, MomentInput


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="In any script")
    note = forms.CharField(required=False)
    since = forms.DateField(widget=DayInput)
    at = forms.DateTimeField(widget=MomentInput)
    watched = forms.BooleanField(required=False, help_text="Alerts too")
    why = forms.ChoiceField(choices=[("a", "Known"), ("b", "Other <b>")], widget=ChipRadios)
    people = forms.MultipleChoiceField(
        choices=[("1", "Liu Yang"), ("2", "Tang Rui")], widget=ChipCheckboxes(marks={"1": {"score": 2}})
    )


@pytest.fixture
def wrong():
    return str(Sample({"why": "b", "people": ["1"]}))


def ids(markup):
    return set(re.findall(r' id="([^"]+)"', markup))


def test_every_description_is_there(wrong):
    described = {name for ids in re.findall(r'aria-describedby="([^"]+)"', wrong) for name in ids.split()}

    assert {"id_name_helptext", "id_name_error", "id_watched_helptext"} <= described
    assert described <= ids(wrong)


def test_every_label_has_its_input(wrong):
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', wrong)) <= ids(wrong)


def test_a_wrong_field_is_marked(wrong):
    assert re.search(r'<input[^>]*name="name"[^>]*aria-invalid="true"', wrong)
    assert not re.search(r'<input[^>]*name="note"[^>]*aria-invalid', wrong)


def test_an_optional_field_says_so(wrong):
    assert wrong.count('<span class="optional">') == 1


def test_chips_are_radios_and_checkboxes(wrong):
    assert len(re.findall(r'<input type="radio" name="why"', wrong)) == 2
    assert len(re.findall(r'<input type="checkbox" name="people"', wrong)) == 2
    assert re.search(r'name="why" value="b"[^>]*checked', wrong)
    assert re.search(r'name="people" value="1"[^>]*checked', wrong)


def test_a_chip_wears_the_mark_of_its_choice(wrong):
    assert wrong.count('class="stone') == 1


def test_a_choice_is_never_markup(wrong):
    assert "Other &lt;b&gt;" in wrong


def test_chips_come_back_as_choices():
    form = Sample({"name": "x", "since": "2026-11-23", "at": "2026-11-23T14:05", "why": "a", "people": ["1", "2"]})

    assert form.is_valid()
    assert form.cleaned_data["people"] == ["1", "2"]


def test_days_speak_iso_to_the_browser():
    form = Sample(initial={"since": "2026-11-23"})

    assert 'type="date" name="since"' in str(form)
    assert 'type="datetime-local" name="at"' in str(form)


def test_a_group_of_chips_is_a_fieldset_with_a_legend(wrong):
    assert wrong.count("<fieldset") == 2
    assert wrong.count("<legend>") == 2
