"""The page of a person: what it says and why, who reads what, and who may change it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.models import Influence, Position, Stakeholder
from stakeholders.sentences import confirmation, key_status
from tests.factories import OpportunityFactory, StakeholderFactory, role

NOTE = "Separated since spring"


def profile(person, **values) -> dict:
    """The edit form as a browser sends it."""
    person.refresh_from_db()
    return {
        "version": person.version,
        "name": person.name,
        "key_override": "",
        "social_style": "",
        "stage": "",
    } | values


def test_the_sentence_names_role_and_opportunity(acme, ann, sun):
    role(sun, "E", opportunity=OpportunityFactory(account=acme, name="Core upgrade"))

    assert key_status(sun, acme, ann).why == "Sun Li is technical evaluator for “Core upgrade”."


def test_the_sentence_names_whom_they_move(acme, ann, chen, sun):
    Influence.draw(sun, chen, by=ann, strength=3)

    assert key_status(sun, acme, ann).why == "Sun Li has influence on Chen Guohua (strength 3)."


def test_the_sentence_names_nobody_out_of_sight(acme, globex, cleo, ann, sun):
    boss = StakeholderFactory(account=globex, name="Hidden Boss", level="executive")
    Position.begin(boss, acme, by=cleo, level="executive")
    boss.positions.get(account=acme).end(acme.today(), by=ann)
    Influence.draw(sun, boss, by=cleo, strength=3)

    assert "Hidden Boss" not in key_status(sun, acme, ann).why


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"is_rising": True, "rising_reason": "next CIO"}, "Sun Li is rising: next CIO"),
        ({"key_override": "in", "key_override_reason": "runs it all"}, "Marked as key by hand: runs it all"),
        ({"key_override": "out", "key_override_reason": "retires"}, "Taken out by hand: retires"),
        ({}, "Sun Li is no executive, holds no A, D or E, and moves nobody who does."),
    ],
)
def test_the_sentence_says_why(acme, ann, sun, values, why):
    sun.change(by=ann, **values)

    assert key_status(sun, acme, ann).why == why


def test_key_status_is_confirmed_and_grows_old(acme, ann, chen, seen_by):
    assert confirmation(chen, acme.today()) == ("Nobody has confirmed this yet.", True)

    seen_by(ann).post(f"/people/{chen.pk}/confirm-key/")

    chen.refresh_from_db()
    assert confirmation(chen, acme.today()) == ("Confirmed today.", False)
    assert confirmation(chen, acme.today() + timedelta(days=180))[1] is False
    assert confirmation(chen, acme.today() + timedelta(days=181))[1] is True


def test_the_page_tells_the_person(acme, ann, chen, zhou, sun, seen_by):
    zhou.set_contacts(
        [{"kind": "mobile", "value": "138 0013 8000"}, {"kind": "email", "value": "z@acme.example"}], by=ann
    )
    zhou.set_care_dates([{"kind": "birthday", "is_lunar": True, "month": 8, "day": 15}], by=ann)
    zhou.change(by=ann, concerns="Two outages last winter", sensitive_notes=NOTE)
    role(zhou, "D")

    page = seen_by(ann).get(f"/people/{zhou.pk}/").content.decode()

    for part in (
        'href="tel:+8613800138000"',
        'href="mailto:z@acme.example"',
        "Two outages",
        NOTE,
        "Decision maker",
        "lunar 8-15",
        chen.name,
        sun.name,
    ):
        assert part in page, part


def test_sensitive_notes_are_closed_to_executives_and_administrators(zhou, ann, ben, eve, ada, seen_by):
    zhou.change(by=ann, sensitive_notes=NOTE)
    page = f"/people/{zhou.pk}/"

    reads = {user: NOTE in seen_by(user).get(page).content.decode() for user in (ann, ben, eve, ada)}

    assert reads == {ann: True, ben: True, eve: False, ada: False}
    for user in (eve, ada):
        assert seen_by(user).get(f"{page}edit/").status_code == 403
        assert NOTE not in seen_by(user).get(f"{page}history/").content.decode()


def test_sensitive_notes_are_closed_to_the_team_of_a_second_post(acme, globex, ann, cleo, zhou, seen_by):
    zhou.change(by=ann, sensitive_notes=NOTE)
    Position.begin(zhou, globex, by=cleo, title="Adviser")
    client = seen_by(cleo)

    page = client.get(f"/people/{zhou.pk}/").content.decode()

    assert "Adviser" in page
    assert NOTE not in page
    assert "Acme" not in page
    assert client.get(f"/people/{zhou.pk}/edit/").status_code == 403
    assert client.post(f"/people/{zhou.pk}/remove/").status_code == 403
    assert client.get(f"/people/{zhou.pk}/contacts/").status_code == 200


def test_a_post_at_a_hidden_account_is_not_there(acme, globex, cleo, ann, zhou, seen_by):
    hidden = Position.begin(zhou, globex, by=cleo, title="Secret adviser")
    client = seen_by(ann)

    assert "Secret adviser" not in client.get(f"/people/{zhou.pk}/").content.decode()
    for act in ("correct", "move", "leave", "go"):
        assert client.get(f"/people/posts/{hidden.pk}/{act}/").status_code == 404
    assert client.get(f"/people/{zhou.pk}/posts/new/?account={globex.pk}").status_code == 404


def test_what_is_out_of_sight_looks_exactly_like_what_is_absent(zhou, cleo, seen_by):
    client, nowhere = seen_by(cleo), "00000000-0000-7000-8000-000000000000"

    for rest in ("", "edit/", "contacts/", "care-dates/", "posts/new/", "roles/new/"):
        hidden, absent = client.get(f"/people/{zhou.pk}/{rest}"), client.get(f"/people/{nowhere}/{rest}")
        assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, absent.content)


def test_the_profile_is_changed_and_searched_by_at_once(zhou, ann, seen_by):
    answer = seen_by(ann).post(
        f"/people/{zhou.pk}/edit/", profile(zhou, name=" 周  敏 ", other_names="Zhou Min", social_style="analytical")
    )

    zhou.refresh_from_db()
    assert answer.status_code == 302
    assert (zhou.name, zhou.social_style) == ("周 敏", "analytical")
    assert list(Stakeholder.objects.search("zhou min", seen_by=ann)) == [zhou]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "   "}, "name"),
        ({"key_override": "in"}, "key_override_reason"),
        ({"is_rising": "on"}, "rising_reason"),
        ({"gap_override": "0"}, "gap_override"),
        ({"ceiling_override": "32"}, "ceiling_override"),
        ({"social_style": "grumpy"}, "social_style"),
        ({"counterpart": "00000000-0000-7000-8000-000000000000"}, "counterpart"),
    ],
)
def test_bad_values_are_marked_and_nothing_is_stored(zhou, ann, seen_by, values, field):
    answer = seen_by(ann).post(f"/people/{zhou.pk}/edit/", profile(zhou, **values))

    zhou.refresh_from_db()
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert zhou.name == "Zhou Min"


def test_a_second_tab_is_shown_both_versions_and_loses_nothing(zhou, ann, ben, seen_by):
    mine = profile(zhou, concerns="Outages", sensitive_notes="Mine")
    zhou.change(by=ben, concerns="Budget", sensitive_notes=NOTE)

    answer = seen_by(ann).post(f"/people/{zhou.pk}/edit/", mine)

    assert answer.status_code == 409
    told = {d.label: (d.yours, d.stored) for d in answer.context["conflict"].differences}
    assert told["Concerns"] == ("Outages", "Budget")
    zhou.refresh_from_db()
    assert zhou.concerns == "Budget"
    again = seen_by(ann).post(f"/people/{zhou.pk}/edit/", mine | {"version": zhou.version})
    assert again.status_code == 302


def test_a_counterpart_is_chosen_from_the_account_team(zhou, ann, cleo, seen_by):
    offered = seen_by(ann).get(f"/people/{zhou.pk}/edit/").context["form"].fields["counterpart"].offered

    assert offered.few == [ann]


def test_care_dates_are_kept_and_nonsense_is_marked(zhou, ann, seen_by):
    url = f"/people/{zhou.pk}/care-dates/"

    def sent(**values):
        zhou.refresh_from_db()
        return {"version": zhou.version, "rows": ["0"], "0-kind": "birthday"} | {
            f"0-{name}": value for name, value in values.items()
        }

    assert seen_by(ann).post(url, sent(month=2, day=30)).status_code == 422
    assert seen_by(ann).post(url, sent(month=13, day=1)).status_code == 422
    assert seen_by(ann).post(url, sent(month=2, day=30, is_lunar="on", year=1978)).status_code == 302
    kept = zhou.care_dates.get()
    assert (kept.month, kept.day, kept.is_lunar, kept.year) == (2, 30, True, 1978)
    assert seen_by(ann).post(url, sent(month="", day="")).status_code == 302
    assert not zhou.care_dates.exists()


def test_a_removed_person_is_gone_and_comes_back(zhou, ann, cleo, seen_by):
    client = seen_by(ann)

    client.post(f"/people/{zhou.pk}/remove/")

    assert client.get(f"/people/{zhou.pk}/").status_code == 404
    assert seen_by(cleo).post(f"/people/{zhou.pk}/restore/").status_code == 404
    assert client.post(f"/people/{zhou.pk}/restore/", follow=True).status_code == 200


def test_watching_is_turned_on_and_off(zhou, ann, seen_by):
    for expected in (True, False):
        seen_by(ann).post(f"/people/{zhou.pk}/watch/")
        zhou.refresh_from_db()
        assert zhou.is_watched is expected


def test_the_page_costs_the_same_however_much_it_tells(acme, ann, zhou, seen_by):
    client = seen_by(ann)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/people/{zhou.pk}/").status_code == 200
        return len(queries)

    StakeholderFactory(account=acme, reports_to=zhou.positions.get())
    role(zhou, "D"), role(zhou, "E", opportunity=OpportunityFactory(account=acme))
    zhou.set_contacts([{"kind": "mobile", "value": "13800138000"}], by=ann)
    few = cost()
    for number in range(9):
        StakeholderFactory(account=acme, reports_to=zhou.positions.get(is_primary=True))
        role(zhou, "E", opportunity=OpportunityFactory(account=acme))
        Position.begin(zhou, acme, by=ann, title=f"Seat {number}")
    zhou.set_contacts([{"kind": "mobile", "value": f"1380013800{n}"} for n in range(9)], by=ann)

    assert cost() == few
