"""XLSX as spreadsheet programs write it, and as nobody should."""

import io
import os
import tracemalloc
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.files import limits
from sync.files.opening import open_table
from sync.files.table import BadFile, Sheet
from tests.examples import tried
from tests.sync.files.workbooks import row, workbook


def rows(file, **wishes):
    return [(row.number, row.cells) for row in open_table(file, "people.xlsx", **wishes).rows()]


def refused(file, because):
    with pytest.raises(BadFile, match=because):
        list(open_table(file, "people.xlsx").rows())


def test_what_a_spreadsheet_program_wrote_is_read():
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话", "生日", "会面", "时间", "在职", "分数"])
    book.active.append(["王伟", 13800138000.0, date(1985, 2, 3), datetime(2026, 2, 3, 9, 30), time(14, 30), True, 1.5])
    book.active.append([])
    book.active.append([None, "+86 138", None, None, None, False, -3])
    file = io.BytesIO()
    book.save(file)

    assert rows(file) == [
        (2, ["王伟", 13800138000, date(1985, 2, 3), datetime(2026, 2, 3, 9, 30), "14:30", True, 1.5]),
        (4, [None, "+86 138", None, None, None, False, -3]),
    ]


def test_a_number_is_a_day_by_the_format_of_its_cell():
    cells = "".join(f'<c s="{style}"><v>46056</v></c>' for style in range(5)) + '<c s="99"><v>46056</v></c>'

    file = workbook(row(*"abcdef") + f"<row>{cells}</row>")

    day = date(2026, 2, 3)
    assert rows(file) == [(2, [46056, day, day, day, 46056, 46056])]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    file = workbook(row("day") + '<row><c s="1"><v>44594</v></c></row>', settings='date1904="1"')

    assert rows(file) == [(2, [date(2026, 2, 3)])]


def test_text_is_joined_from_its_runs_without_hints_on_how_to_say_it():
    strings = "<si><r><t>王</t></r><r><t>伟</t></r><rPh><t>ワン</t></rPh></si><si><t>a_x000D_b_x005F_</t></si>"

    file = workbook(
        row("name", "note") + '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
        strings=strings,
    )

    assert rows(file) == [(2, ["王伟", "a\rb_"])]


def test_names_of_tags_may_have_a_prefix():
    file = workbook('<x:row r="3"><x:c><x:v>1</x:v></x:c></x:row><x:row><x:c t="str"><x:v>x</x:v></x:c></x:row>')

    assert rows(file) == [(4, ["x"])]


def test_a_formula_gives_the_value_last_shown_and_an_error_is_told_of():
    formula = '<c t="str"><f>A1</f><v>shown</v></c>'
    missing, broken = '<c t="e"><v>#N/A</v></c>', '<c t="e"><v>#REF!</v></c>'
    table = open_table(workbook(row("a", "b", "c") + f"<row>{formula}{missing}{broken}</row>"), "")

    (only,) = table.rows()

    assert only.cells == ["shown", None, None]
    assert only.problem == "Cell C2 contains the error #REF!."


def test_the_first_sheet_that_is_not_hidden_is_read_unless_another_is_chosen():
    file = workbook(
        sheets={("Old", "hidden"): row("a") + row("1"), ("New", "visible"): row("b"), ("更多", "visible"): row("c")}
    )

    assert open_table(file, "").headers == ["b"]
    assert open_table(file, "", sheet="更多").headers == ["c"]
    assert open_table(file, "").facts.sheets == (Sheet("Old", hidden=True), Sheet("New"), Sheet("更多"))
    with pytest.raises(BadFile, match="no sheet “None”"):
        open_table(file, "", sheet="None")


def test_a_header_may_stand_further_down():
    file = workbook(row("Customers 2026") + row("name", "phone") + row("王伟", "138"))

    assert rows(file, header_row=2) == [(3, ["王伟", "138"])]


def test_a_small_file_that_claims_a_million_rows_costs_nothing():
    file = workbook(row("a") + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')

    tracemalloc.start()
    found = rows(file)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert file.seek(0, os.SEEK_END) < 2500
    assert found == [(1048576, [1])]
    assert peak < 2 * limits.MB


def test_a_cell_in_the_last_possible_column_costs_nothing():
    table = open_table(workbook(row("a") + '<row><c r="A2"><v>1</v></c><c r="XFD2"><v>1</v></c></row>'), "")

    (only,) = table.rows()

    assert only.cells == [1]
    assert "16384 columns" in only.problem


def test_too_many_columns_are_refused():
    refused(workbook(row(*map(str, range(16_384)))), "16384 columns; up to 500")


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 3)

    assert len(rows(workbook(row("a") * 4))) == 3
    refused(workbook(row("a") * 5), "more than 3 rows")


def test_rows_without_anything_are_counted_too(monkeypatch):
    monkeypatch.setattr(limits, "ROWS_WITH_EMPTY", 10)

    refused(workbook(row("a") + "<row/>" * 11), "more than")


@pytest.mark.parametrize("numbers", [(1, 1), (2, 1), (1, 10**7 + 1), (-1, 2), (0, "x")])
def test_rows_that_are_not_in_order_are_damage(numbers):
    refused(workbook("".join(row("a", number=number) for number in numbers)), "damaged")


def test_a_row_of_too_much_text_is_named():
    cells = "".join('<c t="s"><v>0</v></c>' for _cell in range(40))
    table = open_table(workbook(row(*range(40)) + f"<row>{cells}</row>", strings=f"<si><t>{'x' * 32_000}</t></si>"), "")

    assert [row.problem for row in table.rows()] == ["This row is longer than 1048576 characters."]


def test_texts_are_found_in_any_order():
    numbers = [99, 0, 50, 16, 15, 99, 31, 32]
    cells = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in numbers)
    strings = "".join(f"<si><t>text {number}</t></si>" for number in range(100))

    assert [cells for _number, cells in rows(workbook(row("a") + cells, strings=strings))] == [
        [f"text {number}"] for number in numbers
    ]


@pytest.mark.parametrize("reference", ["XFE1", "AAAAA1", "1", "é1", "A-1"])
def test_a_column_that_no_sheet_has_is_refused(reference):
    refused(workbook(f'<row><c r="{reference}"><v>1</v></c></row>'), "damaged")


def test_a_part_that_unpacks_a_thousandfold_is_refused_before_it_is_unpacked():
    refused(workbook(row("a"), more={"xl/media/a.xml": b" " * 11 * limits.MB}.items()), "packed more tightly")


def test_more_than_the_bearable_unpacked_size_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED_BYTES", limits.MB)

    refused(workbook(row("a"), more={"xl/a.xml": os.urandom(2 * limits.MB)}.items()), "unpacks to 2 MB; up to 1 MB")


def test_too_many_parts_are_refused_before_they_are_listed(monkeypatch):
    monkeypatch.setattr(limits, "ZIP_ENTRIES", 10)

    refused(workbook(row("a"), more={f"xl/{number}.xml": "" for number in range(20)}.items()), "damaged")


def test_macros_are_refused_whatever_the_file_is_called():
    refused(workbook(row("a"), more={"xl/vbaProject.bin": b"x"}.items()), "macros")
    enabled = {
        "[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled"/></Types>'
    }
    refused(workbook(row("a"), more=enabled.items()), "macros")


@pytest.mark.parametrize(
    ("part", "kind"), [("xl/workbook.bin", "XLSB"), ("content.xml", "OpenDocument"), ("word/document.xml", "Word")]
)
def test_other_kinds_of_documents_are_named(part, kind):
    refused(workbook(more={part: "x"}.items()), kind)


@pytest.mark.parametrize(
    ("head", "because"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7", "not a table"),
        (b"\x1f\x8b\x08", "not a table"),
        (b"\xef\xbb\xbf <HTML><table>", "web page"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "not a table"),
    ],
)
def test_what_is_no_workbook_is_refused(head, because):
    refused(io.BytesIO(head), because)


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><sst/>',
        "<sst><si><t>never closed",
        "<sst>" + "<r>" * 60 + "</r>" * 60 + "</sst>",
        f'<sst x="{"a" * 2 * limits.MB}"/>',
        "<sst>" + "".join(f"<a{number}/>" for number in range(20_000)) + "</sst>",
        "<sst>\ud7ff".encode("utf-8") + b"\xff</sst>",
    ],
    ids=["entities", "outside", "unclosed", "deep", "endless", "names", "bytes"],
)
def test_xml_that_would_do_harm_is_refused(document):
    asking = '<row><c t="s"><v>0</v></c></row>'

    refused(workbook(asking, more={"xl/sharedStrings.xml": document}.items()), "damaged")


def test_a_text_that_is_not_there_is_damage():
    refused(workbook(row("a") + '<row><c t="s"><v>5</v></c></row>'), "damaged")


def test_a_lying_or_cut_archive_is_damage():
    whole = workbook(row("a") + row("b" * 5000), packing=zipfile.ZIP_STORED).getvalue()

    refused(io.BytesIO(whole.replace(b"bbbb", b"bbbc", 1)), "damaged")
    refused(io.BytesIO(whole[: len(whole) // 2]), "damaged")


@tried(500)
@given(st.data())
def test_a_workbook_with_any_byte_changed_is_read_or_refused(data):
    whole = bytearray(workbook(row("a", "b") + row("1", "2"), strings="<si><t>x</t></si>").getvalue())
    for _change in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        list(open_table(io.BytesIO(bytes(whole)), "").rows())
    except BadFile as refusal:
        assert refusal.sentence  # noqa: PT017
