"""The list of people and the account's tab: whom they show, in what order, and at what price."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders import leaving
from stakeholders.models import Position
from tests.factories import AccountFactory, OpportunityFactory, OrgUnitFactory, StakeholderFactory, crowd, role
from tests.stakeholders.conftest import names


@pytest.fixture
def found(ann, seen_by):
    """Names found by a query of the list."""
    return lambda query="", user=ann: names(
        seen_by(user).get("/people/", dict(part.split("=") for part in query.split("&") if part))
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [("单雄", "shan"), ("单雄", "danx"), ("曾荣", "zengrong"), ("解放", "xief"), ("解放", "jief"), ("王伟", "ww")],
)
def test_every_reading_of_a_surname_and_the_initials_find_somebody(acme, found, name, typed):
    StakeholderFactory(account=acme, name=name)
    StakeholderFactory(account=acme, name="Somebody Else")

    assert found(f"q={typed}") == [name]


def test_they_are_found_by_title_unit_and_mail(acme, ann, found):
    unit = OrgUnitFactory(account=acme, name="财务部")
    person = StakeholderFactory(account=acme, name="Li Wei", title="Chief accountant", unit=unit)
    person.set_contacts([{"kind": "email", "value": "lw@acme.example"}], by=ann)
    StakeholderFactory(account=acme, name="Somebody Else")

    for typed in ("accountant", "财务", "lw@acme", "wei accountant"):
        assert found(f"q={typed}") == ["Li Wei"], typed


def test_filters_narrow_the_list(acme, ann, found, chen, zhou, sun):
    role(zhou, "D"), role(sun, "S")
    sun.change(by=ann, is_watched=True)
    elsewhere = StakeholderFactory(account=AccountFactory(name="恒通银行", owner=ann), name="Elsewhere")

    assert found("role=D") == ["Zhou Min"]
    assert found("level=executive") == ["Chen Guohua"]
    assert found("key=on") == ["Chen Guohua", "Zhou Min"]
    assert found("watched=on") == ["Sun Li"]
    assert found(f"account={elsewhere.account_id}") == ["Elsewhere"]
    assert found("role=nonsense&level=nonsense") == ["Chen Guohua", "Elsewhere", "Sun Li", "Zhou Min"]


def test_a_role_in_a_closed_opportunity_is_no_letter(acme, ann, zhou, found):
    tender = OpportunityFactory(account=acme)
    role(zhou, "E", opportunity=tender)
    assert found("role=E") == ["Zhou Min"]

    tender.close("lost", acme.today(), by=ann)

    assert found("role=E") == []


def test_whoever_left_is_shown_when_asked_for_or_looked_up(acme, ann, found, chen, zhou):
    leaving.leave(zhou.positions.get(), acme.today(), by=ann)

    assert found() == ["Chen Guohua"]
    assert found("left=on") == ["Zhou Min"]
    assert found("q=zhou") == ["Zhou Min"]


def test_orders(acme, ann, found, chen, sun, zhou):
    StakeholderFactory(account=AccountFactory(name="Aardvark", owner=ann), name="Zzz")

    assert found("sort=name") == ["Chen Guohua", "Sun Li", "Zhou Min", "Zzz"]
    assert found("sort=account") == ["Zzz", "Chen Guohua", "Sun Li", "Zhou Min"]
    role(zhou, "D")
    assert found("sort=is_key") == ["Chen Guohua", "Zhou Min", "Sun Li", "Zzz"]


@pytest.mark.parametrize("sort", ["name", "-name", "is_key", "account", "created", "-changed", "last_contact"])
def test_pages_meet_without_gap_or_double(acme, ann, seen_by, sort):
    levels = ["executive" if number % 3 else "staff" for number in range(120)]
    people = [{"name": f"Person {number % 7}", "post": {"level": level}} for number, level in enumerate(levels)]
    crowd(acme, people)
    client, cursor, seen = seen_by(ann), "", []

    while cursor is not None and len(seen) <= 120:
        page = client.get("/people/", {"sort": sort, "cursor": cursor}).context["list"].page
        seen += [row["id"] for row in page.rows]
        cursor = page.next

    assert len(seen) == len(set(seen)) == 120


def test_a_guest_is_shown_by_the_post_in_sight_and_gives_nothing_else_away(acme, globex, cleo, found, seen_by):
    guest = StakeholderFactory(account=globex, name="Double Hat", title="Secret president", level="executive")
    Position.begin(guest, acme, by=cleo, title="Adviser")
    role(guest, "A")

    for query in ("", "sort=is_key", "sort=account", "q=double"):
        assert found(query) == ["Double Hat"], query
    assert found("key=on") == found("level=executive") == found("role=A") == []
    assert found(f"account={globex.pk}") == ["Double Hat"]  # left out: it names nothing in sight
    row = seen_by(acme.owner).get("/people/").context["list"].page.rows[0]
    assert (row["title"], row["account"], row["roles"], row["is_key"]) == ("Adviser", "Acme", (), False)
    for address in ("/people/", f"/people/{guest.pk}/", f"/accounts/{acme.pk}/people/"):
        page = seen_by(acme.owner).get(address).content.decode()
        assert "Globex" not in page
        assert "Secret president" not in page


def test_a_stranger_finds_nobody(chen, cleo, seen_by, found):
    assert found(user=cleo) == []
    assert found("q=chen", user=cleo) == []


@pytest.mark.parametrize("user", ["ann", "ben", "eve", "ada"])
def test_the_list_costs_the_same_for_three_people_and_for_thirty(acme, request, seen_by, user):
    client = seen_by(request.getfixturevalue(user))

    def cost() -> int:
        client.get("/people/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/people/").status_code == 200
        return len(queries)

    for number in range(3):
        role(StakeholderFactory(account=acme, name=f"Person {number}"), "E")
    few = cost()
    for number in range(27):
        role(StakeholderFactory(account=acme, name=f"Person {number}"), "E")

    assert cost() == few <= 6


@pytest.mark.parametrize("sort", ["unit", "key", "name"])
def test_the_tab_costs_the_same_for_three_people_and_for_thirty(acme, ann, seen_by, sort):
    client, address = seen_by(ann), f"/accounts/{acme.pk}/people/?sort={sort}"

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for number in range(3):
        StakeholderFactory(account=acme, unit=OrgUnitFactory(account=acme), name=f"Person {number}")
    few = cost()
    for number in range(27):
        StakeholderFactory(account=acme, unit=OrgUnitFactory(account=acme), name=f"Person {number}")

    assert cost() == few <= 20


def test_the_tab_follows_the_tree_and_shows_a_second_post(acme, ann, seen_by):
    head = OrgUnitFactory(account=acme, name="Head office")
    audit = OrgUnitFactory(account=acme, name="Audit", parent=head)
    StakeholderFactory(account=acme, name="In audit", unit=audit)
    StakeholderFactory(account=acme, name="At the head", unit=head)
    both = StakeholderFactory(account=acme, name="In both", unit=head)
    Position.begin(both, acme, by=ann, unit=audit)
    StakeholderFactory(account=acme, name="Nowhere")

    groups = seen_by(ann).get(f"/accounts/{acme.pk}/people/").context["groups"]

    told = [(group["path"], [row["name"] for row in group["rows"]]) for group in groups]
    assert told == [
        ("Head office", ["At the head", "In both"]),
        ("Head office › Audit", ["In audit", "In both"]),
        ("", ["Nowhere"]),
    ]


@pytest.mark.parametrize("sort", ["key", "name"])
def test_in_a_list_of_people_nobody_stands_twice(acme, ann, zhou, seen_by, sort):
    Position.begin(zhou, acme, by=ann, title="Committee member")

    groups = seen_by(ann).get(f"/accounts/{acme.pk}/people/", {"sort": sort}).context["groups"]

    assert [(row["name"], row["title"]) for row in groups[0]["rows"]] == [
        ("Chen Guohua", "President"),
        ("Zhou Min", "CIO"),
    ]


def test_vacant_seats_are_named_with_their_last_holder(acme, ann, zhou, seen_by):
    leaving.leave(zhou.positions.get(), acme.today(), by=ann, went_to="Norddata")

    response = seen_by(ann).get(f"/accounts/{acme.pk}/people/")

    assert [seat.stakeholder for seat in response.context["seats"]] == [zhou]
    assert "Norddata" in response.content.decode()


def test_the_part_asked_for_comes_alone(zhou, acme, ann, seen_by):
    client, headers = seen_by(ann), {"HX-Request": "true"}

    rows = client.get("/people/", headers=headers | {"HX-Target": "rows"}).content.decode()
    roster = client.get(
        f"/accounts/{acme.pk}/people/", headers=headers | {"HX-Target": "account-people"}
    ).content.decode()

    for part in (rows, roster):
        assert "<html" not in part
        assert "Zhou Min" in part


def test_the_clocks_asked_for_are_those_of_the_rows(zhou, ann, seen_by):
    client = seen_by(ann)
    page = client.get("/people/").content.decode()
    asked = re.search(r'hx-get="(/people/clocks/[^"]+)"', page)[1].replace("&amp;", "&")

    clocks = client.get(asked).content.decode()

    assert f'<span id="clock-{zhou.pk}"></span>' in page
    assert f'<span id="clock-{zhou.pk}" hx-swap-oob="true">' in clocks
