"""The pages on which people come, move, leave and take over, and roles are given: what they offer and refuse."""

import html
import re
from datetime import timedelta

import pytest

from stakeholders import leaving
from stakeholders.models import DecisionRole, Position, Stakeholder
from tests.factories import AccountFactory, OpportunityFactory, OrgUnitFactory, StakeholderFactory, role


def post_of(person) -> Position:
    return person.positions.get(until=None, is_primary=True)


def day(account, ago: int = 0) -> str:
    return (account.today() - timedelta(days=ago)).isoformat()


def test_a_person_is_added_with_post_and_numbers(acme, ann, chen, seen_by):
    unit = OrgUnitFactory(account=acme, name="IT")
    values = {
        "name": "周敏",
        "other_names": "Zhou Min",
        "title": "CIO",
        "unit": unit.pk,
        "level": "manager",
        "since": day(acme, 400),
        "reports_to": chen.positions.get().pk,
        "rows": ["0", "1"],
        "0-kind": "mobile",
        "0-value": "138 0013 8000",
        "1-kind": "email",
        "1-value": "",
    }

    answer = seen_by(ann).post(f"/accounts/{acme.pk}/people/new/", values)

    person = Stakeholder.objects.get(name="周敏")
    assert answer.headers["Location"] == person.get_absolute_url()
    assert (person.title, person.unit, person.level) == ("CIO", unit, "manager")
    assert post_of(person).reports_to == chen.positions.get()
    assert [method.normalised for method in person.contact_methods.all()] == ["+8613800138000"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  \u3000 "),
        ("since", "2999-01-01"),
        ("since", "soon"),
        ("level", "boss"),
        ("unit", "foreign"),
        ("reports_to", "foreign"),
    ],
)
def test_bad_values_are_marked_and_nobody_is_added(acme, globex, ann, seen_by, field, value):
    foreign = {"unit": OrgUnitFactory(account=globex), "reports_to": StakeholderFactory(account=globex).positions.get()}
    values = {"name": "Zhou", "level": "staff", "rows": ["0"], "0-kind": "mobile", "0-value": "13800138000"}

    answer = seen_by(ann).post(
        f"/accounts/{acme.pk}/people/new/", values | {field: foreign[field].pk if value == "foreign" else value}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "13800138000" in answer.content.decode()
    assert not Stakeholder.objects.filter(account=acme).exists()


def test_people_are_added_where_one_works_and_nowhere_else(acme, globex, ann, eve, seen_by):
    assert seen_by(ann).get(f"/accounts/{globex.pk}/people/new/").status_code == 404
    assert seen_by(eve).get(f"/accounts/{acme.pk}/people/new/").status_code == 403
    offered = seen_by(ann).get("/people/new/").context["accounts"]
    assert list(offered) == [acme]


def test_choices_stay_inside_the_account(acme, globex, ann, chen, zhou, seen_by):
    StakeholderFactory(account=globex, name="Hidden Boss")
    OrgUnitFactory(account=globex, name="Hidden Unit")

    page = seen_by(ann).get(f"/people/posts/{post_of(zhou).pk}/move/").content.decode()

    assert "Chen Guohua · President" in page
    assert "Hidden" not in page
    assert "Zhou Min · CIO" not in page


def test_another_post_is_begun(acme, ann, zhou, seen_by):
    beta = AccountFactory(name="Beta", owner=ann)

    seen_by(ann).post(
        f"/people/{zhou.pk}/posts/new/?account={beta.pk}", {"title": "Adviser", "level": "manager", "since": ""}
    )

    assert sorted((post.account.name, post.is_primary) for post in zhou.positions.all()) == [
        ("Acme", True),
        ("Beta", False),
    ]


@pytest.mark.parametrize("account", ["nonsense", "00000000-0000-7000-8000-00000000000z", "x" * 36, ""])
def test_a_broken_address_is_no_error(zhou, ann, seen_by, account):
    assert seen_by(ann).get(f"/people/{zhou.pk}/posts/new/", {"account": account}).status_code in (200, 404)


@pytest.mark.parametrize("seat", ["nonsense", "00000000-0000-7000-8000-000000000000"])
def test_a_seat_that_is_none_is_left_out(acme, ann, seen_by, seat):
    assert seen_by(ann).get(f"/accounts/{acme.pk}/people/new/", {"seat": seat}).status_code == 200


def test_a_circle_is_refused_in_words(acme, ann, chen, zhou, sun, seen_by):
    post = chen.positions.get()
    values = {
        "version": post.version,
        "since": day(acme),
        "title": "President",
        "level": "executive",
        "reports_to": post_of(sun).pk,
    }

    answer = seen_by(ann).post(f"/people/posts/{post.pk}/move/", values)

    assert answer.status_code == 422
    assert "Chen Guohua → Sun Li → Zhou Min → Chen Guohua" in answer.content.decode()
    assert chen.positions.count() == 1


def test_a_post_is_corrected(acme, ann, zhou, seen_by):
    post = post_of(zhou)

    seen_by(ann).post(
        f"/people/posts/{post.pk}/correct/",
        {
            "version": post.version,
            "title": "CTO",
            "level": "executive",
            "since": day(acme, 30),
            "is_primary": "on",
            "reports_to": "",
            "unit": "",
        },
    )

    zhou.refresh_from_db()
    assert (zhou.title, zhou.level, zhou.positions.count()) == ("CTO", "executive", 1)


def test_two_who_correct_a_post_at_once_lose_nothing(acme, ann, ben, zhou, seen_by):
    post = post_of(zhou)
    values = {"version": post.version, "title": "CTO", "level": "manager", "is_primary": "on"}
    Position.objects.get(pk=post.pk).correct(by=ben, title="Chief information officer")

    answer = seen_by(ann).post(f"/people/posts/{post.pk}/correct/", values)

    assert answer.status_code == 409
    assert {d.label: (d.yours, d.stored) for d in answer.context["conflict"].differences}["Title"] == (
        "CTO",
        "Chief information officer",
    )
    assert post_of(zhou).title == "Chief information officer"


def test_leaving_asks_when_and_where(acme, ann, zhou, seen_by):
    held, post = role(zhou, "D"), post_of(zhou)

    answer = seen_by(ann).post(
        f"/people/posts/{post.pk}/leave/", {"version": post.version, "until": day(acme, 3), "went_to": "Norddata"}
    )

    post.refresh_from_db(), held.refresh_from_db()
    assert answer.headers["Location"] == zhou.get_absolute_url()
    assert (post.until, post.went_to, held.until) == (acme.today() - timedelta(days=3), "Norddata", post.until)
    page = seen_by(ann).get(f"/people/{zhou.pk}/").content.decode()
    assert "Has left" in page
    assert "Norddata" in page


def test_leaving_can_be_undone_from_its_toast(acme, ann, zhou, seen_by):
    held, post, browser = role(zhou, "D"), post_of(zhou), seen_by(ann)
    browser.post(f"/people/posts/{post.pk}/leave/", {"version": post.version, "until": day(acme, 3)})
    page = browser.get(f"/people/{zhou.pk}/").content.decode()
    undo = html.unescape(re.search(rf"/people/posts/{post.pk}/come-back/[^\"]+", page)[0])

    browser.post(undo)

    post.refresh_from_db(), held.refresh_from_db()
    assert (post.until, held.until) == (None, None)


def test_a_forged_address_brings_nobody_back(acme, ann, zhou, seen_by):
    held, post, browser = role(zhou, "D"), post_of(zhou), seen_by(ann)
    browser.post(f"/people/posts/{post.pk}/leave/", {"version": post.version, "until": day(acme, 3)})

    browser.post(f"/people/posts/{post.pk}/come-back/?with=nonsense")

    post.refresh_from_db(), held.refresh_from_db()
    assert (post.until, held.until) == (acme.today() - timedelta(days=3),) * 2
    assert "can no longer be undone" in browser.get(f"/people/{zhou.pk}/").content.decode()


@pytest.mark.parametrize("until", ["", "2999-01-01", "1900-01-01"])
def test_a_day_nobody_can_have_left_is_refused(acme, ann, seen_by, until):
    person = StakeholderFactory(account=acme, since=acme.today() - timedelta(days=10))
    post = post_of(person)

    answer = seen_by(ann).post(f"/people/posts/{post.pk}/leave/", {"version": post.version, "until": until})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["until"]
    assert post_of(person).is_held


def test_a_post_left_cannot_be_left_again(acme, ann, zhou, seen_by):
    post = post_of(zhou)
    leaving.leave(post, acme.today(), by=ann)

    for act in ("leave", "move", "go"):
        assert seen_by(ann).get(f"/people/posts/{post.pk}/{act}/").status_code == 404


def test_moving_inside_asks_which_roles_go_along(acme, ann, zhou, seen_by):
    kept, ended = role(zhou, "D"), role(zhou, "E")
    url = f"/people/posts/{post_of(zhou).pk}/go/"

    assert set(seen_by(ann).get(url).context["form"].fields["keeping"].queryset) == {kept, ended}
    seen_by(ann).post(
        url, {"since": day(acme), "title": "Deputy president", "level": "executive", "keeping": [kept.pk]}
    )

    kept.refresh_from_db(), ended.refresh_from_db(), zhou.refresh_from_db()
    assert (kept.until, ended.until) == (None, acme.today())
    assert zhou.title == "Deputy president"


def test_moving_to_another_account_ends_all_roles_here(acme, ann, zhou, seen_by):
    beta, held = AccountFactory(name="Beta", owner=ann), role(zhou, "D")
    url = f"/people/posts/{post_of(zhou).pk}/go/?account={beta.pk}"

    assert "keeping" not in seen_by(ann).get(url).context["form"].fields
    seen_by(ann).post(url, {"since": day(acme), "title": "CTO", "level": "executive"})

    held.refresh_from_db(), zhou.refresh_from_db()
    assert held.until == acme.today()
    assert (zhou.account, zhou.title) == (beta, "CTO")


def test_a_role_of_somebody_else_cannot_be_ticked(acme, ann, zhou, sun, seen_by):
    foreign, _ = role(sun, "S"), role(zhou, "D")

    answer = seen_by(ann).post(
        f"/people/posts/{post_of(zhou).pk}/go/", {"since": day(acme), "level": "staff", "keeping": [foreign.pk]}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["keeping"]


@pytest.mark.parametrize(("manner", "posts"), [("instead", 1), ("beside", 2)])
def test_somebody_of_the_account_follows(acme, ann, zhou, sun, seen_by, manner, posts):
    held, seat = role(sun, "S"), post_of(zhou)
    leaving.leave(seat, acme.today(), by=ann)

    seen_by(ann).post(f"/people/posts/{seat.pk}/succeed/", {"person": sun.pk, "since": day(acme), "manner": manner})

    seat.refresh_from_db(), held.refresh_from_db()
    assert seat.succeeded_by.stakeholder == sun
    assert Position.objects.on(acme.today()).filter(stakeholder=sun).count() == posts
    assert held.until is None


def test_somebody_new_follows(acme, ann, zhou, sun, seen_by):
    seat = post_of(zhou)
    leaving.leave(seat, acme.today(), by=ann)
    url = f"/accounts/{acme.pk}/people/new/?seat={seat.pk}"

    assert seen_by(ann).get(url).context["form"]["title"].value() == "CIO"
    seen_by(ann).post(url, {"name": "Gao Yu", "title": "CIO", "level": "manager", "since": day(acme), "rows": []})

    seat.refresh_from_db()
    assert seat.succeeded_by.stakeholder.name == "Gao Yu"


def test_a_role_is_given_with_its_usual_power_or_another(acme, ann, zhou, seen_by):
    client, url = seen_by(ann), f"/people/{zhou.pk}/roles/new/"
    tender = OpportunityFactory(account=acme)

    client.post(url, {"letter": "D", "power": "", "since": day(acme)})
    client.post(url, {"letter": "E", "power": "3", "since": day(acme, 9), "opportunity": tender.pk})

    told = {(held.letter, held.power, held.opportunity) for held in zhou.roles.all()}
    assert told == {("D", 3, None), ("E", 3, tender)}
    zhou.refresh_from_db()
    assert zhou.key_class == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("letter", "X"),
        ("letter", ""),
        ("power", "9"),
        ("since", "2999-01-01"),
        ("since", ""),
        ("opportunity", "foreign"),
    ],
)
def test_a_bad_role_is_marked(acme, globex, ann, zhou, seen_by, field, value):
    OpportunityFactory(account=acme)
    values = {"letter": "D", "power": "", "since": day(acme)}

    answer = seen_by(ann).post(
        f"/people/{zhou.pk}/roles/new/",
        values | {field: OpportunityFactory(account=globex).pk if value == "foreign" else value},
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not zhou.roles.exists()


def test_the_same_role_twice_is_refused_in_words(acme, ann, zhou, seen_by):
    role(zhou, "D")

    answer = seen_by(ann).post(f"/people/{zhou.pk}/roles/new/", {"letter": "D", "power": "", "since": day(acme)})

    assert answer.status_code == 422
    assert "holds this role already" in answer.content.decode()


def test_a_role_is_changed_and_ended(acme, ann, zhou, seen_by):
    held = role(zhou, "D")
    client = seen_by(ann)

    client.post(f"/people/roles/{held.pk}/change/", {"version": held.version, "power": "1", "since": day(acme, 100)})
    held.refresh_from_db()
    assert (held.power, held.is_primary) == (1, False)
    early = client.post(f"/people/roles/{held.pk}/end/", {"version": held.version, "until": day(acme, 101)})
    assert early.status_code == 422
    assert list(early.context["form"].errors) == ["until"]
    client.post(f"/people/roles/{held.pk}/end/", {"version": held.version, "until": day(acme, 5)})

    held.refresh_from_db(), zhou.refresh_from_db()
    assert held.until == acme.today() - timedelta(days=5)
    assert not zhou.is_key
    assert client.get(f"/people/roles/{held.pk}/end/").status_code == 404


def test_an_outsider_holds_a_role_where_they_hold_no_post(acme, ann, zhou, seen_by):
    beta = AccountFactory(name="Beta", owner=ann)
    zhou.change(by=ann, is_outsider=True)

    seen_by(ann).post(
        f"/people/{zhou.pk}/roles/new/?account={beta.pk}", {"letter": "I", "power": "", "since": day(acme)}
    )

    assert DecisionRole.objects.get().account == beta


def test_forms_come_into_the_dialog_and_stay_there_when_refused(acme, ann, zhou, seen_by):
    url, headers = f"/people/posts/{post_of(zhou).pk}/leave/", {"HX-Request": "true", "HX-Target": "dialog-content"}
    client = seen_by(ann)

    asked = client.get(url, headers=headers)
    refused = client.post(url, {"until": "2999-01-01"}, headers=headers)
    done = client.post(url, {"until": day(acme)}, headers=headers)

    assert "<html" not in asked.content.decode() + refused.content.decode()
    assert (refused.status_code, done.headers["HX-Redirect"]) == (422, zhou.get_absolute_url())
