"""Past contacts out of a file, under their own author and day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from relationships.intake import InteractionIntake
from relationships.models import Interaction
from relationships.repair import repair
from reviews.models import Alert
from stakeholders.models import Stakeholder
from tests.factories import AccountFactory, StakeholderFactory, UserFactory, activity, role, visit
from tests.importing import Import, acts, bring, problems, remarks
from users.models import User

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 20)
ROW = {"account": "Acme", "people": ["李雷"], "type": "Visit", "held_on": DAY}


@pytest.fixture
def li(acme):
    contacts = [{"kind": "email", "value": "li@acme.example"}]
    return StakeholderFactory(account=acme, name="李雷", contacts=contacts)


@pytest.fixture
def log(ann, acme, li):
    def call(*rows, by=ann, **kind):
        return bring(InteractionIntake, *(ROW | row for row in rows), by=by, **kind)

    return call


def made(verdict):
    return Interaction.objects.get(pk=verdict.pk)


def stored():
    return list(Interaction.objects.order_by("pk").values()), list(Stakeholder.objects.order_by("pk").values())


@pytest.mark.parametrize("said", ["Mei Lin", "林梅", "Mei Lin 林梅"])
def test_an_author_with_a_name_in_two_scripts_is_found_by_either(log, said):
    mei = UserFactory(full_name="Mei Lin 林梅")

    [verdict] = log({"author": said})

    assert (made(verdict).author, remarks(verdict)) == (mei, {})


def test_a_name_in_one_script_means_the_colleague_called_so_in_full(log, ann):
    UserFactory(full_name="Ann Lee 李安")

    assert made(log({"author": "Ann Lee"})[0]).author == ann


def test_of_several_with_that_name_in_one_script_none_is_meant_and_none_made(log, ada):
    UserFactory(full_name="Mei Lin 林梅"), UserFactory(full_name="May Lin 林梅")

    [verdict] = log({"author": "林梅"}, by=ada, author_unknown="user")

    assert remarks(verdict)["author"].startswith("Several of ours are called “林梅”.")
    assert made(verdict).author == ada


def test_a_contact_stands_under_its_author_and_day(log, ann, ben, acme, li):
    role(li, "D")
    [verdict] = log(
        {
            "author": "BEN@two-eyes.example", "colleagues": ["Ann Lee"], "summary": "Asked for a quote",
            "note": "Room: 7", "objective": "Hear them", "value_given": "information",
            "favour_asked": False, "asked_by_them": True, "place": "HQ",
        }
    )  # fmt: skip

    done = made(verdict)
    assert (done.account, done.author, done.held_on, done.state, done.activity_type) == (
        acme, ben, DAY, "done", activity("Visit")
    )  # fmt: skip
    assert (done.summary, done.objective, done.place) == ("Asked for a quote\nRoom: 7", "Hear them", "HQ")
    assert (done.value_given, done.favour_asked, done.initiative, done.head_count) == (
        "information",
        False,
        "theirs",
        1,
    )
    assert {row.user for row in done.colleagues.all()} == {ann, ben}
    assert [row.stakeholder for row in done.participants.all()] == [li]
    assert timezone.localdate(done.created_at) == DAY
    history = [
        done.history.get(),
        done.participants.get().history.get(),
        *(c.history.get() for c in done.colleagues.all()),
    ]
    assert {timezone.localdate(row.history_date) for row in history} == {DAY}
    assert {row.history_change_reason for row in history} == {"import 1"}
    assert li.contact_states.first().last_contact_on == DAY
    assert repair() == {"people": 0, "contact_states": 0}


def test_nothing_is_left_to_be_done_and_no_alert_is_raised_by_the_import(log):
    [verdict] = log({})

    assert not made(verdict).is_unfinished
    assert not Alert.objects.exists()


def test_kinds_by_label_in_either_language_or_by_choice(log):
    rows = [{"type": text, "summary": text} for text in ("技术交流", "E-mail", "Phone call", "email", "会面")]
    kinds = [made(verdict).activity_type.label_en for verdict in log(*rows)]
    assert kinds == ["Technical exchange", "E-mail", "Call", "E-mail", "Visit"]

    assert list(problems(log({"type": "Séance"})[0])) == ["type"]
    chosen = log({"type": "Séance"}, {"type": None, "summary": "x"}, type=str(activity("Call").pk))
    assert [made(verdict).activity_type for verdict in chosen] == [activity("Call")] * 2
    assert [list(remarks(verdict)) for verdict in chosen] == [["type"], []]


def test_the_same_file_twice_writes_nothing(log, acme):
    StakeholderFactory(account=acme, name="Bo")
    rows = [
        {"people": ["李雷", "Bo"], "summary": "Both"},
        {"summary": "In the morning"},
        {"summary": "In the evening"},
        {"external_id": "7", "summary": "With a key", "type": "Call"},
        {"external_id": "8", "summary": "With a key", "type": "Call"},
        {"author": "Gone", "type": "Meal", "note": "x: y"},
        {"state": "missed", "called_off_by": "theirs", "type": "Training"},
    ]
    assert acts(log(*rows, source="crm", chunk=2)) == ["create"] * 7
    before = stored()

    assert acts(log(*rows, source="crm", chunk=3)) == ["nothing"] * 7
    assert stored() == before


def test_what_was_logged_here_is_known_and_stays_as_it_is(log, ann, li):
    mine = visit(li, by=ann, held_on=DAY, summary="My own words")
    version = mine.version

    [verdict] = log({"summary": "Their words"})

    assert (verdict.pk, str(verdict.act)) == (mine.pk, "nothing")
    assert made(verdict).version == version


def test_a_key_brings_a_contact_up_to_date(log, acme, li):
    bo = StakeholderFactory(account=acme, name="Bo")
    [first] = log({"external_id": "7", "summary": "Old"}, source="crm")

    [verdict] = log(
        {"external_id": "7", "summary": "New", "people": ["Bo"], "held_on": DAY + timedelta(days=1)}, source="crm"
    )

    assert (verdict.pk, str(verdict.act)) == (first.pk, "change")
    assert (made(verdict).summary, made(verdict).head_count) == ("New", 2)
    assert (
        bo.contact_states.first().last_contact_on
        == li.contact_states.first().last_contact_on
        == DAY + timedelta(days=1)
    )
    assert repair() == {"people": 0, "contact_states": 0}


def test_the_same_contact_twice_in_a_file(log):
    verdicts = log(
        {"summary": "A"}, {"summary": "A"}, {"summary": "B"}, {"external_id": "1"}, {"external_id": "1"}, chunk=2
    )

    assert acts(verdicts) == ["create", "refuse", "create", "create", "refuse"]


def test_bad_rows_are_refused_with_their_column(log, ann, acme, cleo, south):
    globex = AccountFactory(name="Globex", owner=cleo, team=south)
    StakeholderFactory(account=globex, name="Secret", contacts=[{"kind": "email", "value": "s@globex.example"}])
    StakeholderFactory(account=acme, name="Twice", title="One"), StakeholderFactory(account=acme, name="Twice")
    bad = [
        ("account", {"account": "Globex"}),
        ("account", {"account": None}),
        ("held_on", {"held_on": None}),
        ("held_on", {"held_on": date.today() + timedelta(days=9)}),
        ("held_on", {"held_on": date(1066, 1, 1)}),
        ("people", {"people": []}),
        ("people", {"people": ["Secret"]}),
        ("people", {"people": ["s@globex.example"]}),
        ("people", {"people": ["李雷", "Nobody"]}),
        ("people", {"people": ["Twice"]}),
        ("state", {"state": "planned"}),
        ("called_off_by", {"state": "missed"}),
        ("value_given", {"value_given": "gold"}),
        ("summary", {"summary": "x" * 20_001}),
        ("objective", {"objective": "x" * 4001}),
    ]

    for column, row in bad:
        assert list(problems(log(row)[0])) == [column], row
    assert not Interaction.objects.exists()


def test_people_whom_nobody_knows_come_in_with_the_name_alone(log, acme):
    rows = [{"people": ["Wu Fang"]}, {"people": ["李雷", "wu fang"]}, {"people": ["Other"], "type": "?"}]

    first, second, third = log(*rows, person_unknown="create", chunk=2)

    wu = Stakeholder.objects.get(name="Wu Fang")
    assert (wu.account, wu.positions.get().is_primary, wu.sort_key) == (acme, True, "wu fang")
    assert {label for label, _pk in first.beside} == {"stakeholders.stakeholder", "stakeholders.position"}
    assert (second.beside, made(second).head_count, str(third.act)) == ([], 2, "refuse")
    assert not Stakeholder.objects.filter(name="Other").exists()
    assert wu.contact_states.first().last_contact_on == DAY
    assert repair() == {"people": 0, "contact_states": 0}


def test_an_author_whom_nobody_knows_stays_in_words_or_becomes_a_user_without_a_sign_in(log, ann, ada):
    [verdict] = log({"author": "Old Hand"}, author_unknown="user")
    assert made(verdict).author == ann
    assert "Old Hand" in made(verdict).summary

    rows = [{"author": "Old Hand", "type": "Call"}, {"author": "old  hand", "type": "Meal"}, {"author": "x@y.example"}]
    verdicts = log(*rows, by=ada, author_unknown="user", chunk=1)

    old = made(verdicts[0]).author
    assert (old.full_name, old.is_active, made(verdicts[1]).author) == ("Old Hand", False, old)
    assert made(verdicts[2]).author.email == "x@y.example"
    assert [label for label, _pk in verdicts[0].beside] == ["users.user"]
    assert User.objects.filter(full_name="Old Hand").count() == 1
    assert acts(log(*rows, by=ada, author_unknown="user")) == ["nothing"] * 3


def test_an_author_of_the_past_is_found_though_gone(log):
    gone = UserFactory(full_name="Gone Long", is_active=False)

    assert made(log({"author": "Gone Long"})[0]).author == gone


def test_taking_back_leaves_states_and_head_counts_right(log, ann, acme, li):
    [verdict] = log({"external_id": "7"}, source="crm")
    Interaction.objects.filter(pk=verdict.pk).update(removed_at=timezone.now())
    kept = visit(li, by=ann, days_ago=9)
    Interaction.objects.filter(pk=kept.pk).update(head_count=5)

    keys = [("relationships.interaction", verdict.pk), ("relationships.interaction", kept.pk)]
    Import(InteractionIntake, [], by=ann).intake.settle(keys)

    kept.refresh_from_db()
    assert kept.head_count == 1
    assert li.contact_states.first().last_contact_on == kept.held_on
    assert acts(log({"external_id": "7"}, source="crm")) == ["create"]


def test_many_rows_cost_as_many_queries_as_few(ann, ada, acme, li):
    def queries(count, prefix):
        rows = [
            ROW | {"held_on": DAY - timedelta(days=n), "people": ["李雷", f"{prefix} {n}"],
                   "external_id": f"{prefix}{n}", "author": f"{prefix} {n % 3}"}
            for n in range(count)
        ]  # fmt: skip
        options = {"person_unknown": "create", "author_unknown": "user"}
        runs = [Import(InteractionIntake, rows, by=ada, source="crm", **options)]
        runs += [Import(InteractionIntake, [row | {"place": "X"} for row in rows], by=ada, source="crm", **options)]
        with CaptureQueriesContext(connection) as captured:
            for run in runs:
                run.judge(), run.run()
        return len(captured)

    queries(2, "warm")
    assert queries(3, "few") == queries(40, "many")
