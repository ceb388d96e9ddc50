"""Marks say in words what they say by colour, and nothing a record holds becomes markup."""

import pytest
from django.template import Template
from django.template.context import Context
from django.utils import translation

from pages.words import ROLES, SCORES, STATES


def drawn(markup, **context):
    return Template(markup).render(Context(context))


@pytest.mark.parametrize("score", SCORES)
def test_a_stone_says_its_score_in_words(score):
    mark = drawn("{% stone score %}", score=score)

    assert str(SCORES[score]) in mark
    assert ("?" if score is None else str(score).replace("-", "−")) in mark


def test_a_stone_says_expired_disputed_and_key():
    mark = drawn("{% stone 2 expired=True disputed=True key=True %}")

    assert all(word in mark for word in ("expired", "in dispute", "Key person"))


def test_what_was_never_assessed_cannot_expire():
    assert "expired" not in drawn("{% stone None expired=True %}")


@pytest.mark.parametrize("state", STATES)
def test_a_clock_says_its_state(state):
    assert str(STATES[state][1]) in drawn("{% clock state 18 20 %}", state=state)


def test_a_clock_says_days_against_the_gap():
    assert "41 d of 20" in drawn('{% clock "lost" 41 20 %}')
    assert "12 d<" in drawn('{% clock "fresh" 12 %}')
    assert "0 d of 20" in drawn('{% clock "fresh" 0 20 %}')


def test_somebody_resting_is_not_late():
    mark = drawn('{% clock "due" 18 20 resting=True %}')

    assert "resting" in mark
    assert "soon" not in mark


def test_roles_are_letters_with_their_names():
    mark = drawn("{% roles held %}", held=[("A", True), ("E", False)])

    assert str(ROLES["A"]) in mark
    assert mark.count("main") == 1
    assert drawn("{% roles held %}", held=[]) == ""


def test_roles_may_come_in_anything_one_can_walk():
    once, again = ({"S": 1}.keys() for _ in range(2))

    assert drawn("{% roles held %}", held=once) == drawn("{% roles held %}", held=iter(again))
    assert "Influencer" in drawn("{% roles held %}", held=iter("I"))


@pytest.mark.parametrize(("count", "said"), [(0, "No eye"), (1, "One eye"), (2, "Alive"), (7, "Alive")])
def test_eyes_are_told_in_words(count, said):
    assert said in drawn("{% eyes count %}", count=count)


def test_a_mark_is_remembered_by_language():
    english = drawn("{% stone 3 %}")

    with translation.override("zh-hans"):
        drawn("{% stone 3 %}")

    assert drawn("{% stone 3 %}") == english


def test_a_label_is_never_markup():
    assert "<script>" not in drawn("{% badge label %}", label="<script>")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ann Lee", "AL"),
        ("王伟", "王伟"),
        ("欧阳娜娜", "娜娜"),
        ("Ada", "A"),
        ("", "?"),
        ("Åsa Öst", "ÅÖ"),
        ("Ann Lee 李安", "AL"),
    ],
)
def test_a_person_fits_in_two_letters(name, letters):
    assert drawn("{{ name|initials }}", name=name) == letters


def test_a_part_of_the_frame_is_drawn_in_the_language_of_who_reads_it():
    english = drawn('{% drawn "overlays" %}')
    with translation.override("zh-hans"):
        chinese = drawn('{% drawn "overlays" %}')

    assert "Keyboard shortcuts" in english
    assert "Keyboard shortcuts" not in chinese
    assert drawn('{% drawn "overlays" %}') == english


def test_a_part_of_the_frame_is_drawn_anew_for_other_arguments():
    dark, light = (drawn('{% drawn "theme_switch" theme=theme %}', theme=theme) for theme in ("dark", "light"))

    assert 'value="dark" aria-pressed="true"' in dark
    assert 'value="dark" aria-pressed="false"' in light


def test_arguments_of_a_part_of_the_frame_are_never_markup():
    assert "<script>" not in drawn('{% drawn "search_field" action=action id="search" %}', action='"><script>')
