"""People out of a file: who comes in, who is known, and what it changes of them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OrgUnit
from records.external_reference import ExternalReference
from records.reading_in import in_each_script
from relationships.repair import repair
from stakeholders import leaving
from stakeholders.intake import PeopleIntake
from stakeholders.intake.cells import is_cut_short, whole_number
from stakeholders.models import ContactMethod, DecisionRole, Influence, Position, Stakeholder
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, role
from tests.importing import Import, acts, bring, problems, remarks

pytestmark = pytest.mark.django_db
LI = {"account": "Acme", "name": "李雷", "title": "Engineer", "mobile": ["138 0013 8000"]}


@pytest.fixture
def come(ann, acme):
    """Rows at Acme that ann brings in."""

    def call(*rows, by=ann, **kind):
        return bring(PeopleIntake, *({"account": "Acme"} | row for row in rows), by=by, **kind)

    return call


@pytest.fixture
def globex(cleo, south):
    return AccountFactory(name="Globex", owner=cleo, team=south)


def person(verdict):
    return Stakeholder.objects.get(pk=verdict.pk)


def stored():
    """Every row that an import of people writes, with the versions of those that have one."""
    models = (Stakeholder, Position, ContactMethod, DecisionRole, OrgUnit)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_new_person_with_everything(come, ann, acme):
    [verdict] = come(
        LI | {
            "level": "executive", "unit": "总部 / IT", "other_names": ["Lei Li"], "email": ["Li@Acme.example"],
            "wechat": ["lilei"], "phone": ["010-88886666转8012"], "roles": ["A", "E3", "支持者"],
            "birthday": "农历八月十五", "since": date(2020, 1, 1), "concerns": "Uptime",
            "notes": "Two children", "note": "Colour: red",
            "is_watched": True, "counterpart": "ann lee", "social_style": "driver",
        }
    )  # fmt: skip

    li = person(verdict)
    post = li.positions.get()
    assert (li.account, li.title, li.level, li.unit.name, li.has_left) == (acme, "Engineer", "executive", "IT", False)
    assert (li.counterpart, li.is_watched, li.social_style, li.concerns) == (ann, True, "driver", "Uptime")
    assert li.sensitive_notes == "Two children\nColour: red"
    assert (post.is_primary, post.since, post.unit) == (True, date(2020, 1, 1), li.unit)
    assert {(each.kind, each.normalised, each.is_primary) for each in li.contact_methods.all()} == {
        ("mobile", "+8613800138000", True), ("phone", "+861088886666;ext=8012", False),
        ("email", "li@acme.example", False), ("wechat", "lilei", False),
    }  # fmt: skip
    assert [(each.letter, each.power, each.is_primary) for each in li.roles.order_by("letter")] == [
        ("A", 3, True), ("E", 3, False), ("S", 1, False),
    ]  # fmt: skip
    birthday = li.care_dates.get()
    assert (birthday.month, birthday.day, birthday.is_lunar) == (8, 15, True)
    assert (li.is_key, li.contact_states.exists()) == (True, True)
    assert li.history.get().history_change_reason == post.history.get().history_change_reason == "import 1"
    assert "unit" in remarks(verdict)


@pytest.mark.parametrize(
    ("names", "whole"),
    [
        ({"family_name": "王", "given_name": "伟"}, "王伟"),
        ({"family_name": "Miller", "given_name": "Ann  Mary"}, "Ann Mary Miller"),
        ({"given_name": "Ann"}, "Ann"),
        ({"name": "Ann Miller", "family_name": "X"}, "Ann Miller"),
    ],
)
def test_a_name_in_one_column_or_two(come, names, whole):
    assert person(come(names)[0]).name == whole


def test_bad_rows_are_refused_with_their_column(come, globex):
    bad = [
        ("name", {"name": None}),
        ("name", {"name": "x" * 121}),
        ("account", {"name": "A", "account": "Nowhere"}),
        ("account", {"name": "A", "account": "Globex"}),
        ("account", {"name": "A", "account": None}),
        ("title", {"name": "A", "title": "x" * 161}),
        ("concerns", {"name": "A", "concerns": "x" * 4001}),
        ("sensitive_notes", {"name": "A", "note": "x" * 4001}),
        ("level", {"name": "A", "level": "boss"}),
        ("since", {"name": "A", "since": date.today() + timedelta(days=9)}),
        ("until", {"name": "A", "since": date(2020, 1, 1), "until": date(2019, 1, 1)}),
        ("birthday", {"name": "A", "birthday": "1980-02-30"}),
        ("birthday", {"name": "A", "birthday": "soon"}),
    ]

    for column, row in bad:
        assert list(problems(come(row)[0])) == [column], row
    assert not Stakeholder.objects.exists()


def test_what_cannot_be_dialled_is_kept_as_typed_and_told(come):
    [verdict] = come({"name": "A", "phone": ["12", "139 0013 8000"], "email": ["nobody"], "roles": ["Boss"]})

    kinds = set(person(verdict).contact_methods.values_list("kind", "value"))
    assert kinds == {("other", "12"), ("mobile", "139 0013 8000"), ("other", "nobody")}
    assert set(remarks(verdict)) == {"phone", "email", "roles"}


def test_the_same_file_twice_writes_nothing(come, ann):
    rows = [
        LI | {"unit": "IT", "roles": ["A"], "birthday": "05-20", "notes": "Likes tea", "external_id": "7"},
        {"name": "Wu Fang", "unit": "IT / Network", "level": "manager"},
        {"name": "Wu Fang", "title": "Chair", "since": date(2020, 1, 1)},
        {"name": "Chen Bo", "until": date(2021, 1, 1), "since": date(2020, 1, 1)},
        {"name": "No Number", "phone": ["12"], "note": "x: y"},
    ]
    assert acts(come(*rows, source="crm", chunk=2)) == ["create"] * 5
    before = stored()

    assert acts(come(*rows, source="crm", chunk=3)) == ["nothing"] * 5
    assert stored() == before
    assert acts(come(*rows)) == ["nothing"] * 5
    assert stored() == before


def test_a_key_elsewhere_is_believed_first(come):
    [made] = come(LI | {"external_id": "7"}, source="crm")

    [verdict] = come({"name": "Lei Li", "external_id": "7", "title": "CTO"}, source="crm")

    li = person(verdict)
    assert (verdict.pk, str(verdict.act)) == (made.pk, "change")
    assert (li.name, li.other_names, li.title) == ("Lei Li", "李雷", "CTO")
    assert acts(come({"name": "李雷", "external_id": "7"}, source="crm")) == ["nothing"]


def test_a_middle_name_stands_between_the_others(come):
    [verdict] = come({"given_name": "Mary", "middle_name": "Jane", "family_name": "Watson"})

    assert person(verdict).name == "Mary Jane Watson"


@pytest.mark.parametrize("said", ["恒通银行", "Hengtong Bank", "hengtong bank 恒通银行"])
def test_an_account_with_a_name_in_two_scripts_is_known_by_either(come, ann, north, said):
    bank = AccountFactory(name="Hengtong Bank 恒通银行", owner=ann, team=north)

    [verdict] = come({"account": said, "name": "李雷"})

    assert person(verdict).account == bank


def test_half_a_name_that_two_accounts_share_means_neither_and_a_whole_one_comes_first(come, ann, north):
    AccountFactory(name="Hengtong Bank 恒通银行", owner=ann, team=north)
    AccountFactory(name="Hengtong Leasing 恒通银行", owner=ann, team=north)
    whole = AccountFactory(name="Hengtong Bank", owner=ann, team=north)

    shared, called = come({"account": "恒通银行", "name": "李雷"}, {"account": "Hengtong Bank", "name": "韩梅"})

    assert "Several accounts" in problems(shared)["account"]
    assert person(called).account == whole


def test_a_colleague_with_a_name_in_two_scripts_is_known_by_either(come, ann, ben):
    type(ann).objects.filter(pk=ann.pk).update(full_name="Ann Lee 李安")

    [one, two] = come({"name": "李雷", "counterpart": "李安"}, {"name": "韩梅", "counterpart": "ann lee"})

    assert person(one).counterpart == person(two).counterpart == ann


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("Hengtong Bank 恒通银行", ["Hengtong Bank", "恒通银行"]),
        ("西门子（Siemens AG）", ["西门子", "Siemens AG"]),
        ("恒通银行 Hengtong Bank", ["恒通银行", "Hengtong Bank"]),
        ("3M中国", []),
        ("华为IT部", []),
        ("中国 移动", []),
        ("Acme", []),
        ("", []),
    ],
)
def test_a_name_in_two_scripts_has_two_halves(name, halves):
    assert in_each_script(name) == halves


def test_whoever_is_called_otherwise_from_now_on_is_named(come):
    come({"name": "前台小李", "email": ["office@acme.example"]})

    [verdict] = come({"name": "前台小王", "email": ["office@acme.example"]})
    [again] = come({"name": "前台小王", "email": ["office@acme.example"]})

    remark = remarks(verdict)["name"]
    assert "前台小李" in remark
    assert "前台小王" in remark
    assert (person(verdict).name, person(verdict).other_names) == ("前台小王", "前台小李")
    assert remarks(again) == {}


@pytest.mark.parametrize("typed", ["1.3912345678E+10", "13912345678.0", "1.39123456780e10", "+86 139 1234 5678"])
def test_a_telephone_number_taken_for_a_number_is_read_digit_for_digit(come, typed):
    [verdict] = come({"name": "李雷", "mobile": [typed]})

    assert ContactMethod.objects.get(stakeholder=verdict.pk).normalised == "+8613912345678"


@pytest.mark.parametrize("typed", ["1.39E+10", "1e10", "13900000000.5", "1.39123456785E+10"])
@pytest.mark.parametrize("column", ["mobile", "phone"])
def test_a_telephone_number_cut_short_by_a_spreadsheet_is_refused(come, typed, column):
    [verdict] = come({"name": "李雷", column: [typed]})

    [problem] = problems(verdict).values()
    assert typed in problem
    assert not Stakeholder.objects.exists()


@given(st.from_regex(r"[1-9]\d{6,14}", fullmatch=True))
def test_every_number_as_a_spreadsheet_writes_it_is_read_again_or_known_as_cut_short(digits):
    exact, short = f"{digits[0]}.{digits[1:]}E+{len(digits) - 1:02}", f"{digits[0]}.{digits[1:3]}E+{len(digits) - 1:02}"

    assert whole_number(exact) == whole_number(digits + ".0") == digits
    assert not is_cut_short(exact)
    assert is_cut_short(short)
    assert not is_cut_short(digits)
    assert whole_number(digits) == ""


def test_an_address_or_a_mobile_at_the_account_is_the_same_person(come, ann):
    [made] = come(LI | {"email": ["li@acme.example"]})
    beta = AccountFactory(name="Beta", owner=ann)

    verdicts = come(
        {"name": "Lei", "mobile": ["+86 138-0013-8000"], "title": "CTO"},
        {"name": "李雷", "email": ["LI@acme.example"], "account": beta.name},
    )

    assert verdicts[0].pk == made.pk
    assert verdicts[1].pk != made.pk
    assert (person(made).title, person(made).contact_methods.count()) == ("CTO", 2)


def test_a_shared_line_is_not_a_person(come):
    [first, second] = come({"name": "A", "phone": ["010-88886666"]}, {"name": "B", "phone": ["010-88886666"]})
    assert first.pk != second.pk

    assert come({"name": "B", "title": "New title", "phone": ["010-88886666"]})[0].pk == second.pk


def test_a_name_with_the_same_title_and_unit_is_the_same_person(come):
    [made] = come({"name": "王伟", "title": "Engineer", "unit": "IT"})

    assert acts(come({"name": "王伟"})) == ["nothing"]
    [more] = come({"name": "王伟", "title": "engineer", "mobile": ["13900139000"]})
    assert (more.pk, str(more.act)) == (made.pk, "change")
    [other] = come({"name": "王伟", "title": "Director"})
    assert other.pk != made.pk
    assert "name" in remarks(other)
    assert list(problems(come({"name": "王伟"})[0])) == ["name"]


def test_namesakes_in_one_file_are_told_apart_by_what_reaches_them(come):
    twins = [{"name": "王伟", "title": "Engineer", "mobile": [f"1390013900{n}"]} for n in range(3)]

    assert acts(come(*twins, chunk=1)) == ["create"] * 3
    assert acts(come(*twins, chunk=2)) == ["nothing"] * 3


def test_a_person_twice_in_a_file_is_refused_by_the_number_of_the_first(come):
    rows = [
        LI | {"email": ["li@acme.example"]}, {"name": "Lei", "mobile": ["13800138000"]},
        {"name": "L", "email": ["LI@acme.example"]}, {"name": "李雷", "title": "engineer"},
        {"name": "Bo"}, {"name": "bo"},
    ]  # fmt: skip

    verdicts = come(*rows, chunk=2)

    assert acts(verdicts) == ["create", "refuse", "refuse", "refuse", "create", "refuse"]
    assert all("Row 2" in problems(verdict)[""] for verdict in verdicts[1:4])


def test_an_empty_cell_leaves_what_stands(come, ann):
    [made] = come(LI | {"level": "manager", "concerns": "Uptime", "unit": "IT"})

    come({"name": "李雷", "title": None, "mobile": [], "level": None, "concerns": None, "unit": ""})

    li = person(made)
    assert (li.title, li.level, li.concerns, li.unit.name) == ("Engineer", "manager", "Uptime", "IT")
    assert li.contact_methods.count() == 1


def test_another_title_corrects_the_post_and_with_a_day_begins_the_next(come, acme):
    boss = StakeholderFactory(account=acme, name="Boss").positions.get()
    [made] = come(LI | {"since": date(2020, 1, 1)})
    Position.objects.filter(stakeholder=made.pk).update(reports_to=boss)

    come(LI | {"title": "Head"})
    assert person(made).positions.get().title == "Head"
    assert person(made).positions.get().search_key == "head"
    [moved] = come(LI | {"title": "Director", "unit": "IT", "since": date(2022, 1, 1)})

    old, new = person(made).positions.order_by("since")
    assert (old.until, old.succeeded_by, new.title, new.reports_to) == (date(2022, 1, 1), new, "Director", boss)
    assert person(made).title == "Director"
    assert {pk for _label, pk in moved.beside} == {old.pk, new.pk, new.unit_id}
    assert acts(come(LI | {"title": "Director", "unit": "IT", "since": date(2022, 1, 1)})) == ["nothing"]


def test_a_day_of_leaving_ends_post_roles_and_influence(come, acme):
    [made] = come(LI | {"roles": ["A"], "since": date(2020, 1, 1)})
    li, other = person(made), StakeholderFactory(account=acme)
    edge = Influence.draw(li, other, by=None, since=date(2020, 1, 1))

    [verdict] = come(LI | {"until": date(2022, 1, 1)})

    edge.refresh_from_db()
    assert (person(made).has_left, li.roles.get().until, edge.until) == (True, date(2022, 1, 1), date(2022, 1, 1))
    assert str(verdict.act) == "change"
    assert not li.contact_states.exists()
    assert acts(come(LI)) == ["nothing"]


def test_whoever_left_stays_gone(come, acme, ann):
    [made] = come(LI)
    leaving.leave(person(made).positions.get(), acme.today(), by=ann)

    [verdict] = come(LI | {"title": "Engineer", "roles": ["D"]})

    assert verdict.pk == made.pk
    assert "" in remarks(verdict)
    assert person(made).has_left


def test_a_role_is_given_once_and_may_get_another_power(come, acme):
    [made] = come(LI | {"roles": ["D"]})

    come(LI | {"roles": ["D2", "I"]})

    assert list(person(made).roles.order_by("letter").values_list("letter", "power")) == [("D", 2), ("I", 1)]


def test_somebody_with_a_post_here_and_a_home_elsewhere(come, ann, cleo, acme, globex):
    """ann may give them a number, and changes nothing of what Globex knows."""
    guest = StakeholderFactory(account=globex, name="Guest", concerns="Secret")
    Position.begin(guest, acme, by=ann, title="Board")

    [verdict] = come({"name": "Guest", "title": "Board", "concerns": "Nosy", "mobile": ["13900139000"], "notes": "x"})

    guest.refresh_from_db()
    assert (verdict.pk, guest.concerns, guest.sensitive_notes) == (guest.pk, "Secret", "")
    assert guest.contact_methods.count() == 1


def test_hidden_people_are_as_if_they_were_not_there(come, globex):
    contacts = [{"kind": "mobile", "value": "13800138000"}]
    hidden = StakeholderFactory(account=globex, name="李雷", title="Engineer", contacts=contacts)
    ExternalReference(type="stakeholders.stakeholder", object_id=hidden.pk, source="crm", external_id="7").save()
    version = Stakeholder.objects.get(pk=hidden.pk).version

    [verdict] = come(LI | {"external_id": "7"}, source="crm")

    assert (str(verdict.act), verdict.pk != hidden.pk, remarks(verdict)) == ("create", True, {})
    assert Stakeholder.objects.get(pk=hidden.pk).version == version
    assert acts(come(LI | {"external_id": "7"}, source="crm")) == ["nothing"]


def test_an_administrator_fills_any_account_but_reads_no_sensitive_notes(come, ada):
    [made] = come(LI | {"notes": "Two children"})

    assert acts(come(LI | {"notes": "Guess"}, by=ada)) == ["nothing"]
    assert acts(come({"name": "New", "notes": "Mine"}, by=ada)) == ["create"]
    assert person(made).sensitive_notes == "Two children"


def test_a_key_at_another_account_is_a_further_post(come, ann):
    beta = AccountFactory(name="Beta", owner=ann)
    [made] = come(LI | {"external_id": "7"}, source="crm")

    [verdict] = come({"account": beta.name, "name": "李雷", "external_id": "7", "title": "Board"}, source="crm")

    assert (verdict.pk, str(verdict.act)) == (made.pk, "change")
    assert set(person(made).positions.values_list("title", "is_primary")) == {("Engineer", True), ("Board", False)}


def test_a_unit_by_name_way_or_company(come, acme):
    north, south = OrgUnitFactory(account=acme, name="North"), OrgUnitFactory(account=acme, name="South")
    finance = OrgUnitFactory(account=acme, name="Finance", parent=north)
    OrgUnitFactory(account=acme, name="Finance", parent=south)

    verdicts = come(
        {"name": "A", "unit": "North / Finance"}, {"name": "B", "unit": "Finance"}, {"name": "C", "unit": "ACME"},
        {"name": "D", "unit": "R&D/Test"}, {"name": "E", "unit": "North/Sales"},
    )  # fmt: skip

    assert person(verdicts[0]).unit == finance
    assert list(problems(verdicts[1])) == ["unit"]
    assert person(verdicts[2]).unit is None
    assert [person(verdict).unit.name for verdict in verdicts[3:]] == ["R&D/Test", "Sales"]
    assert person(verdicts[4]).unit.parent == north
    assert person(verdicts[4]).unit.tree_key.startswith(north.tree_key)


def test_many_rows_cost_as_many_queries_as_few(ann, acme):
    def rows(count, prefix, **more):
        return [
            {"account": "Acme", "name": f"{prefix} {n}", "title": "T", "unit": f"{prefix} {n % 7}", "roles": ["A"],
             "mobile": [f"+86 139{n:08}"], "birthday": "05-20", "external_id": f"{prefix}{n}", **more}
            for n in range(count)
        ]  # fmt: skip

    def queries(count, prefix):
        counts = []
        for more in ({}, {"title": "Other", "roles": ["D"], "since": date(2020, 1, 1)}):
            run = Import(PeopleIntake, rows(count, prefix, **more), by=ann, source="crm")
            with CaptureQueriesContext(connection) as captured:
                run.judge(), run.run()
            counts.append(len(captured))
            Stakeholder.objects.filter(name__startswith=prefix).update(version=1)
        return counts

    queries(2, "warm")
    ContactMethod.objects.all().delete()
    few = queries(3, "few")
    ContactMethod.objects.all().delete()
    assert queries(60, "many") == few


def test_what_is_stored_besides_follows_from_the_rest(come, acme):
    role(StakeholderFactory(account=acme), "D")
    come(
        LI | {"unit": "IT", "roles": ["A"], "level": "executive"}, {"name": "B", "until": date(2020, 1, 1)},
        {"name": "C c", "phone": ["12"]}, chunk=2,
    )  # fmt: skip
    come(
        LI | {"unit": "Ops", "title": "Head", "level": "staff"}, {"name": "Renamed", "mobile": ["13800138000"]}, chunk=1
    )

    assert repair() == {"people": 0, "contact_states": 0}
