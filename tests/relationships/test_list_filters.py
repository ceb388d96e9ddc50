"""Filters: each alone finds what a reader of the rows in Python finds, several together what all of them find."""

from datetime import timedelta
from functools import reduce
from itertools import combinations

import pytest
from django.http import QueryDict

from accounts.lists import ACCOUNT_LIST
from accounts.models import Account
from records.lists import Question
from relationships.filters import Contact
from relationships.lists import ACTION_LIST, INTERACTION_LIST
from relationships.models import Action, ContactState, Interaction
from relationships.people_list import PEOPLE_LIST
from stakeholders.models import DecisionRole, Stakeholder
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, known_for, role, visit

pytestmark = pytest.mark.django_db


def found(listing, query, user) -> set:
    return set(Question(listing, QueryDict(query), user).filters.qs.values_list("pk", flat=True))


def check(listing, everything, oracle, user) -> None:
    """Each filter as its oracle says; any two and all together as the intersection."""
    alone = {query: found(listing, f"{query}&{everything}", user) for query in oracle}
    assert alone == oracle
    assert all(oracle.values()), "an oracle that finds nobody proves nothing"
    for pair in combinations(oracle, 2):
        assert found(listing, "&".join((*pair, everything)), user) == oracle[pair[0]] & oracle[pair[1]], pair
    assert found(listing, "&".join((*oracle, everything)), user) == reduce(set.intersection, oracle.values())


def those(rows, holds) -> set:
    return {row.pk for row in rows if holds(row)}


def test_accounts(acme, ann, ben, north, south):
    tiers, regions = ["strategic", "key", "standard"], ["East", "West"]
    for number in range(12):
        AccountFactory(
            owner=[ann, ben][number % 2],
            team=[north, south][number % 3 == 0],
            name=f"Account {number}",
            tier=tiers[number % 3],
            region=regions[number % 2],
            industry=["Banking", "Health"][number % 4 == 0],
            status=["active", "inactive"][number % 5 == 0],
            is_public_sector=number % 2 == 0,
            by=None,
        )
    rows = list(Account.objects.visible_to(ann))
    check(
        ACCOUNT_LIST,
        "status=all",
        {
            "tier=key&tier=strategic": those(rows, lambda row: row.tier in ("key", "strategic")),
            f"owner={ann.pk}": those(rows, lambda row: row.owner_id == ann.pk),
            f"team={north.pk}": those(rows, lambda row: row.team_id == north.pk),
            "industry=bank": those(rows, lambda row: "bank" in row.industry.lower()),
            "region=east": those(rows, lambda row: "east" in row.region.lower()),
            "public=on": those(rows, lambda row: row.is_public_sector),
            "q=account": those(rows, lambda row: "account" in row.name.lower()),
            "whose=mine": {row.pk for row in rows},
        },
        ann,
    )
    assert found(ACCOUNT_LIST, "", ann) == those(rows, lambda row: row.status == "active")
    assert found(ACCOUNT_LIST, "status=inactive", ann) == those(rows, lambda row: row.status == "inactive")


@pytest.fixture
def crowd_at_acme(acme, ann, ben):
    """People of every kind, met or not."""
    unit = OrgUnitFactory(account=acme, name="Network")
    people = []
    for number in range(10):
        person = StakeholderFactory(
            account=acme,
            name=f"Person {number}",
            level=["executive", "manager", "staff"][number % 3],
            unit=unit if number % 2 else None,
            is_watched=number % 3 == 0,
            is_outsider=number % 4 == 0,
            counterpart=ben if number % 2 else None,
        )
        if number % 2:
            role(person, "DE"[number % 3 == 0])
        known_for(person, [0, 400][number % 2])
        if number % 5:
            visit(person, by=ann, days_ago=[1, 28, 45, 200][number % 4])
        people.append(person)
    return list(Stakeholder.objects.filter(pk__in=[person.pk for person in people]))


def test_people(acme, ann, ben, crowd_at_acme):
    rows = crowd_at_acme
    letters = DecisionRole.objects.values_list("stakeholder_id", "letter")
    held = {row.pk: {letter for person, letter in letters if person == row.pk} for row in rows}
    check(
        PEOPLE_LIST,
        f"account={acme.pk}",
        {
            "role=D&role=E": those(rows, lambda row: held[row.pk] & {"D", "E"}),
            "level=manager&level=staff": those(rows, lambda row: row.level in ("manager", "staff")),
            "unit=net": those(rows, lambda row: row.unit_id is not None),
            f"counterpart={ben.pk}": those(rows, lambda row: row.counterpart_id == ben.pk),
            "watched=on": those(rows, lambda row: row.is_watched),
            "key=on": those(rows, lambda row: row.is_key),
            "q=person": {row.pk for row in rows},
            f"created_since={acme.today() - timedelta(days=30)}": those(
                rows, lambda row: row.created_at.date() > acme.today() - timedelta(days=31)
            ),
        },
        ann,
    )


def test_contact_states_read_as_the_clock_does(acme, ann, crowd_at_acme):
    today = acme.today()
    states = {row.stakeholder_id: row.state(today).value for row in ContactState.objects.on(today)}

    for state in Contact:
        if state == Contact.OFTEN:
            continue
        expected = {pk for pk, reads in states.items() if reads == state.value}
        assert found(PEOPLE_LIST, f"contact={state.value}", ann) == expected, state
    assert found(PEOPLE_LIST, "contact=stale&contact=lost", ann) == {
        pk for pk, reads in states.items() if reads in ("stale", "lost")
    }
    assert len(set(states.values())) >= 4


def test_interactions(acme, ann, ben, crowd_at_acme):
    person = crowd_at_acme[1]
    for number in range(6):
        visit(
            person,
            by=[ann, ben][number % 2],
            days_ago=number * 10,
            kind=["Visit", "Call"][number % 2],
            value_given=["information", "none"][number % 3 == 0],
            is_unfinished=number % 2 == 0,
            summary=f"Spoke of budget {number}",
        )
    rows = list(Interaction.objects.visible_to(ann))
    kind = rows[0].activity_type
    since, until = acme.today() - timedelta(days=25), acme.today() - timedelta(days=3)
    there = {row.pk: set(row.participants.values_list("stakeholder_id", flat=True)) for row in rows}
    check(
        INTERACTION_LIST,
        "",
        {
            f"type={kind.pk}": those(rows, lambda row: row.activity_type_id == kind.pk),
            "state=done": those(rows, lambda row: row.state == "done"),
            f"author={ann.pk}": those(rows, lambda row: row.author_id == ann.pk),
            f"person={person.pk}": those(rows, lambda row: person.pk in there[row.pk]),
            f"held_from={since}": those(rows, lambda row: row.held_on >= since),
            f"held_until={until}": those(rows, lambda row: row.held_on <= until),
            "value=information": those(rows, lambda row: row.value_given == "information"),
            "unfinished=on": those(rows, lambda row: row.is_unfinished),
            "q=budget": those(rows, lambda row: "budget" in row.summary),
            f"account={acme.pk}": {row.pk for row in rows},
        },
        ann,
    )


def test_next_steps(acme, ann, ben, crowd_at_acme):
    today = acme.today()
    for number in range(8):
        step = Action.add(
            acme,
            f"Step {number}",
            today + timedelta(days=number - 3),
            by=ann,
            owner=[ann, ben][number % 2],
            stakeholder=crowd_at_acme[number % 2],
        )
        if number % 4 == 3:
            step.finish(today, by=ann)
    rows = list(Action.objects.visible_to(ann))
    check(
        ACTION_LIST,
        "state=all&whose=team",
        {
            f"owner={ann.pk}": those(rows, lambda row: row.owner_id == ann.pk),
            f"person={crowd_at_acme[0].pk}": those(rows, lambda row: row.stakeholder_id == crowd_at_acme[0].pk),
            f"due_from={today}": those(rows, lambda row: row.due_on >= today),
            f"due_until={today + timedelta(days=2)}": those(rows, lambda row: row.due_on <= today + timedelta(days=2)),
            "q=step": {row.pk for row in rows},
        },
        ann,
    )
    late = those(rows, lambda row: row.done_on is None and row.due_on < today)
    assert found(ACTION_LIST, "state=late&whose=team", ann) == late
    assert found(ACTION_LIST, "state=done&whose=team", ann) == those(rows, lambda row: row.done_on)
    assert found(ACTION_LIST, "", ann) == those(rows, lambda row: row.owner_id == ann.pk and row.done_on is None)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (
            "/accounts/",
            "tier=golden&owner=nobody&team=x&whose=x&status=x&sort=age&columns=x,y&cursor=z&from=%E7%8E%8B",
        ),
        ("/people/", "role=Z&level=boss&created_since=yesterday&changed_since=0001-01-01&contact=dead&account=1"),
        ("/interactions/", "type=1&state=x&held_from=9999-12-31&held_until=30.2.&person=x&value=x"),
        ("/actions/", "state=x&owner=x&due_from=x&due_until=9999-99-99&whose=x&person=x"),
        ("/alerts/", "kind=x&older=x&show=x&of=x&account=x&owner=x"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(acme, ann, client, path, query):
    client.force_login(ann)

    answer = client.get(f"{path}?{query}")

    assert answer.status_code == 200
    assert answer.context["list"].unreadable
    assert "could not be read" in answer.content.decode()


def test_a_choice_out_of_sight_is_no_choice(acme, ann, cleo):
    secret = AccountFactory(owner=cleo, name="Secret")

    question = Question(PEOPLE_LIST, QueryDict(f"account={secret.pk}"), ann)

    assert question.filters.form.errors["account"]
    assert "Secret" not in str(question.filters.form.errors)


def test_a_chip_takes_its_filter_away_and_no_other(acme, ann):
    query = QueryDict("tier=key&tier=strategic&region=East&sort=-name&cursor=x")

    chips = list(Question(ACCOUNT_LIST, query, ann).filters.chips(query))

    assert [(chip.label, chip.text) for chip in chips] == [("Tier", "Key"), ("Tier", "Strategic"), ("Region", "East")]
    left = {chip.text: QueryDict(chip.without) for chip in chips}
    assert left["Key"] == QueryDict("tier=strategic&region=East&sort=-name")
    assert left["East"] == QueryDict("tier=key&tier=strategic&sort=-name")
