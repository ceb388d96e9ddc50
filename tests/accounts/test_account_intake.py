"""Accounts out of a file."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.intake import AccountIntake
from accounts.models import Account, AccountMember
from records.external_reference import ExternalReference
from tests.factories import AccountFactory, TeamFactory, UserFactory
from tests.importing import Import, acts, bring, problems, remarks

pytestmark = pytest.mark.django_db
bring_accounts = partial(bring, AccountIntake)


def versions():
    return list(Account.objects.order_by("pk").values_list("pk", "version"))


def test_a_new_account_has_a_person_and_a_team_of_ours(ann, north):
    [verdict] = bring_accounts({"name": " 华东  电力 ", "tier": "key", "other_names": ["East Power", "华电"]}, by=ann)

    made = Account.objects.get(pk=verdict.pk)
    assert (made.name, made.tier, made.tier_rank, made.owner, made.team) == ("华东 电力", "key", 2, ann, north)
    assert made.other_names == "East Power, 华电"
    assert "hddl" in made.search_key.split("\n")
    assert made.sort_key.startswith("hua")
    member = AccountMember.objects.get(account=made)
    assert (member.user, verdict.beside) == (ann, [("accounts.accountmember", member.pk)])
    assert made.history.get().history_change_reason == "import 1"


def test_owner_and_team_are_named_by_name_or_address(ann, ben, south):
    rows = [{"name": "A", "owner": "BEN@two-eyes.example"}, {"name": "B", "owner": "ben  zhao", "team": "South"}]

    first, second = (Account.objects.get(pk=verdict.pk) for verdict in bring_accounts(*rows, by=ann))

    assert (first.owner, first.team) == (ben, ben.team)
    assert (second.owner, second.team) == (ben, south)


def test_an_unknown_owner_is_refused_or_the_importer_stands_in(ann):
    row = {"name": "A", "owner": "Nobody"}

    assert list(problems(bring_accounts(row, by=ann)[0])) == ["owner"]
    [verdict] = bring_accounts(row, by=ann, owner_unknown="me")
    assert list(remarks(verdict)) == ["owner"]
    assert Account.objects.get(pk=verdict.pk).owner == ann


def test_what_the_form_refuses_is_refused_alike(ann):
    TeamFactory(name="Twice"), TeamFactory(name="Twice")
    bad = [
        ("name", {}),
        ("name", {"name": "x" * 201}),
        ("", {"name": "half \ud800"}),
        ("tier", {"name": "A", "tier": "golden"}),
        ("time_zone", {"name": "A", "time_zone": "Mars/Base"}),
        ("website", {"name": "A", "website": "not a site"}),
        ("team", {"name": "A", "team": "Nowhere"}),
        ("team", {"name": "A", "team": "Twice"}),
        ("parent", {"name": "A", "parent": "Nobody knows it"}),
    ]

    for column, row in bad:
        assert list(problems(bring_accounts(row, by=ann)[0])) == [column], row
    assert not Account.objects.exists()


def test_somebody_without_a_team_says_which(db):
    [verdict] = bring_accounts({"name": "A"}, by=UserFactory())

    assert list(problems(verdict)) == ["team"]


def test_the_same_file_twice_writes_nothing(ann, acme):
    rows = [
        {"name": "Beta", "website": "beta.example", "notes": "Old", "note": "Colour: red", "external_id": "7"},
        {"name": "Gamma", "parent": "Beta", "tier": "strategic"},
        {"name": "acme"},
    ]
    assert acts(bring_accounts(*rows, by=ann, source="erp")) == ["create", "create", "nothing"]
    assert Account.objects.get(name="Beta").notes == "Old\nColour: red"
    before = versions()

    assert acts(bring_accounts(*rows, by=ann, source="erp")) == ["nothing"] * 3

    assert versions() == before


def test_a_key_elsewhere_outlives_a_name(ann):
    bring_accounts({"name": "Old name", "external_id": "7"}, by=ann, source="erp")

    [verdict] = bring_accounts({"name": "New name", "external_id": "7"}, by=ann, source="erp")

    assert str(verdict.act) == "change"
    assert Account.objects.get().name == "New name"


def test_an_empty_cell_leaves_what_stands(ann, acme):
    acme.change(by=ann, industry="Energy", short_name="AC")

    bring_accounts({"name": "ac", "industry": None, "region": "East"}, by=ann)

    acme.refresh_from_db()
    assert (acme.name, acme.industry, acme.region) == ("Acme", "Energy", "East")


def test_a_row_twice_in_a_file_is_refused_by_the_number_of_the_first(ann):
    rows = [{"name": "A", "external_id": "1"}, {"name": " a "}, {"name": "B", "external_id": "1"}]

    verdicts = bring_accounts(*rows, by=ann, source="erp", chunk=1)

    assert acts(verdicts) == ["create", "refuse", "refuse"]
    assert "Row 2" in problems(verdicts[1])[""]


def test_a_hidden_account_is_as_if_it_were_not_there(ann, cleo, south, acme):
    hidden = AccountFactory(name="Globex", owner=cleo, team=south)
    ExternalReference.objects.create(type="accounts.account", object_id=hidden.pk, source="erp", external_id="9")
    before = versions()

    row = {"name": "Globex", "external_id": "9", "industry": "Spying"}
    [verdict] = bring_accounts(row, by=ann, source="erp")

    assert (str(verdict.act), Account.objects.get(pk=verdict.pk).owner) == ("create", ann)
    assert [each for each in versions() if each[0] != verdict.pk] == before
    assert acts(bring_accounts(row, by=ann, source="erp")) == ["nothing"]
    assert list(problems(bring_accounts({"name": "Sub", "parent": "Initech"}, by=ann)[0])) == ["parent"]


def test_what_one_only_sees_is_not_made_twice(eve, ada, acme):
    assert list(problems(bring_accounts({"name": "Acme", "industry": "X"}, by=eve)[0])) == ["name"]
    assert acts(bring_accounts({"name": "Acme", "industry": "X"}, by=ada)) == ["change"]


def test_a_group_may_come_later_in_the_file_by_name_or_key(ann, acme):
    rows = [
        {"name": "Leaf", "parent": "k1"},
        {"name": "Branch", "parent": "Acme", "external_id": "k1"},
        {"name": "Acme"},
    ]

    bring_accounts(*rows, by=ann, source="erp", chunk=1)

    leaf = Account.objects.get(name="Leaf")
    assert (leaf.parent.name, leaf.parent.parent) == ("Branch", acme)


def test_a_loop_of_groups_is_refused(ann, acme):
    child = AccountFactory(name="Child", owner=ann, parent=acme)
    acme.change(by=ann, short_name="AC")
    rows = [{"name": "A", "parent": "B"}, {"name": "B", "parent": "A"}, {"name": "Acme", "parent": "Child"}]
    rows += [{"name": "C", "parent": "C"}]

    verdicts = bring_accounts(*rows, by=ann, chunk=2)

    assert acts(verdicts) == ["refuse"] * 4
    child.refresh_from_db()
    assert child.parent == acme


def test_another_owner_joins_the_team_and_tier_moves_people(ann, ben, acme):
    [verdict] = bring_accounts({"name": "Acme", "owner": "Ben Zhao", "tier": "strategic"}, by=ann)

    acme.refresh_from_db()
    assert (acme.owner, acme.tier_rank, len(verdict.beside)) == (ben, 1, 1)
    assert acme.members.filter(user=ben).exists()


def queries(rows, by, source):
    run = Import(AccountIntake, rows, by=by, source=source)
    with CaptureQueriesContext(
        connection,
    ) as judged:
        run.judge()
    with CaptureQueriesContext(connection) as brought:
        run.run()
    return len(judged), len(brought)


def test_many_rows_cost_as_many_queries_as_few(ann, acme):
    def rows(count, prefix):
        mine = [{"name": f"{prefix}{n}", "external_id": f"{prefix}{n}", "parent": "Acme"} for n in range(count)]
        return [*mine, {"name": "Acme", "industry": prefix}]

    queries(rows(2, "warm"), ann, "erp")

    assert queries(rows(3, "a"), ann, "erp") == queries(rows(90, "b"), ann, "erp")


def test_taking_back_leaves_derived_columns_right_and_forgets_keys(ann, acme):
    [verdict] = bring_accounts({"name": "Old", "external_id": "7"}, by=ann, source="erp")
    Account.objects.filter(pk=acme.pk).update(name="Renamed past its verbs")
    Account.objects.get(pk=verdict.pk).remove(by=ann)

    intake = Import(AccountIntake, [], by=ann, source="erp").intake
    intake.settle([("accounts.account", acme.pk), ("accounts.account", verdict.pk)])

    acme.refresh_from_db()
    assert acme.search_key.startswith("renamed")
    assert not ExternalReference.objects.exists()
