"""A file's columns find their meaning by what programs call them, and by what stands below; never twice or wildly."""

import pytest
from django.utils import translation

from sync.imports.intakes import INTAKES
from sync.imports.mapping import IGNORED, NOTE, Target, doubled, guessed
from sync.imports.programs import source_of
from sync.imports.targets import targets_of
from sync.record_types import RECORD_TYPES

TARGETS = [
    Target("name", ("name", "Name", "姓名", "Full Name", "联系人")),
    Target("account", ("account", "Account", "客户名称", "Company")),
    Target("emails", ("emails", "E-mail", "邮箱"), is_several=True),
    Target("phones", ("phones", "Phone", "电话", "手机"), is_several=True),
    Target("title", ("title", "Title", "Job Title"), doubted=("Title",)),
    Target("website", ("website", "Website", "网址")),
]


def guess(*headers, **samples):
    places = {int(place.removeprefix("of_")): cells for place, cells in samples.items()}
    return guessed(headers, places, TARGETS)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Full Name", "name"),
        ("FULL_NAME", "name"),
        ("ｎａｍｅ", "name"),
        (" 姓 名 ", "name"),
        ("姓名（必填）", "name"),
        ("Name *", "name"),
        ("name (required)", "name"),
        ("客户名称[全称]", "account"),
        ("手机1", "phones"),
        ("Phone 2", "phones"),
        ("Shoe size", IGNORED),
        ("", IGNORED),
        ("*", IGNORED),
        ("2", IGNORED),
    ],
)
def test_a_header_is_known_whatever_its_looks(header, target):
    assert guess(header) == [target]


@pytest.mark.parametrize(
    ("kind", "headers", "targets"),
    [
        ("people", ("所属部门", "直属领导", "附注"), ["unit", "manager", "notes"]),
        ("people", ("经理姓名", "First Name", "Middle Name"), ["manager", "given_name", "middle_name"]),
        ("accounts", ("客户简称", "母公司", "官网"), ["short_name", "parent", "website"]),
        ("accounts", ("上级单位",), ["parent"]),
        ("units", ("上级部门名称", "部门编码"), ["parent", "external_id"]),
        ("interactions", ("拜访时间", "参与人员", "摘要"), ["held_on", "people", "summary"]),
        (
            "interactions",
            ("Company / Account", "Assigned", "Subject", "Full Comments"),
            ["account", "author", "objective", "summary"],
        ),
        ("interactions", ("Associated Company", "Associated Contact", "Body"), ["account", "people", "summary"]),
    ],
)
def test_what_programs_and_spreadsheets_call_a_column_is_known(kind, headers, targets):
    assert guessed(headers, {}, targets_of(RECORD_TYPES[kind])) == targets


@pytest.mark.parametrize(
    ("headers", "program"),
    [
        (["Subject", "Company / Account", "Full Comments", "Assigned"], "salesforce"),
        (["Associated Contact", "Associated Company", "Body"], "hubspot"),
    ],
)
def test_activities_tell_the_program_that_wrote_them(headers, program):
    assert source_of(headers) == program


def test_the_surest_column_has_a_target_that_one_alone_can_have():
    assert guess("Name 2", "姓名", "Name") == [IGNORED, "name", IGNORED]


def test_a_title_is_the_job_unless_another_column_is_or_people_are_addressed_so():
    assert guess("Title", of_0=["Engineer", "Dr."]) == ["title"]
    assert guess("Title", "Job Title") == guess("Job Title", "Title")[::-1] == [IGNORED, "title"]
    assert guess("Title", of_0=["Dr.", "MS", "mr", None, "女士"]) == [IGNORED]


def test_several_phones_stand_in_several_columns():
    assert guess("手机", "电话 1", "电话 2") == ["phones"] * 3


def test_what_stands_below_says_what_a_header_does_not():
    mails = ["wang@acme.example", None, "li@acme.example"]
    assert guess("Kontakt", of_0=mails) == ["emails"]
    assert guess("Rufnummer", of_0=["13800138000", 13900139000.0, "+86 10 1234 5678"]) == ["phones"]
    assert guess("www", of_0=["https://acme.example"]) == ["website"]


@pytest.mark.parametrize("cells", [["2026-02-28"], [45000123456], ["10023456"], ["-"], [None], [True], ["a@b"], []])
def test_days_keys_and_blanks_are_no_phones(cells):
    assert guess("Something", of_0=cells) == [IGNORED]


@pytest.mark.parametrize("header", ["Account Owner Email", "负责人邮箱", "Assistant's mail", "Created by"])
def test_what_speaks_of_somebody_else_is_left_to_the_person(header):
    assert guess(header, of_0=["ann@two-eyes.example"]) == [IGNORED]


def test_one_column_too_many_for_a_target_is_named():
    assert doubled(["name", "name", "phones", "phones", IGNORED, IGNORED, NOTE, NOTE], ["phones"]) == {"name"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("record_type", [RECORD_TYPES[name] for name in INTAKES], ids=list(INTAKES))
def test_our_own_headers_mean_their_own_columns(record_type, language):
    with translation.override(language):
        headers = [str(column.label) for column in record_type.read]

    assert guessed(headers, {}, targets_of(record_type)) == [column.name for column in record_type.read]
