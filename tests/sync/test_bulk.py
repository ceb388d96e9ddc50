"""Changing many at once: who may, what is shown before, what is written, and taking it back to the last value."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account, AccountMember
from records.history import history_model
from relationships.models import Action
from reviews.models import Alert
from stakeholders.models import Position, Stakeholder
from sync.models import BulkEdit
from tests.factories import AccountFactory, StakeholderFactory, known_for, visit

pytestmark = pytest.mark.django_db


def undo(user, edit) -> None:
    client = Client()
    client.force_login(user)
    client.post(reverse("sync:undo_bulk", args=[edit.pk]))


def as_stored(model) -> dict:
    """Every column that users know, by id."""
    names = [field.attname for field in model._meta.concrete_fields if field.name not in ("version", "updated_at")]
    return {row["id"]: row for row in model.objects.values(*names)}


def test_accounts_change_owner_and_tier_and_everything_comes_back(ann, ben, acme, north, change):
    other = AccountFactory(owner=ann, team=north, name="Bravo", tier="key")
    before, members = as_stored(Account), AccountMember.objects.present().count()

    judgement, first = change(ben, "accounts", [acme.pk, other.pk], "owner", owner=str(ben.pk))
    assert len(judgement.changing) == 2
    assert set(Account.objects.values_list("owner", flat=True)) == {ben.pk}
    assert AccountMember.objects.present().filter(user=ben).count() == 2
    judgement, second = change(ben, "accounts", [acme.pk, other.pk], "tier", tier="key")
    assert [len(judgement.changing), len(judgement.same)] == [1, 1]
    assert Account.objects.get(pk=acme.pk).tier_rank == 2

    undo(ben, second), undo(ben, first)

    assert as_stored(Account) == before
    assert AccountMember.objects.present().count() == members


def test_only_what_one_may_change_is_changed(acme, ann, cleo, eve, change):
    theirs = AccountFactory(owner=cleo, name="Theirs")

    judgement, _edit = change(eve, "accounts", [acme.pk, theirs.pk], "tier", tier="strategic")
    assert [len(judgement.changing), len(judgement.refused)] == [0, 2]
    judgement, _edit = change(ann, "accounts", [acme.pk, theirs.pk], "tier", tier="strategic")
    assert [record.name for record, _values in judgement.changing] == ["Acme"]
    assert judgement.refused == []  # what is hidden is not even counted
    assert Account.objects.get(pk=theirs.pk).tier == "standard"


def test_whoever_changed_since_it_was_shown_stays(acme, ann):
    client = Client()
    client.force_login(ann)
    client.post(reverse("sync:bulk", args=["accounts"]), {"ids": [str(acme.pk)]})
    address = reverse("sync:bulk_edit", args=[BulkEdit.objects.get().pk])
    client.post(address, {"deed": "tier", "tier": "key"})
    acme.change(by=None, region="East")

    client.post(address, {"deed": "tier", "step": "do"})

    assert Account.objects.get(pk=acme.pk).tier == "standard"


def test_undo_leaves_what_somebody_changed_since(acme, ann, north, change):
    other = AccountFactory(owner=ann, team=north, name="Bravo")
    _judgement, edit = change(ann, "accounts", [acme.pk, other.pk], "tier", tier="key")
    Account.objects.get(pk=other.pk).change(by=None, region="East")

    undo(ann, edit)

    assert dict(Account.objects.values_list("name", "tier")) == {"Acme": "standard", "Bravo": "key"}


def test_people_are_watched_ranked_and_deleted_with_a_way_back(acme, ann, change):
    people = [StakeholderFactory(account=acme, name=f"Person {number}") for number in range(3)]
    ids = [person.pk for person in people]
    before, posts = as_stored(Stakeholder), as_stored(Position)

    edits = [
        change(ann, "people", ids, "watched", is_watched="yes")[1],
        change(ann, "people", ids, "level", level="executive")[1],
        change(ann, "people", ids, "counterpart", counterpart=str(ann.pk))[1],
    ]
    assert set(Position.objects.values_list("level", flat=True)) == {"executive"}
    assert Stakeholder.objects.filter(is_key=True, is_watched=True, counterpart=ann).count() == 3
    edits.append(change(ann, "people", ids, "remove")[1])
    assert Stakeholder.objects.visible_to(ann).count() == 0
    for edit in reversed(edits):
        undo(ann, edit)

    assert as_stored(Stakeholder) == before
    assert as_stored(Position) == posts


def test_next_steps_are_finished_put_off_and_handed_over(acme, ann, ben, change):
    steps = [Action.add(acme, f"Step {number}", acme.today(), by=ann) for number in range(3)]
    ids = [step.pk for step in steps]
    later = acme.today() + timedelta(days=9)

    change(ann, "actions", ids[:1], "finish")
    judgement, _edit = change(ann, "actions", ids, "put_off", due_on=later.isoformat())
    assert [len(judgement.changing), len(judgement.refused)] == [2, 1]
    change(ann, "actions", ids, "hand_over", owner=str(ben.pk))

    found = {step.title: (step.done_on is not None, step.due_on, step.owner) for step in Action.objects.all()}
    assert found["Step 0"] == (True, acme.today(), ann)
    assert found["Step 1"] == found["Step 2"] == (False, later, ben)
    assert Action.objects.filter(first_due_on=acme.today()).count() == 3


def test_alerts_are_snoozed_and_dismissed_by_name(acme, ann, change):
    person = StakeholderFactory(account=acme, is_watched=True)
    known_for(person, 400)
    visit(person, by=ann, days_ago=300)
    alert = Alert.objects.create(kind="lost", account=acme, stakeholder=person, opened_on=acme.today())
    until = acme.today() + timedelta(days=5)

    judgement, _edit = change(ann, "alerts", [alert.pk], "snooze", snoozed_until=acme.today().isoformat())
    assert len(judgement.refused) == 1
    _judgement, edit = change(ann, "alerts", [alert.pk], "snooze", snoozed_until=until.isoformat())
    alert.refresh_from_db()
    assert (alert.snoozed_until, alert.handled_by) == (until, ann)
    undo(ann, edit)
    change(ann, "alerts", [alert.pk], "dismiss", reason="Retired")

    alert.refresh_from_db()
    assert (alert.snoozed_until, alert.dismissed_on, alert.reason) == (None, acme.today(), "Retired")


def shown(user, listing, ids, deed, **asked):
    """The page that shows what would change."""
    client = Client()
    client.force_login(user)
    client.post(reverse("sync:bulk", args=[listing]), {"ids": [str(pk) for pk in ids]})
    address = reverse("sync:bulk_edit", args=[BulkEdit.objects.filter(author=user).latest("created_at").pk])
    return client.post(address, {"deed": deed, **asked})


def test_the_preview_says_what_was_asked_for_and_nothing_beside(acme, ann):
    person = StakeholderFactory(account=acme, name="Li Na")
    alert = Alert.objects.create(kind="lost", account=acme, stakeholder=person, opened_on=acme.today())

    page = shown(ann, "alerts", [alert.pk], "dismiss", reason="Retired")

    assert [(line.before, line.after) for line in page.context["changing"]] == [("—", "Retired")]
    assert page.context["what"] == "Dismiss: Retired"
    assert "Before" not in shown(ann, "people", [person.pk], "remove").content.decode()


def test_visits_of_a_kind_are_told_apart_by_their_day(acme, ann):
    person = StakeholderFactory(account=acme)
    held = [visit(person, by=ann, days_ago=days) for days in (3, 4)]

    page = shown(ann, "interactions", [each.pk for each in held], "value", value_given="care")

    assert len({line.name for line in page.context["changing"]}) == 2


def test_nothing_to_change_is_said(acme, ann):
    page = shown(ann, "accounts", [acme.pk], "tier", tier="standard").content.decode()

    assert "Nothing would change" in page
    assert "Change 0" not in page


def test_all_of_a_list_are_those_its_filters_find(acme, ann, north):
    AccountFactory(owner=ann, team=north, name="Bravo", tier="key")
    client = Client()
    client.force_login(ann)

    client.post(reverse("sync:bulk", args=["accounts"]), {"what": "all", "query": "?tier=key"})

    assert len(BulkEdit.objects.get().ids) == 1


def test_too_many_and_none_are_refused_in_words(acme, ann, monkeypatch):
    client = Client()
    client.force_login(ann)
    address = reverse("sync:bulk", args=["accounts"])

    nothing = client.post(address, {"what": "picked"}, follow=True)
    monkeypatch.setattr("sync.bulk.MOST", 0)
    too_many = client.post(address, {"what": "all", "query": ""}, follow=True)

    assert "Choose at least one row" in nothing.content.decode()
    assert "Narrow the list first" in too_many.content.decode()
    assert not BulkEdit.objects.exists()


def test_one_reason_signs_all_of_it(acme, ann, north, change):
    other = AccountFactory(owner=ann, team=north)

    _judgement, edit = change(ann, "accounts", [acme.pk, other.pk], "tier", tier="key")

    signed = history_model(Account).objects.filter(history_change_reason=edit.because)
    assert set(signed.values_list("id", "history_user_id")) == {(acme.pk, ann.pk), (other.pk, ann.pk)}


def test_drafts_and_old_edits_go(acme, ann, cleo):
    def begun(by, days, state="draft"):
        edit = BulkEdit.begin("accounts", [acme.pk], "", by=by)
        made = edit.created_at - timedelta(days=days)
        BulkEdit.objects.filter(pk=edit.pk).update(created_at=made, state=state)
        return edit.pk

    theirs = begun(cleo, 2)
    kept = begun(ann, 20, "done")
    gone = [begun(ann, 40, "done"), begun(ann, 2)]

    last = BulkEdit.begin("accounts", [acme.pk], "", by=ann).pk

    assert set(BulkEdit.objects.values_list("pk", flat=True)) == {theirs, kept, last}
    assert not BulkEdit.objects.filter(pk__in=gone).exists()


def test_somebody_elses_draft_is_not_there(acme, ann, cleo):
    draft = BulkEdit.begin("accounts", [acme.pk], "", by=ann)
    client = Client()
    client.force_login(cleo)

    assert client.get(reverse("sync:bulk_edit", args=[draft.pk])).status_code == 404
    assert client.post(reverse("sync:undo_bulk", args=[draft.pk])).status_code == 404
