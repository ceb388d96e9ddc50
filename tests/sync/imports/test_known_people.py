"""People and visits as other programs export them come in without a column matched by hand."""

import pytest

from relationships.models import Interaction
from stakeholders.models import Stakeholder
from tests.sync.files.test_known_exports import GOOGLE, HUBSPOT, OUTLOOK_IN_CHINA, SALESFORCE
from tests.sync.imports.desk import bring_in, counts, told, undo
from users.models import User

pytestmark = pytest.mark.django_db
VCARD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E4=BC=9F;;;
ORG:Acme;Network
TITLE:Engineer
TEL;CELL:13800138000
TEL;WORK:010-88886666
EMAIL;INTERNET:ww@acme.example
BDAY:1985-02-13
NOTE:Likes tea
UID:abc-1
END:VCARD
"""
LIST = """姓名,客户名称,部门,职务,手机号,邮箱,直属主管,决策角色,备注
王伟,Acme,总部 / 网络部,经理,13800138000,w@acme.example,李雷,D,爱喝茶
李雷,Acme,总部,总监,,,,批准者,
"""
VISITS = """日期,客户名称,联系人,拜访方式,拜访人,拜访内容
2024-05-20,Acme,王伟、李雷,拜访,Ann Lee,谈报价
2024-06-01,Acme,王伟,微信,老张,问候
"""


def people(run):
    return list(Stakeholder.objects.present().order_by("sort_key")), told(run)


def test_hubspot(acme, ann):
    run = bring_in(HUBSPOT.replace("Acme, Inc.", "Acme"), "people", by=ann)

    (person,), said = people(run)
    assert (person.name, person.title, person.account) == ("Ann Lee", "Head of Purchasing", acme)
    assert set(person.contact_methods.values_list("normalised", flat=True)) == {"ann@acme.example", "+12125550100"}
    assert (run.source, said) == ("hubspot", {})


def test_google_and_salesforce_are_one_person(acme, ann):
    bring_in(GOOGLE, "people", by=ann)
    run = bring_in(SALESFORCE, "people", by=ann)

    (person,), said = people(run)
    assert (person.name, said) == ("Ann Lee", {})
    assert person.contact_methods.filter(kind="email").count() == 2
    assert person.care_dates.get().year == 1985


OUTLOOK = """"Title","First Name","Last Name","Company","Department","Job Title","Business Phone","Business Phone 2","Mobile Phone","Birthday","E-mail Address","Manager's Name","Assistant's Name","Assistant's Phone","Notes"
"Dr.","Zoë","Köhler","Acme","Network","Engineer","+49 30 1234567","+49 30 1234568","","0/0/00","zoe@acme.example","","Eva","+49 30 999999","Likes tea"
"""  # noqa: E501


def test_outlook_calls_the_job_job_title_and_the_doctor_title(acme, ann):
    (person,), said = people(bring_in(OUTLOOK.encode("cp1252"), "people", by=ann))

    assert (person.name, person.title, person.unit.name) == ("Zoë Köhler", "Engineer", "Network")
    assert sorted(person.contact_methods.values_list("normalised", flat=True)) == [
        "+49301234567",
        "+49301234568",
        "zoe@acme.example",
    ]
    assert said == {2: ["There was no unit “Network”: it is made."]}


def test_outlook_in_chinese(acme, ann):
    text = OUTLOOK_IN_CHINA.replace("中国移动", "Acme").replace("\n", "\r\n").encode("gb18030")

    (person,), _said = people(bring_in(text, "people", by=ann))

    assert (person.name, person.unit.name, person.title) == ("王伟", "采购部", "经理")
    assert person.contact_methods.count() == 3


def test_vcards(acme, ann):
    (person,), _said = people(bring_in(VCARD, "people", by=ann))

    assert (person.name, person.title, person.unit.name, person.sensitive_notes) == (
        "王伟",
        "Engineer",
        "Network",
        "Likes tea",
    )
    assert person.contact_methods.count() == 3
    assert person.care_dates.get().month == 2


def test_a_chinese_list_comes_in_and_goes_again(acme, ann):
    run = bring_in(LIST.encode("gb18030"), "people", by=ann)
    assert counts(run)["create"] == 2
    boss, report = Stakeholder.objects.get(name="李雷"), Stakeholder.objects.get(name="王伟")
    assert report.positions.get().reports_to == boss.positions.get()
    assert (report.unit.name, report.unit.parent.name, report.key_class) == ("网络部", "总部", 2)

    undo(run)

    assert not Stakeholder.objects.present().exists()
    assert not acme.units.filter(removed_at=None).exists()
    assert not report.contact_states.exists()
    assert not report.positions.filter(removed_at=None).exists()


def test_visits_of_a_crm_come_in_and_go_again(acme, ann, ada):
    bring_in(LIST, "people", by=ann)

    run = bring_in(VISITS, "interactions", by=ada, options={"author_unknown": "user"})

    first, second = Interaction.objects.order_by("held_on")
    assert (first.author, first.summary, first.head_count, second.author.full_name) == (ann, "谈报价", 2, "老张")
    assert not second.author.is_active
    undo(run)
    assert not Interaction.objects.present().exists()
    assert Stakeholder.objects.get(name="李雷").contact_states.first().last_contact_on is None
    assert User.objects.get(full_name="老张").is_removed
