"""Cards as phones and mail programs write them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.files.opening import open_table
from sync.files.table import BadFile
from tests.examples import tried


def people(*lines, codec="utf-8"):
    content = b"\r\n".join(line if isinstance(line, bytes) else line.encode(codec) for line in lines)
    table = open_table(io.BytesIO(content), "people.vcf")
    return [
        {header: cell for header, cell in zip(table.headers, row.cells, strict=True) if cell} | problem(row)
        for row in table.rows()
    ]


def problem(row):
    return {"problem": row.problem} if row.problem else {}


def card(*lines, version="3.0"):
    return ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]


def printable(text, codec):
    return "".join(";" if sign == ";" else "".join(f"={byte:02X}" for byte in sign.encode(codec)) for sign in text)


@pytest.mark.parametrize(("charset", "codec"), [("GBK", "gbk"), ("GB2312", "gb2312"), ("UTF-8", "utf-8")])
def test_the_cards_of_old_phones_are_read(charset, codec):
    lines = card(
        f"N;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{printable('王;伟;;;', codec)}",
        "TEL;CELL;VOICE:13800138000",
        "TEL;WORK;PREF:010-1",
        "TEL;CELL:139",
        f"ORG;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{printable('中国', codec)}=",
        f"{printable('移动', codec)};{printable('采购部', codec)}",
        "NOTE:a note that is",
        "  folded \\; here",
        version="2.1",
    )

    assert people(*lines) == [
        {
            "FN": "王伟", "N.family": "王", "N.given": "伟", "TEL.cell": "13800138000", "TEL.cell.2": "139",
            "TEL.work": "010-1", "ORG": "中国移动", "ORG.unit": "采购部", "NOTE": "a note that is folded ; here",
        }
    ]  # fmt: skip


def test_the_bytes_of_a_charset_may_stand_as_they_are():
    lines = card("N;CHARSET=GBK:X;Y", "NOTE;CHARSET=UTF-8:Z", version="2.1")
    lines[2:4] = ["N;CHARSET=GBK:王;伟".encode("gbk"), "NOTE;CHARSET=UTF-8:王伟".encode()]

    assert people(*lines) == [{"FN": "王伟", "N.family": "王", "N.given": "伟", "NOTE": "王伟"}]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_a_whole_file_may_be_in_any_encoding(codec):
    content = "\r\n".join(card("FN:王伟", "TITLE:采购部经理")).encode(codec)

    assert people(content) == [{"FN": "王伟", "TITLE": "采购部经理"}]


def test_the_cards_of_new_phones_are_read():
    lines = card(
        "FN:Ann O\\, Lee",
        "N:Lee;Ann;O;Dr.;",
        "item1.EMAIL;TYPE=INTERNET,WORK;TYPE=pref:ann@acme.example",
        "item1.X-ABLabel:Work",
        'TEL;VALUE=uri;TYPE="cell,voice":tel:+86-138',
        "TEL;PREF=1;TYPE=cell:+86-139",
        "NOTE:first\\nsecond\\;and a line that is",
        "  folded",
        "ORG:Acme;Purchasing;Cables",
        "ADR;TYPE=work:;;1 Road;Bonn;;53111;Germany",
        "PHOTO;ENCODING=b;TYPE=JPEG:AAAA",
        " BBBB",
        "CATEGORIES:vip,a\\,b",
        "BDAY:1985-02-03",
        "UID:u-1",
        "X-WECHAT:annlee",
        version="4.0",
    )

    assert people(*lines) == [
        {
            "FN": "Ann O, Lee", "N.family": "Lee", "N.given": "Ann", "N.middle": "O", "N.prefix": "Dr.",
            "EMAIL.work": "ann@acme.example", "TEL.cell": "+86-139", "TEL.cell.2": "+86-138",
            "NOTE": "first\nsecond;and a line that is folded", "ORG": "Acme", "ORG.unit": "Purchasing / Cables",
            "ADR.work": "1 Road Bonn 53111 Germany", "CATEGORIES": "vip; a,b", "BDAY": "1985-02-03", "UID": "u-1",
            "X-WECHAT": "annlee",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:王;伟;;;", "FN:伟 王"], "王伟"),
        (["N:王;伟;;;"], "王伟"),
        (["FN:王 伟", "N:;王伟;;;"], "王 伟"),
        (["N:Lee;Ann;;;"], "Ann Lee"),
        (["N:Lee;Ann;;;", "FN:Ann Lee-Smith"], "Ann Lee-Smith"),
    ],
)
def test_a_chinese_name_is_family_and_given_without_space(lines, name):
    assert people(*card(*lines))[0]["FN"] == name


def test_the_columns_are_those_that_some_card_needs():
    table = open_table(
        io.BytesIO("\n".join([*card("X-QQ:1", "FN:a"), *card("FN:b", "TEL:1", "TEL:2")]).encode()), "people.vcf"
    )

    assert table.headers == ["FN", "TEL", "X-QQ", "TEL.2"]
    assert [(row.number, row.cells) for row in table.rows()] == [
        (1, ["a", None, "1", None]),
        (6, ["b", "1", None, "2"]),
    ]


def test_a_card_without_end_costs_no_other():
    assert people("BEGIN:VCARD", "FN:a", *card("FN:b")) == [
        {"FN": "a", "problem": "This card has no end; the line END:VCARD is missing."},
        {"FN": "b"},
    ]


def test_a_secretary_inside_a_card_is_left_out():
    assert people(*card("FN:a", "AGENT:", *card("FN:secretary"), "TITLE:t")) == [{"FN": "a", "TITLE": "t"}]


@pytest.mark.parametrize(
    "line", ["NOTE;CHARSET=klingon:x", "NOTE;CHARSET=punycode:x", b"NOTE;CHARSET=UTF-8:\xff", "NOTE;ENCODING=b:x"]
)
def test_a_card_in_no_encoding_is_named(line):
    assert people(*card("FN:a"), *card("FN:b", line))[1]["problem"].startswith("This card contains text in an encoding")


def test_more_kinds_of_lines_than_columns_are_refused():
    with pytest.raises(BadFile, match="501 columns"):
        people(*card(*(f"X-{number}:1" for number in range(501))))


def test_a_file_of_one_line_is_empty():
    with pytest.raises(BadFile, match="nothing in this file"):
        people("BEGIN:VCARD")


@tried(500)
@given(st.lists(st.sampled_from(card("FN:a", "N:;", "TEL", "NOTE;QUOTED-PRINTABLE:=", " x", "AGENT:", "=", ";:"))))
def test_any_lines_are_read_or_refused(lines):
    try:
        people("BEGIN:VCARD", *lines)
    except BadFile as refusal:
        assert refusal.sentence  # noqa: PT017
