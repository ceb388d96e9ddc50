"""What cells mean, and the sentences for those that mean nothing."""

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Account
from sync.files.dates import DAY_FIRST, MONTH_FIRST, read_date, read_moment, usual_order
from sync.files.values import BadCell, in_every_language, read_bool, read_choice, read_list, read_number, read_text
from tests.examples import tried
from users.models import User

THIRD = date(2026, 2, 3)
WAYS_TO_WRITE_IT = [
    THIRD, datetime(2026, 2, 3, 9), 46056, 46056.4, 20260203, "20260203", "2026-02-03", "2026/2/3", "2026.2.3",
    "3.2.2026", "2026年2月3日", "2026 年 2 月 3 号", "２０２６-02-03", "3 Feb 2026", "03-Feb-2026", "Feb 3, 2026",
    "February 3rd, 2026", "2026-02-03T10:00:00Z", "2026/2/3 8:05", "2026年2月3日 8时05分",
]  # fmt: skip


@pytest.mark.parametrize("cell", WAYS_TO_WRITE_IT)
def test_a_day_is_read_however_it_is_written(cell):
    assert read_date(cell) == THIRD


def test_what_is_certain_needs_no_order():
    assert read_date("2/13/2026") == read_date("13/2/2026") == date(2026, 2, 13)
    assert read_date("2/13/2026", DAY_FIRST) == date(2026, 2, 13)
    assert read_date("4/4/2026") == date(2026, 4, 4)


def test_what_can_be_read_in_two_ways_follows_the_order_or_says_so():
    assert read_date("3/4/2026", DAY_FIRST) == date(2026, 4, 3)
    assert read_date("3/4/2026", MONTH_FIRST) == date(2026, 3, 4)
    with pytest.raises(BadCell, match="“3/4/2026” can be read in two ways"):
        read_date("3/4/2026")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["3/4/2026", "2/13/2026", None, 7], MONTH_FIRST),
        (["3/4/2026", "13-2-2026"], DAY_FIRST),
        (["13/2/2026", "2/13/2026"], ""),
        (["3/4/2026", "4/4/2026"], ""),
    ],
)
def test_a_column_tells_its_order_by_the_days_that_leave_no_doubt(cells, order):
    assert usual_order(cells) == order


@pytest.mark.parametrize("cell", ["2026-02-30", "2026年13月1日", "31.4.2026", "30 Feb 2026", 20260230, "20260230"])
def test_a_day_that_does_not_exist_is_refused(cell):
    with pytest.raises(BadCell, match="is no day of the calendar"):
        read_date(cell)


@pytest.mark.parametrize("cell", ["soon", 0, -5, 1e12, float("nan"), float("inf"), True, "2026-02-03 x", "0000"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(BadCell, match="is not a date"):
        read_date(cell)


def test_a_year_of_two_digits_is_refused():
    with pytest.raises(BadCell, match="four digits"):
        read_date("2/13/55")


def test_a_moment_keeps_its_time_and_zone():
    assert read_moment("2026-02-03 10:30 PM") == datetime(2026, 2, 3, 22, 30)
    assert read_moment("2026-02-03T10:30:05+08:00") == datetime(
        2026, 2, 3, 10, 30, 5, tzinfo=timezone(timedelta(hours=8))
    )
    assert read_moment(46056.5) == datetime(2026, 2, 3, 12)
    assert read_moment("2026-02-03") == THIRD
    with pytest.raises(BadCell, match="time of day"):
        read_moment("2026-02-03 25:00")


@tried(1000)
@given(st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.text("0123456789-/. 年月日:apm"))
def test_anything_is_read_or_refused_with_a_sentence(cell):
    for read in (read_date, read_bool, read_number, read_text, read_list, lambda cell: read_choice(cell, {"a": ["b"]})):
        with suppress(BadCell):
            read(cell)


@tried(1000)
@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_comes_back_from_its_usual_forms(day):
    assert read_date(day.isoformat()) == read_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert read_date(f"{day.day}.{day.month}.{day.year:04}") == read_date(f"{day:%d %b %Y}") == day


@pytest.mark.parametrize("cell", ["yes", "Y", "TRUE", " true ", 1, 1.0, True, "x", "√", "是", "有", "１"])
def test_yes_is_understood(cell):
    assert read_bool(cell) is True


@pytest.mark.parametrize("cell", ["no", "N", "False", 0, False, "否", "无", "×"])
def test_no_is_understood(cell):
    assert read_bool(cell) is False


def test_neither_yes_nor_no_is_refused():
    assert read_bool(None) is None
    assert read_bool(" ") is None
    with pytest.raises(BadCell, match="“perhaps” is neither yes nor no"):
        read_bool("perhaps")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (5, "5"), (0.1, "0.1"), ("1,234", "1234"), ("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("1,5", "1.5"),
        ("12,34,567.5", "1234567.5"), ("1.234.567", "1234567"), ("¥ 1,000 元", "1000"), ("3.5万", "35000"),
        ("2亿", "200000000"), ("(1,234)", "-1234"), ("１２３", "123"), ("-7", "-7"), ("USD 20", "20"),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(cell, number):
    assert read_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["abc", "nan", "Infinity", float("nan"), "1e999999", "1,2,3", "1_000", "--1"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(BadCell, match="is not a number"):
        read_number(cell)


def test_a_phone_number_kept_as_a_number_is_text_again():
    assert read_text(13800138000.0) == read_text(13800138000) == "13800138000"
    assert read_text(1.5) == "1.5"
    assert read_text(None) == ""
    assert read_text(datetime(2026, 2, 3, 9, 30)) == "2026-02-03 09:30:00"


def test_a_number_whose_last_digits_the_spreadsheet_lost_is_refused():
    with pytest.raises(BadCell, match="only 15 digits"):
        read_text(1.10101199001011e17)


def test_a_choice_is_read_by_its_value_or_its_label_in_any_language():
    ranks = in_every_language(User.Rank.choices)

    assert {read_choice(cell, ranks) for cell in ("manager", "Manager", "ＭＡＮＡＧＥＲ ", "主管")} == {"manager"}
    assert read_choice("", ranks) is None
    with pytest.raises(BadCell, match="“boss” is none of: Sales rep"):
        read_choice("boss", ranks)


def test_the_chinese_name_of_a_tier_may_leave_out_the_word_for_customer():
    tiers = in_every_language(Account.Tier.choices)

    assert [read_choice(cell, tiers) for cell in ("战略", "重点客户", "普通", "Key")] == [
        "strategic", "key", "standard", "key",
    ]  # fmt: skip
    with pytest.raises(BadCell):
        read_choice("客户", tiers)


def test_a_list_is_divided_at_every_usual_sign():
    assert read_list("王伟；李娜、张三;Lee, Ann\n王伟 ::: x") == ["王伟", "李娜", "张三", "Lee, Ann", "x"]
    assert read_list(None) == []
