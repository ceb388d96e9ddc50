"""Units, bosses and people out of many: whom a search names at one account, and how a form reads what is typed."""

import re
from datetime import timedelta

import pytest
from django.utils.http import urlencode

from pages import choices
from stakeholders.models import DecisionRole, Position, Stakeholder
from tests.factories import AccountFactory, OpportunityFactory, OrgUnitFactory, StakeholderFactory, role


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Two are many."""
    monkeypatch.setattr(choices, "FEW", 1)


@pytest.fixture
def bank(acme):
    """Head office > IT > Operations, and Branches > Operations."""
    units, parent = {}, None
    for name in ("Head office", "IT", "Operations"):
        parent = units[name] = OrgUnitFactory(account=acme, name=name, parent=parent)
    units["Branches"] = OrgUnitFactory(account=acme, name="Branches 分行")
    units["there"] = OrgUnitFactory(account=acme, name="Operations", parent=units["Branches"])
    return units


@pytest.fixture
def guest(globex, acme):
    """Somebody of an account ann does not see, with a seat at Acme."""
    person = StakeholderFactory(account=globex, name="Rui Secretive", title="Chairman of secrets", level="executive")
    Position.begin(person, acme, by=None, title="Adviser")
    return person


def suggested(client, address, **asked):
    answer = client.get(f"{address}?{urlencode(asked)}")
    assert answer.status_code == 200
    told = answer.content.decode()
    return re.findall(r'data-label="([^"]+)"[^>]*>(?:<span>)?<b>[^<]*</b>(?:<span class="why">([^<]*))?', told)


def post_of(person):
    return person.positions.get(until=None, is_primary=True)


def test_units_are_suggested_with_their_path(acme, ann, bank, seen_by):
    address = f"/accounts/{acme.pk}/units/choices/"

    assert suggested(seen_by(ann), address, q="oper") == [
        ("Operations", "Branches 分行"),
        ("Operations", "Head office › IT"),
    ]
    assert suggested(seen_by(ann), address, q="fh") == [("Branches 分行", "")]
    assert [name for name, _path in suggested(seen_by(ann), address)] == [
        "Branches 分行",
        "Operations",
        "Head office",
        "IT",
        "Operations",
    ]


def test_bosses_are_suggested_by_seat(acme, ann, bank, chen, zhou, sun, guest, seen_by):
    post_of(sun).end(acme.today() - timedelta(days=3), by=ann)
    address = f"/accounts/{acme.pk}/seats/choices/"

    assert suggested(seen_by(ann), address, q="cio") == [("Zhou Min · CIO", "")]
    assert suggested(seen_by(ann), address, q="sun") == [("vacant, last Sun Li · Operations", "")]
    assert suggested(seen_by(ann), address, q="rui") == [("Rui Secretive · Adviser", "")]
    assert suggested(seen_by(ann), address, q="secrets") == []


def test_people_are_suggested_as_they_are_known_there(acme, ann, bank, chen, guest, seen_by):
    StakeholderFactory(account=acme, name="Rui Plain", title="Buyer", unit=bank["there"])
    address = f"/accounts/{acme.pk}/people/choices/"

    assert suggested(seen_by(ann), address, q="rui") == [
        ("Rui Plain", "Buyer · Operations"),
        ("Rui Secretive", "Adviser"),
    ]
    assert suggested(seen_by(ann), address, q="buyer operations") == [("Rui Plain", "Buyer · Operations")]
    assert suggested(seen_by(ann), address, q="chairman") == []
    assert suggested(seen_by(ann), address)[0] == ("Chen Guohua", "President")  # a key person, unlike the chairman here


def test_a_person_is_added_with_unit_and_boss_as_typed(acme, ann, bank, chen, zhou, sun, seen_by):
    sent = {
        "name": "钱七",
        "level": "staff",
        "unit": "",
        "unit_text": "branches",
        "unit_shown": "",
        "reports_to": "",
        "reports_to_text": "guohua",
        "reports_to_shown": "",
    }

    assert seen_by(ann).post(f"/accounts/{acme.pk}/people/new/", sent | {"rows": []}).status_code == 302

    post = post_of(Stakeholder.objects.get(name="钱七"))
    assert (post.unit, post.reports_to) == (bank["Branches"], post_of(chen))


def test_units_of_one_name_are_told_apart_by_their_path(acme, ann, bank, zhou, seen_by):
    post = post_of(zhou)
    url = f"/people/posts/{post.pk}/correct/"
    sent = {"version": post.version, "title": "CIO", "level": "manager", "is_primary": "on", "since": ""}
    typed = {"unit": "", "unit_text": "operations", "unit_shown": "", "reports_to": ""}

    answer = seen_by(ann).post(url, sent | typed)

    assert answer.status_code == 422
    told = answer.content.decode()
    radios = re.findall(r'name="unit_one" value="([^"]+)"><span>Operations <span class="why">([^<]+)', told)
    assert [path for _pk, path in radios] == ["Branches 分行", "Head office › IT"]
    marked = typed | {"unit_shown": "operations", "unit_one": radios[1][0]}
    assert seen_by(ann).post(url, sent | marked).status_code == 302
    assert Position.objects.get(pk=post.pk).unit == bank["Operations"]


def test_what_nobody_touched_stays_and_is_shown_with_its_path(acme, ann, bank, chen, zhou, sun, seen_by):
    post = post_of(sun)
    post.correct(by=ann, unit=bank["Operations"])
    post = post_of(sun)
    url = f"/people/posts/{post.pk}/correct/"

    page = seen_by(ann).get(url).content.decode()
    assert '<span class="why" id="id_unit_list_why" data-why>Head office › IT</span>' in page
    shown = dict(re.findall(r'name="((?:unit|reports_to)\w*)" value="([^"]*)"', page))
    sent = {"version": post.version, "title": "COO", "level": "manager", "is_primary": "on", "since": ""}
    assert seen_by(ann).post(url, sent | shown).status_code == 302

    post.refresh_from_db()
    assert (post.title, post.unit, post.reports_to) == ("COO", bank["Operations"], post_of(zhou))


def test_nobody_is_suggested_as_their_own_boss(ann, acme, chen, zhou, sun, seen_by):
    page = seen_by(ann).get(f"/people/posts/{post_of(zhou).pk}/move/").content.decode()
    address = re.search(r'hx-get="(/accounts/[^"]+/seats/choices/)\?without=([^"]+)"', page)

    assert suggested(seen_by(ann), address[1], without=address[2], q="zhou") == []
    assert suggested(seen_by(ann), address[1], q="zhou") == [("Zhou Min · CIO", "")]


def test_two_who_correct_a_post_at_once_see_both_units_by_name(acme, ann, ben, bank, zhou, seen_by):
    post = post_of(zhou)
    opened = post.version
    post.correct(by=ben, unit=bank["IT"])
    sent = {"version": opened, "title": "CIO", "level": "manager", "is_primary": "on", "since": "", "reports_to": ""}

    answer = seen_by(ann).post(
        f"/people/posts/{post.pk}/correct/", sent | {"unit": "", "unit_text": "branch", "unit_shown": ""}
    )

    assert answer.status_code == 409
    unit = next(one for one in answer.context["conflict"].differences if one.label == "Unit")
    assert (unit.yours, unit.stored, unit.raw) == ("Branches 分行", "IT", str(bank["IT"].pk))
    again = answer.context["form"].data
    assert seen_by(ann).post(f"/people/posts/{post.pk}/correct/", again).status_code == 302
    assert Position.objects.get(pk=post.pk).unit == bank["Branches"]


def test_a_seat_is_taken_by_somebody_typed(acme, ann, bank, chen, zhou, sun, seen_by):
    seat = post_of(sun)
    seat.end(acme.today() - timedelta(days=3), by=ann)
    url = f"/people/posts/{seat.pk}/succeed/"
    sent = {"since": acme.today().isoformat(), "manner": "beside", "person": "", "person_shown": ""}
    StakeholderFactory(account=acme, name="Wu Dan")

    assert seen_by(ann).post(url, sent | {"person_text": "nobody here"}).status_code == 422
    assert seen_by(ann).post(url, sent | {"person_text": "min"}).status_code == 302

    assert Position.objects.get(pk=seat.pk).succeeded_by.stakeholder == zhou


@pytest.mark.parametrize(
    ("asked", "status", "at"),
    [
        ({"account_text": "beta"}, 200, "Beta"),
        ({"account_text": "Gamma", "account_shown": "Gamma", "account": "beta"}, 200, "Beta"),
        ({"account_text": "a"}, 200, "Acme"),
        ({"account_text": "Globex Secret"}, 200, "Acme"),
        ({"account": "globex"}, 404, None),
    ],
)
def test_a_post_elsewhere_begins_with_the_account(acme, globex, ann, north, zhou, seen_by, asked, status, at):
    known = {"globex": globex}
    for name in ("Beta", "Gamma"):
        known[name.casefold()] = AccountFactory(name=name, owner=ann, team=north)
    asked = {"account": "", "account_shown": ""} | asked
    asked["account"] = str(getattr(known.get(asked["account"]), "pk", ""))

    answer = seen_by(ann).get(f"/people/{zhou.pk}/posts/new/", asked)

    assert answer.status_code == status
    if at:
        assert answer.context["form"].account.name == at
        assert str(globex.pk) not in answer.content.decode()


def test_a_role_is_given_in_an_opportunity_typed(acme, ann, zhou, seen_by):
    for name in ("Core network", "Storage", "Data centre"):
        wanted = OpportunityFactory(account=acme, name=name)
    sent = {"letter": "D", "opportunity": "", "opportunity_text": "centre", "opportunity_shown": ""}

    assert suggested(seen_by(ann), f"/accounts/{acme.pk}/opportunities/choices/", q="st") == [("Storage", "")]
    assert seen_by(ann).post(f"/people/{zhou.pk}/roles/new/", sent | {"since": "2026-01-01"}).status_code == 302

    assert DecisionRole.objects.get(stakeholder=zhou).opportunity == wanted


@pytest.mark.parametrize("page", ["/accounts/{account}/people/new/", "/people/posts/{post}/move/"])
def test_a_form_is_no_larger_and_asks_no_more_with_ten_times_as_many(
    acme, ann, bank, zhou, sun, seen_by, page, django_assert_max_num_queries
):
    url = page.format(account=acme.pk, post=post_of(sun).pk)
    client = seen_by(ann)
    first = client.get(url).content
    for number in range(30):
        unit = OrgUnitFactory(account=acme, name=f"Unit {number}", parent=bank["IT"])
        StakeholderFactory(account=acme, name=f"Person {number}", unit=unit, reports_to=post_of(sun))

    with django_assert_max_num_queries(12):
        more = client.get(url).content

    assert abs(len(more) - len(first)) < 100


@pytest.mark.parametrize("kind", ["units", "seats", "people"])
def test_suggestions_ask_no_more_of_many(acme, ann, bank, zhou, seen_by, kind, django_assert_max_num_queries):
    for number in range(30):
        unit = OrgUnitFactory(account=acme, name=f"Wing {number}", parent=bank["IT"])
        role(StakeholderFactory(account=acme, name=f"Wing Chun {number}", unit=unit), "D")

    client = seen_by(ann)
    with django_assert_max_num_queries(7):
        found = suggested(client, f"/accounts/{acme.pk}/{kind}/choices/", q="wing")

    assert len(found) == choices.SUGGESTED


def test_a_boss_called_exactly_so_is_taken_with_no_question_asked(
    acme, ann, chen, zhou, seen_by, django_assert_max_num_queries
):
    """“Li” is somebody, and stands in a dozen other names."""
    li = StakeholderFactory(account=acme, name="Li", title="Head")
    for number in range(12):
        StakeholderFactory(account=acme, name=f"Lin {number}", title="Li")
    url = f"/people/posts/{post_of(zhou).pk}/move/"
    sent = {"version": post_of(zhou).version, "since": acme.today().isoformat(), "title": "CIO", "level": "manager"}
    client = seen_by(ann)

    for text in ("li", "LI · head"):
        with django_assert_max_num_queries(14):
            asked = client.post(url, sent | {"since": "", "reports_to_text": text, "reports_to_shown": ""})
        assert list(asked.context["form"].errors) == ["since"]
    assert client.post(url, sent | {"reports_to_text": "li", "reports_to_shown": ""}).status_code == 302

    assert post_of(zhou).reports_to == post_of(li)
