"""Files as other programs export people: their headers, encodings and habits."""

import io

import pytest

from sync.files.dates import MONTH_FIRST, read_date
from sync.files.headers import folded
from sync.files.opening import open_table
from sync.files.values import read_list

HUBSPOT = """\ufeff"Record ID","First Name","Last Name","Email","Phone Number","Company name","Job Title","Create Date"
"51","Ann","Lee","ann@acme.example","+1 212 555 0100","Acme, Inc.","Head of Purchasing","2024-05-07 09:41"
"""
SALESFORCE = """"Salutation","First Name","Last Name","Account Name","Mailing Street","Mobile","Email","Birthdate"
"Ms.","Ann","Lee","Acme","1 Main Street
Suite 2","(212) 555-0100","ann@acme.example","2/13/1985"
"""
GOOGLE = """First Name,Last Name,Organization Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value
Ann,Lee,Acme,1985-02-13,* myContacts ::: vip,* Work,ann@acme.example ::: lee@acme.example,+1 212-555-0100
"""
OUTLOOK = """"Title","First Name","Last Name","Company","Mobile Phone","Birthday","E-mail Address","Notes"
"","Zoë","Müller","Köln AG","+49 151 5550100","0/0/00","zoe@koeln.example","first line
second line"
"""
OUTLOOK_IN_CHINA = """称谓,名,姓,单位,部门,职务,商务电话,移动电话,生日,电子邮件地址
,伟,王,中国移动,采购部,经理,010-5550100,13800138000,1985/2/13,wangwei@cmcc.example
"""


def people(text, codec="utf-8"):
    table = open_table(io.BytesIO(text.encode(codec)), "contacts.csv")
    assert not table.facts.remarks
    return [dict(zip(table.headers, row.cells, strict=True)) for row in table.rows() if not row.problem]


def test_hubspot():
    (ann,) = people(HUBSPOT)

    assert (ann["Record ID"], ann["Company name"], ann["Job Title"]) == ("51", "Acme, Inc.", "Head of Purchasing")
    assert read_date(ann["Create Date"]).isoformat() == "2024-05-07"


def test_salesforce():
    (ann,) = people(SALESFORCE.replace("\n", "\r\n"))

    assert ann["Mailing Street"] == "1 Main Street\r\nSuite 2"
    assert read_date(ann["Birthdate"], MONTH_FIRST).isoformat() == "1985-02-13"


def test_google_contacts():
    (ann,) = people(GOOGLE)

    assert read_list(ann["E-mail 1 - Value"]) == ["ann@acme.example", "lee@acme.example"]


def test_outlook_in_europe():
    (zoe,) = people(OUTLOOK, "cp1252")

    assert (zoe["First Name"], zoe["Company"], zoe["Notes"]) == ("Zoë", "Köln AG", "first line\nsecond line")
    assert read_date(zoe["Birthday"]) is None


def test_outlook_in_china():
    (wang,) = people(OUTLOOK_IN_CHINA.replace("\n", "\r\n"), "gb18030")

    assert (wang["姓"], wang["单位"], wang["移动电话"]) == ("王", "中国移动", "13800138000")
    assert read_date(wang["生日"]).isoformat() == "1985-02-13"


@pytest.mark.parametrize("header", ["E-mail 1 - Value", "e_mail1value", "ＥＭＡＩＬ １ Value", " E-Mail 1: Value "])
def test_headers_are_compared_without_their_looks(header):
    assert folded(header) == "email1value"


def test_chinese_headers_are_compared_without_their_looks():
    assert folded("移动 电话（手机）：") == folded("移动电话(手机)") == "移动电话手机"
