"""Bulk edits have a lasting place: told to whoever may undo them, undone from there, with what stayed and why."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, AccountMember
from records.history import history_model
from relationships.models import Action, Interaction
from reviews.models import Alert
from stakeholders.models import Stakeholder
from sync.lists import LISTS
from sync.models import BulkEdit
from tests.at_once import together
from tests.factories import AccountFactory, StakeholderFactory, visit
from tests.records.engines import needs_postgresql
from users.models import User

pytestmark = pytest.mark.django_db

EDITS = "/bulk/"


@pytest.fixture
def bravo(ann, north):
    return AccountFactory(owner=ann, team=north, name="Bravo")


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user, address: str = EDITS) -> str:
    return browser_of(user).get(address).content.decode()


def told(user, address: str = EDITS) -> list[str]:
    return [each.what for each in browser_of(user).get(address).context["told"]]


# One's own


def test_what_was_done_is_told_with_its_undo_long_after_the_message(acme, bravo, ann, change):
    _judgement, edit = change(ann, "accounts", [acme.pk, bravo.pk], "tier", tier="strategic")

    shown = page(ann)

    assert told(ann) == ["Tier: Strategic"]
    assert "2 changed" in shown
    assert f'action="/bulk/{edit.pk}/undo/"' in shown
    assert "Acme" in page(ann, edit.get_absolute_url())


def test_undone_there_its_page_says_what_was_changed_since_and_by_whom(acme, bravo, ann, ben, change):
    _judgement, edit = change(ann, "accounts", [acme.pk, bravo.pk], "tier", tier="strategic")
    Account.objects.get(pk=bravo.pk).change(by=ben, region="East")

    answer = browser_of(ann).post(f"/bulk/{edit.pk}/undo/", {"then": "show"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/bulk/{edit.pk}/"
    [line] = answer.context["page"].rows
    assert (str(line.record), line.before, line.by) == ("Bravo", "Standard", "Ben Zhao")
    assert "1 row is as it was before." in answer.content.decode()
    assert "1 changed since and kept" in page(ann)
    assert dict(Account.objects.values_list("name", "tier")) == {"Acme": "standard", "Bravo": "strategic"}


def test_undo_in_the_message_leads_back_to_the_list(acme, ann, change):
    _judgement, edit = change(ann, "accounts", [acme.pk], "tier", tier="strategic")

    answer = browser_of(ann).post(f"/bulk/{edit.pk}/undo/")

    assert answer.url == "/accounts/?view=all"


def test_undone_twice_it_is_told_once(acme, ann, change):
    _judgement, edit = change(ann, "accounts", [acme.pk], "tier", tier="strategic")
    browser = browser_of(ann)
    browser.post(f"/bulk/{edit.pk}/undo/")
    Account.objects.get(pk=acme.pk).change(by=ann, tier="key")

    again = browser.post(f"/bulk/{edit.pk}/undo/", follow=True).content.decode()

    assert "This bulk edit has moved on meanwhile." in again
    assert Account.objects.get(pk=acme.pk).tier == "key"


def test_sent_twice_it_is_done_once_and_can_still_be_undone(acme, ann, change):
    _judgement, edit = change(ann, "accounts", [acme.pk], "tier", tier="strategic")
    browser = browser_of(ann)

    again = browser.post(edit.get_absolute_url(), {"deed": "tier", "step": "do"}, follow=True)
    browser.post(f"/bulk/{edit.pk}/undo/")

    assert again.status_code in (200, 405)
    assert history_model(Account).objects.filter(history_change_reason=edit.because).count() == 1
    assert Account.objects.get(pk=acme.pk).tier == "standard"


def test_what_was_left_is_counted_and_what_changed_nothing_is_not_told(acme, bravo, ann, change):
    steps = [Action.add(acme, f"Step {number}", acme.today(), by=ann) for number in range(2)]
    Action.objects.get(pk=steps[0].pk).finish(acme.today(), by=ann)
    due = (acme.today() + timedelta(days=9)).isoformat()
    change(ann, "actions", [step.pk for step in steps], "put_off", due_on=due)
    change(ann, "actions", [steps[0].pk], "put_off", due_on=due)
    BulkEdit.begin("accounts", [acme.pk], "", by=ann)

    shown = page(ann)

    assert len(told(ann)) == 1
    assert "1 changed" in shown
    assert "1 left as it was" in shown


def test_it_is_told_for_thirty_days(acme, ann, change):
    _judgement, edit = change(ann, "accounts", [acme.pk], "tier", tier="strategic")
    BulkEdit.objects.update(done_at=timezone.now() - timedelta(days=30, minutes=1))

    assert told(ann) == []
    assert browser_of(ann).post(f"/bulk/{edit.pk}/undo/").status_code == 404


@pytest.mark.parametrize(
    ("listing", "deed", "asked", "what"),
    [
        ("accounts", "owner", {"owner": "ben"}, "First responsible: Ben Zhao"),
        ("accounts", "region", {"region": ""}, "Region: —"),
        ("people", "watched", {"is_watched": "yes"}, "Watched: yes"),
        ("people", "remove", {}, "Delete"),
        ("interactions", "type", {"activity_type": "Meal"}, "Activity: Meal"),
        ("interactions", "value", {"value_given": "care"}, "What they got: Personal care"),
        ("actions", "put_off", {"due_on": "2027-03-01"}, "Due: 1 Mar 2027"),
        ("alerts", "dismiss", {"reason": "Retired"}, "Dismiss: Retired"),
    ],
)
def test_every_deed_is_told_in_words(acme, ann, ben, change, listing, deed, asked, what):
    acme.change(by=ann, region="East")
    person = StakeholderFactory(account=acme, name="Li Na")
    rows = {
        "accounts": acme,
        "people": person,
        "interactions": visit(person, by=ann),
        "actions": Action.add(acme, "Call", acme.today(), by=ann),
        "alerts": Alert.objects.create(kind="lost", account=acme, stakeholder=person, opened_on=acme.today()),
    }
    kinds = {
        str(kind): str(kind.pk) for kind in Interaction._meta.get_field("activity_type").related_model.objects.all()
    }
    sent = {name: {"ben": str(ben.pk), **kinds}.get(value, value) for name, value in asked.items()}

    _judgement, edit = change(ann, listing, [rows[listing].pk], deed, **sent)

    assert told(ann) == [what]
    assert told(ann, f"/lists/{listing}/changes/") == [what]
    rows[listing].refresh_from_db()
    assert [line.record for line in browser_of(ann).get(edit.get_absolute_url()).context["page"].rows] == [
        rows[listing]
    ]


def test_no_is_told_as_no_and_in_the_readers_language(acme, ann, change):
    person = StakeholderFactory(account=acme, is_watched=True)
    change(ann, "people", [person.pk], "watched", is_watched="")
    assert told(ann) == ["Watched: no"]

    User.objects.filter(pk=ann.pk).update(language="zh-hans")

    assert told(User.objects.get(pk=ann.pk)) != ["Watched: no"]


def test_whom_it_deleted_is_named_without_a_way_to_a_page_that_is_gone(acme, ann, change):
    person = StakeholderFactory(account=acme, name="Li Na")

    _judgement, edit = change(ann, "people", [person.pk], "remove")

    [line] = browser_of(ann).get(edit.get_absolute_url()).context["page"].rows
    assert (str(line.record), line.url) == ("Li Na", "")
    browser_of(ann).post(f"/bulk/{edit.pk}/undo/")
    assert Stakeholder.objects.visible_to(ann).filter(pk=person.pk).exists()


def test_what_is_out_of_sight_by_now_is_not_named(acme, ann, cleo, south, change):
    _judgement, edit = change(ann, "accounts", [acme.pk], "tier", tier="strategic")
    Account.objects.get(pk=acme.pk).change(by=None, owner=cleo, team=south)
    AccountMember.objects.get(account=acme, user=ann).remove(by=None)

    shown = page(ann, edit.get_absolute_url())

    assert "Acme" not in shown
    assert "None of its rows is in your sight any more" in shown


# Colleagues


def test_a_manager_undoes_what_was_done_at_accounts_of_the_team(acme, bravo, ann, ben, change):
    _judgement, edit = change(ann, "accounts", [acme.pk, bravo.pk], "tier", tier="strategic")

    assert told(ben) == ["Tier: Strategic"]
    assert "Ann Lee" in page(ben)
    browser_of(ben).post(f"/bulk/{edit.pk}/undo/")

    assert set(Account.objects.values_list("tier", flat=True)) == {"standard"}
    assert "by Ben Zhao" in page(ann)


def test_what_reaches_beyond_the_team_is_not_the_managers_to_undo(acme, ann, ben, cleo, south, change):
    beyond = AccountFactory(owner=cleo, team=south, name="Beyond")
    beyond.admit(ann, by=cleo)
    _judgement, edit = change(ann, "accounts", [acme.pk, beyond.pk], "tier", tier="strategic")
    change(ann, "accounts", [acme.pk], "region", region="East")

    assert told(ben) == ["Region: East"]
    assert browser_of(ben).get(edit.get_absolute_url()).status_code == 404
    assert browser_of(ben).post(f"/bulk/{edit.pk}/undo/").status_code == 404


def test_people_deleted_at_the_teams_accounts_come_back_by_the_manager(acme, ann, ben, change):
    person = StakeholderFactory(account=acme)
    _judgement, edit = change(ann, "people", [person.pk], "remove")

    browser_of(ben).post(f"/bulk/{edit.pk}/undo/")

    assert Stakeholder.objects.present().filter(pk=person.pk).exists()


def test_strangers_and_executives_see_none_and_administrators_all(acme, ann, cleo, eve, ada, change):
    _judgement, edit = change(ann, "accounts", [acme.pk], "tier", tier="strategic")

    for user in (cleo, eve):
        assert told(user) == []
        assert browser_of(user).get(edit.get_absolute_url()).status_code == 404
        assert browser_of(user).post(f"/bulk/{edit.pk}/undo/").status_code == 404
    assert told(ada) == ["Tier: Strategic"]
    browser_of(ada).post(f"/bulk/{edit.pk}/undo/")
    assert Account.objects.get(pk=acme.pk).tier == "standard"


# The page


@pytest.mark.parametrize("name", LISTS)
def test_every_list_leads_to_its_own(acme, ann, name):
    address = reverse("sync:list_bulk_edits", args=[name])

    assert address in page(ann, f"{reverse(LISTS[name].page)}?view=all")
    assert "Nothing done to several rows yet" in page(ann, address)


def test_a_list_tells_of_its_own_alone(acme, ann, change):
    change(ann, "accounts", [acme.pk], "tier", tier="strategic")

    assert told(ann, "/lists/people/changes/") == []


def test_there_is_no_list_of_another_name(ann):
    assert browser_of(ann).get("/lists/nothing/changes/").status_code == 404


def test_twenty_cost_as_many_queries_as_two(acme, ann, ben, change):
    def asked(user) -> int:
        browser = browser_of(user)
        browser.get(EDITS)
        with CaptureQueriesContext(connection) as queries:
            browser.get(EDITS)
        return len(queries)

    def some(times: int) -> None:
        for number in range(times):
            owner = (ann, ben)[number % 2]
            change(ann, "accounts", [acme.pk], "owner", owner=str(owner.pk))

    some(3)
    few = [asked(ann), asked(ben)]
    some(17)

    assert len(told(ann)) == 18  # two found it so
    assert [asked(ann), asked(ben)] == few
    assert max(few) <= 10


def test_many_rows_cost_as_many_queries_as_few(acme, ann, ben, north, change):
    def asked(accounts) -> int:
        for number, account in enumerate(accounts):
            account.change(by=None, owner=(ann, ben)[number % 2])
        _judgement, edit = change(ann, "accounts", [account.pk for account in accounts], "owner", owner=str(ben.pk))
        browser = browser_of(ann)
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(edit.get_absolute_url())
        assert {line.before for line in answer.context["page"].rows} == {"Ann Lee"}
        return len(queries)

    few = asked([AccountFactory(owner=ann, team=north) for _number in range(3)])

    assert asked([AccountFactory(owner=ann, team=north) for _number in range(20)]) == few


# At once


@needs_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["do", "undo"])
def test_pressed_in_two_windows_at_once_it_happens_once(acme, ann, step):
    browser = browser_of(ann)
    browser.post(reverse("sync:bulk", args=["accounts"]), {"ids": [str(acme.pk)], "what": "picked"})
    edit = BulkEdit.objects.get()
    browser.post(edit.get_absolute_url(), {"deed": "tier", "tier": "strategic"})
    if step == "undo":
        browser.post(edit.get_absolute_url(), {"deed": "tier", "step": "do"})
    address = edit.get_absolute_url() + ("undo/" if step == "undo" else "")
    windows = [browser_of(ann), browser_of(ann)]
    asked = {"deed": "tier", "step": "do"}

    answers = together(*(lambda window=window: window.post(address, asked).status_code for window in windows))

    assert answers == [302, 302]
    edit.refresh_from_db()
    signed = edit.because + (" taken back" if step == "undo" else "")
    assert history_model(Account).objects.filter(history_change_reason=signed).count() == 1
    assert (edit.state, edit.changed, edit.kept) == ("undone" if step == "undo" else "done", 1, [])
    assert Account.objects.get().tier == ("standard" if step == "undo" else "strategic")


def test_a_moved_day_reads_as_a_day(acme, ann, change):
    step = Action.add(acme, "Call", date(2027, 1, 4), by=ann)

    _judgement, edit = change(ann, "actions", [step.pk], "put_off", due_on="2027-03-01")

    [line] = browser_of(ann).get(edit.get_absolute_url()).context["page"].rows
    assert line.before == "4 Jan 2027"
