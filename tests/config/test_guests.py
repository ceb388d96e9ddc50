"""Guests: somebody whose own account is out of sight, seen through a second post; nothing of the first is confirmed
by what one types, filters by, or puts in order."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config import week
from relationships import log_choices
from relationships.forms.after import AfterForm
from stakeholders import leaving, roster
from stakeholders.models import DecisionRole, Position
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, activity, known_for, role, visit

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}


@pytest.fixture
def globex(cleo, south):
    """Cleo's account, which ann and ben do not see."""
    return AccountFactory(name="Globex", owner=cleo, team=south, tier="strategic")


@pytest.fixture
def guest(acme, globex, cleo):
    """At home at Globex, an adviser at Acme besides."""
    bureau = OrgUnitFactory(account=globex, name="隐形部 Stealth bureau")
    person = StakeholderFactory(account=globex, name="Zelda Hat", title="Quartermaster", unit=bureau, level="executive")
    unit = OrgUnitFactory(account=acme, name="Advisory board")
    Position.begin(person, acme, by=cleo, title="Adviser", unit=unit)
    role(person, "A")
    return person


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def search_page(client, acme, text):
    return client.get(reverse("config:search"), {"q": text})


def suggestions(client, acme, text):
    return client.get(reverse("config:search"), {"q": text}, headers=PART | {"HX-Target": "search-results"})


def people_list(client, acme, text):
    return client.get(reverse("relationships:people"), {"q": text})


def people_tab(client, acme, text):
    return client.get(reverse("stakeholders:of_account", args=[acme.pk]), {"q": text})


def people_tab_by_name(client, acme, text):
    return client.get(reverse("stakeholders:of_account", args=[acme.pk]), {"q": text, "sort": "name"})


def log_form(client, acme, text):
    return client.get(reverse("relationships:log"), {"account": acme.pk, "find": text})


def log_form_step(client, acme, text):
    sent = {"account": acme.pk, "step": "find", "find": text, "activity_type": activity().pk}
    return client.post(reverse("relationships:log"), sent)


ENTRIES = [search_page, suggestions, people_list, people_tab, people_tab_by_name, log_form, log_form_step]
HIDDEN = ["Quartermaster", "quarterm", "stealth", "隐形", "bureau", "zelda quartermaster", "adviser stealth"]
TOLD = ["Zelda", "adviser", "ADVIS", "advisory board", "zelda board", "board hat adviser"]
every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.__name__)


def finds(entry, user, acme, text) -> bool:
    answer = entry(signed_in(user), acme, text)
    assert answer.status_code == 200
    return "Zelda Hat" in unmarked(answer)


def unmarked(answer) -> str:
    """The page without the marks on what the text found."""
    return answer.content.decode().replace("<mark>", "").replace("</mark>", "")


@every_entry
def test_a_title_or_unit_out_of_sight_finds_nobody(entry, guest, acme, ann):
    assert {text for text in HIDDEN if finds(entry, ann, acme, text)} == set()


@every_entry
def test_the_post_in_sight_finds_them(entry, guest, acme, ann):
    assert {text for text in TOLD if not finds(entry, ann, acme, text)} == set()


@every_entry
def test_a_post_that_is_over_finds_nobody_who_is_still_there(entry, guest, acme, ann, cleo):
    guest.positions.get(account=acme).move(acme.today(), by=cleo, title="Member")
    earlier = guest.positions.get(account=acme, title="Adviser")
    in_the_log = entry in (log_form, log_form_step)  # a visit of last month may name what they were then

    assert not earlier.is_held
    assert finds(entry, ann, acme, "member")
    assert finds(entry, ann, acme, "adviser") == in_the_log


@pytest.mark.parametrize("entry", [search_page, suggestions, people_list], ids=lambda entry: entry.__name__)
def test_whoever_sees_both_accounts_finds_them_by_either(entry, guest, acme, eve, cleo):
    assert finds(entry, eve, acme, "quartermaster")
    assert finds(entry, eve, acme, "hat adviser")
    assert not finds(entry, eve, acme, "adviser stealth")  # one post answers all words
    assert finds(entry, cleo, acme, "stealth")
    assert not finds(entry, cleo, acme, "adviser")


def test_whoever_left_is_found_by_what_they_were_last(acme, ann):
    person = StakeholderFactory(account=acme, name="Zelda Hat", title="Adviser")
    leaving.leave(person.positions.get(), acme.today(), by=ann)

    assert finds(search_page, ann, acme, "adviser")
    assert finds(people_list, ann, acme, "zelda adviser")


def test_whoever_moved_out_of_sight_is_found_by_what_they_were_here_and_not_by_what_they_are_there(
    acme, globex, ann, cleo
):
    person = StakeholderFactory(account=acme, name="Zelda Hat", title="Adviser")
    leaving.go_to(person.positions.get(), globex, globex.today(), by=cleo, title="Quartermaster")

    assert not finds(search_page, ann, acme, "zelda")
    assert finds(log_form, ann, acme, "adviser")
    assert not finds(log_form, ann, acme, "quartermaster")


# Filters and orders ---------------------------------------------------------------------------------------------------


@pytest.fixture
def abel(acme):
    """No key person, and before the guest by name."""
    return StakeholderFactory(account=acme, name="Abel Hat")


@pytest.mark.parametrize("text", ["hat", "a"])
def test_no_order_of_search_tells_who_is_key_elsewhere(text, guest, abel, ann):
    page = unmarked(search_page(signed_in(ann), None, text))

    assert page.index("Abel Hat") < page.index("Zelda Hat")


def test_no_order_of_the_log_form_tells_it(guest, abel, acme, ann):
    for chosen, text in (((), ""), ((), "hat"), ((guest.pk, abel.pk), "")):
        assert log_choices.people(acme, chosen, text, reader=ann).persons == [abel, guest]


def test_no_order_of_the_tab_tells_it(guest, abel, acme):
    for text in ("", "hat"):
        posts = roster.posts(acme, text=text, by="key").order_by(*roster.ORDERS["key"])
        assert [post.stakeholder for post in posts] == [abel, guest]


def test_no_order_of_those_who_were_there_tells_it(guest, abel, acme, ann):
    others = [StakeholderFactory(account=acme, name=f"Bert {number}") for number in range(10)]
    held = visit(abel, by=ann, people=[abel, guest, *others], kind="Training")
    client = signed_in(ann)

    for name in ("interaction", "after"):
        page = client.get(reverse(f"relationships:{name}", args=[held.pk]))
        rows = page.context["participants"]
        assert [rows[0].stakeholder, list(rows)[-1].stakeholder] == [abel, guest], name
    assert list(AfterForm(interaction=held, user=ann).fields["spoken_to"].queryset)[-1] == guest


@pytest.mark.parametrize(
    "asked",
    ["level=executive", "role=A", "key=on", "left=on", "level=executive&q=zelda", "key=on&q=zelda"],
)
def test_no_filter_confirms_what_they_are_elsewhere(asked, guest, ann):
    query = dict(part.split("=") for part in asked.split("&"))

    assert signed_in(ann).get(reverse("relationships:people"), query).context["list"].page.rows == []


@pytest.mark.parametrize("asked", ["level=staff", "account=", "q=zelda&level=staff", "sort=is_key", "sort=account"])
def test_they_are_listed_by_what_they_are_here(asked, guest, ann, acme):
    query = dict(part.split("=") for part in asked.split("&"))
    if "account" in query:
        query["account"] = str(acme.pk)

    rows = signed_in(ann).get(reverse("relationships:people"), query).context["list"].page.rows

    assert [(row["title"], row["unit__name"], row["account"]) for row in rows] == [
        ("Adviser", "Advisory board", "Acme")
    ]


def test_my_week_shows_no_role_held_out_of_sight(acme, globex, ann, cleo):
    person = known_for(StakeholderFactory(account=acme, name="Zelda Hat"), 400)
    role(person, "S")
    visit(person, by=ann, days_ago=50)
    Position.begin(person, globex, by=cleo, title="Quartermaster")
    DecisionRole.assign(person, globex, "A", by=cleo)

    line = week.gone_quiet(week.reach(ann, team=False))[0]

    assert line.roles == (("S", True),)


def contact_state(user, person) -> str:
    return signed_in(user).get(reverse("relationships:person_state", args=[person.pk])).content.decode()


def test_why_somebody_is_due_names_neither_role_nor_tier_out_of_sight(guest, acme, ann, eve, cleo):
    home = StakeholderFactory(account=acme, name="Abel Hat")
    Position.begin(home, guest.account, by=cleo)
    DecisionRole.assign(home, guest.account, "A", by=cleo)

    told = contact_state(ann, home)
    assert not any(word in told for word in ("Approver", "Strategic", "no decision role"))
    assert "At most 40 days without contact." in told
    assert "At most 40 days without contact: Approver, account tier Strategic." in contact_state(eve, guest)


def test_nothing_tells_when_others_met_a_guest_out_of_sight(guest, acme, ann, eve, cleo):
    for days_ago in (1, 2, 3, 4):
        visit(guest, by=cleo, days_ago=days_ago)
    form = {
        "account": acme.pk,
        "people": guest.pk,
        "activity_type": activity("Visit").pk,
        "held_on": acme.today().isoformat(),
    }

    def told(user) -> list[str]:
        client = signed_in(user)
        return [
            contact_state(user, guest),
            client.get(reverse("relationships:clocks"), {"id": guest.pk}).content.decode(),
            client.get(reverse("relationships:too_often"), form).content.decode(),
            client.get(reverse("relationships:log"), {"account": acme.pk, "person": guest.pk}).content.decode(),
        ]

    mine, everything = told(ann), told(eve)
    assert "Contacts are not counted here." in mine[0]
    assert str(guest.pk) not in mine[1]
    assert "days with contact" not in mine[2]
    assert "resting" not in mine[3]
    assert "Last contact" in everything[0]
    assert str(guest.pk) in everything[1]
    assert "days with contact" in everything[2]
    assert "resting" in everything[3]


def test_a_second_post_is_named_one_only_where_the_first_is_in_sight(guest, acme, ann, eve):
    for user, is_told in ((ann, False), (eve, True)):
        page = signed_in(user).get(reverse("stakeholders:of_account", args=[acme.pk])).content.decode()
        assert "Zelda Hat" in page
        assert ("second post" in page) is is_told


def test_whether_an_account_out_of_sight_is_active_is_not_told(guest, ann, eve, cleo):
    guest.account.change(by=cleo, status="inactive")

    assert "inactive" not in contact_state(ann, guest)
    assert "the account is inactive" in contact_state(eve, guest)


def test_guests_cost_no_query_each(guest, acme, globex, ann, cleo):
    client = signed_in(ann)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "Zelda Hat" in unmarked(client.get(reverse("config:search"), {"q": "hat adviser"}))
        return len(queries)

    few = cost()
    for number in range(9):
        other = StakeholderFactory(account=globex, name=f"Hat {number}")
        Position.begin(other, acme, by=cleo, title="Adviser")

    assert cost() == few <= 11
