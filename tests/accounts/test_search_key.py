"""What a name is found and sorted by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from accounts.search_key import SURNAME_READINGS, fold, lines_of_name, search_key, sort_key, syllables_of
from tests.examples import tried


def is_found(name, typed):
    """As the querysets search: every word somewhere in the key."""
    key = search_key([name])
    return all(word in key for word in fold(typed).split())


@pytest.mark.parametrize(
    "typed", ["王伟", "wangwei", "ww", "wang wei", "王", "伟", "WangWei", "ＷＡＮＧ", "Wang WEI", "wang"]
)
def test_wang_wei_is_found_in_every_way_one_types_him(typed):
    assert is_found("王伟", typed)


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("单雄信", ["shanxiongxin", "danxiongxin", "sxx", "dxx"]),
        ("曾国藩", ["zengguofan", "cengguofan", "zgf", "cgf"]),
        ("解缙", ["xiejin", "jiejin", "xj", "jj"]),
        ("仇英", ["qiuying", "chouying", "qy", "cy"]),
        ("区海峰", ["ouhaifeng", "quhaifeng", "ohf", "qhf"]),
        ("查良镛", ["zhaliangyong", "chaliangyong"]),
        ("尉迟恭", ["yuchigong", "weichigong"]),
        ("万俟卨", ["moqi", "wanqi"]),
        ("朴智星", ["piao", "pu"]),
    ],
)
def test_a_surname_is_found_by_each_of_its_readings(name, readings):
    for typed in [name, *readings]:
        assert is_found(name, typed), typed


def test_every_listed_surname_is_found_by_each_listed_reading_and_sorted_by_the_first():
    for surname, readings in SURNAME_READINGS.items():
        for reading in readings:
            assert is_found(f"{surname}明", f"{reading}ming")
        assert sort_key(f"{surname}明").startswith(readings[0])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("David 王伟", "wangwei"), ("David 王伟", "david"), ("王伟 David", "david wang"), ("王伟(David)", "david"),
        ("Wang Wei", "wangwei"), ("Wang Wei", "ww"),
        ("José Müller", "jose muller"), ("José Müller", "José"), ("Jose Muller", "José"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "john smith"), ("Anna-Lena O'Brien", "anna o'brien"),
        ("阿卜杜拉·买买提", "maimaiti"), ("王 伟", "王伟"), ("王 伟", "wangwei"),
        ("王 伟", "ww"),
        ("欧阳娜娜", "ouyang"), ("Łukasz", "łukasz"), ("STRASSE", "straße"),
    ],
)  # fmt: skip
def test_mixed_scripts_full_width_and_accents_are_found(name, typed):
    assert is_found(name, typed)


@pytest.mark.parametrize("typed", ["李", "zhangwei", "wangwu", "xx"])
def test_somebody_else_is_not_found(typed):
    assert not is_found("王伟", typed)


def test_names_sort_by_pinyin_among_latin_ones():
    names = ["王伟", "Anna", "李雷", "单雄信", "Zoe", "曾雪"]

    assert sorted(names, key=sort_key) == ["Anna", "李雷", "单雄信", "王伟", "曾雪", "Zoe"]


def test_phones_mail_and_titles_stand_in_the_key_folded():
    key = search_key(["王伟"], ["+8613800138000", "Wang@Example.com", "ＣＴＯ"])

    assert all(text in key.split("\n") for text in ("+8613800138000", "wang@example.com", "cto"))


@tried(1000)
@given(st.text(max_size=60))
def test_whatever_the_name_it_is_found_by_itself(name):
    lines = lines_of_name(name)

    assert (fold(name) in lines) or not fold(name)
    assert all(line and "\n" not in line for line in lines)
    assert sort_key(name)


@tried(500)
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@tried(2000)
@given(st.text(st.sampled_from("王单曾解乐重行长朝和银伟音𠀀Ab ·"), max_size=5))
def test_short_names_are_read_as_the_dictionary_of_words_reads_them(name):
    assert syllables_of(name) == lazy_pinyin(name)
