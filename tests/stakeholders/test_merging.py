"""Merging people (rule 4.19): one survives with everything, nothing stands twice, and it can be taken back exactly."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from records.merging import mergeable, undeclared
from records.models import ExternalReference
from records.purge import purge
from relationships.models import Action, ContactState, Interaction, Participant
from reviews.models import Alert
from stakeholders.merging import bring_over_late, merge, take_apart
from stakeholders.models import (
    CareDate,
    ContactMethod,
    DecisionRole,
    Influence,
    PersonMerge,
    Position,
    Stakeholder,
    SuspectedTwins,
)
from tests.examples import tried
from tests.factories import OrgUnitFactory, StakeholderFactory, crowd, role, visit
from tests.stakeholders.merge_world import ACTS, World, everything, is_history

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(acme, ann):
    phone = [{"kind": "mobile", "value": "139 0000 0001"}]
    return StakeholderFactory(account=acme, name="王伟", title="CIO", contacts=phone, by=ann)


@pytest.fixture
def twin(acme, ann):
    ways = [{"kind": "mobile", "value": "+86 13900000001"}, {"kind": "email", "value": "wang@acme.example"}]
    return StakeholderFactory(account=acme, name="Wang Wei", contacts=ways, by=ann)


# Every relation has a rule


def test_every_column_that_names_a_mergeable_record_has_a_rule():
    models = [model for model in apps.get_models() if not is_history(model)]

    assert not list(undeclared(models))


def test_people_can_be_merged_and_what_a_merge_may_drop_has_rules_too():
    assert {Stakeholder, Position, Alert} <= mergeable()


# There and back


@pytest.fixture
def world(db):
    return World()


@tried(200)
@given(acts=st.lists(ACTS, max_size=14))
def test_taken_apart_every_row_says_what_it_said_before(world, acts):
    with transaction.atomic():
        world.live(acts)
        before = everything()

        done = merge(world.people[0], world.people[1], by=world.user)
        merged = everything()
        left = take_apart(PersonMerge.objects.get(pk=done.pk), by=world.user)

        assert everything() == before
        assert merged != before
        assert not list(left)
        transaction.set_rollback(True)


def test_what_was_changed_since_stays_and_is_named(wang, twin, ann):
    care = CareDate(stakeholder=twin, month=3, day=4)
    care.keep(by=ann)
    done = merge(wang, twin, by=ann)
    wang.refresh_from_db()
    wang.change(by=ann, other_names="Boss Wang")

    left = take_apart(done, by=ann)

    wang.refresh_from_db()
    assert wang.other_names == "Boss Wang"
    assert [(row, names) for row, names in left] == [(wang, ["other names"])]
    assert list(twin.care_dates.all()) == [care]


def test_what_was_added_since_stays_with_the_survivor(wang, twin, ann):
    done = merge(wang, twin, by=ann)
    late = visit(wang, by=ann)

    take_apart(done, by=ann)

    assert list(late.participants.values_list("stakeholder", flat=True)) == [wang.pk]


def test_a_part_deleted_since_does_not_come_back(wang, twin, ann):
    done = merge(wang, twin, by=ann)
    wang.set_contacts([{"kind": "mobile", "value": "13900000001"}], by=ann)

    take_apart(done, by=ann)

    assert [row.value for row in twin.contact_methods.all()] == ["+86 13900000001"]


def test_a_value_that_no_longer_fits_is_left(wang, twin, ann):
    old, new = role(wang, "D", since=date(2024, 1, 1)), role(twin, "D", since=date(2020, 1, 1))
    done = merge(wang, twin, by=ann)
    DecisionRole.objects.get(pk=old.pk).end(date(2023, 1, 1), by=ann)

    left = dict(take_apart(done, by=ann))

    assert list(left) == [old]
    assert DecisionRole.objects.present().filter(pk=new.pk).exists()


def test_merges_are_taken_apart_in_the_order_they_stand_upon_each_other(wang, twin, acme, ann):
    third = StakeholderFactory(account=acme, name="W. Wang")
    first = merge(wang, twin, by=ann)
    second = merge(wang, third, by=ann)

    with pytest.raises(ValidationError, match="W. Wang"):
        take_apart(first, by=ann)
    take_apart(second, by=ann)
    take_apart(first, by=ann)

    assert Stakeholder.objects.present().count() == 3


def test_a_twin_of_a_twin_leads_to_the_last_survivor(wang, twin, acme, ann):
    third = StakeholderFactory(account=acme, name="W. Wang")
    merge(twin, third, by=ann)
    done = merge(wang, twin, by=ann)

    selves = Stakeholder.objects.filter(pk__in=[twin.pk, third.pk])
    assert set(selves.values_list("merged_into", flat=True)) == {wang.pk}

    take_apart(done, by=ann)
    third.refresh_from_db()
    assert third.merged_into == twin


def test_nobody_is_merged_with_themselves_or_twice(wang, twin, ann):
    with pytest.raises(ValidationError):
        merge(wang, wang, by=ann)
    merge(wang, twin, by=ann)
    with pytest.raises(ValidationError):
        merge(wang, twin, by=ann)


def test_a_merge_is_taken_apart_once(wang, twin, ann):
    done = merge(wang, twin, by=ann)
    take_apart(PersonMerge.objects.get(pk=done.pk), by=ann)

    with pytest.raises(ValidationError):
        take_apart(done, by=ann)


# Nothing twice, nothing lost


def test_one_visit_counts_once(wang, twin, acme, ann):
    both = visit(wang, by=ann, people=[wang, twin], spoken_to=[twin])
    alone = visit(twin, by=ann, days_ago=3)

    done = merge(wang, twin, by=ann)

    both.refresh_from_db()
    there = both.participants.get()
    assert (there.stakeholder, there.was_spoken_to, both.head_count) == (wang, True, 1)
    assert set(Interaction.objects.with_person(wang)) == {both, alone}
    assert not ContactState.objects.filter(stakeholder=twin).exists()

    take_apart(done, by=ann)
    both.refresh_from_db()
    assert (both.participants.count(), both.head_count) == (2, 2)
    assert ContactState.objects.filter(stakeholder=twin).exists()


def test_the_same_post_becomes_one_with_all_that_is_known_of_it(acme, ann):
    unit = OrgUnitFactory(account=acme, name="IT")
    stays = StakeholderFactory(account=acme, name="A", since=date(2024, 5, 1))
    goes = StakeholderFactory(account=acme, name="A", title="CIO", level="executive", unit=unit, since=date(2023, 1, 1))
    report = StakeholderFactory(account=acme, name="B", reports_to=goes.positions.get())

    merge(stays, goes, by=ann)

    post = stays.positions.present().get()
    assert (post.title, post.unit, post.level, post.since) == ("CIO", unit, "executive", date(2023, 1, 1))
    assert report.positions.get().reports_to == post
    stays.refresh_from_db()
    assert (stays.title, stays.level) == ("CIO", "executive")


def test_two_posts_one_above_the_other_stay_two(acme, ann):
    stays = StakeholderFactory(account=acme, name="A")
    between = StakeholderFactory(account=acme, name="B", reports_to=stays.positions.get())
    goes = StakeholderFactory(account=acme, name="A", reports_to=between.positions.get())

    merge(stays, goes, by=ann)

    posts = stays.positions.present().order_by("pk")
    assert [post.is_primary for post in posts] == [True, False]


def test_another_post_moves_and_the_survivors_primary_one_stays(wang, ann, twin):
    Position.objects.filter(stakeholder=twin).update(title="Board member")

    merge(wang, twin, by=ann)

    assert [post.title for post in wang.positions.filter(is_primary=True)] == ["CIO"]
    assert wang.positions.present().count() == 2


def test_roles_are_held_once_with_the_higher_power(wang, twin, ann):
    role(wang, "D", power=1, since=date(2024, 1, 1))
    role(twin, "D", power=3, since=date(2022, 1, 1))
    role(twin, "S")

    merge(wang, twin, by=ann)

    held = wang.roles.present().order_by("letter").values_list("letter", "power", "since", "is_primary")
    assert list(held) == [("D", 3, date(2022, 1, 1), True), ("S", 1, date(2020, 1, 1), False)]


def test_edges_between_the_two_vanish_and_the_stronger_of_two_stands(wang, twin, acme, ann):
    other = StakeholderFactory(account=acme, name="Li Na")
    Influence.draw(wang, twin, by=ann)
    Influence.draw(wang, other, by=ann, strength=1)
    Influence.draw(twin, other, by=ann, strength=3)
    Influence.draw(other, twin, by=ann, strength=2)

    merge(wang, twin, by=ann)

    edges = Influence.objects.present().order_by("source__name").values_list("source", "target", "strength")
    assert list(edges) == [(other.pk, wang.pk, 2), (wang.pk, other.pk, 3)]


def test_ways_to_reach_them_are_united_and_the_survivors_primary_stays(wang, twin, ann):
    merge(wang, twin, by=ann)

    ways = wang.contact_methods.order_by("kind").values_list("value", "is_primary")
    assert list(ways) == [("wang@acme.example", False), ("139 0000 0001", True)]


def test_one_alert_of_a_kind_stays_open(wang, twin, acme, ann):
    for person, day in ((wang, date(2026, 2, 2)), (twin, date(2026, 1, 1))):
        Alert.objects.create(kind="stale", account=acme, stakeholder=person, opened_on=day)
    Alert.objects.create(kind="lost", account=acme, stakeholder=twin, opened_on=date(2026, 1, 1))

    merge(wang, twin, by=ann)

    assert set(Alert.objects.open().values_list("kind", "stakeholder", "opened_on")) == {
        ("stale", wang.pk, date(2026, 1, 1)),
        ("lost", wang.pk, date(2026, 1, 1)),
    }


def test_steps_and_keys_elsewhere_lead_to_the_survivor(wang, twin, acme, ann):
    step = Action.add(acme, "Call", acme.today(), by=ann, stakeholder=twin)
    ExternalReference.objects.create(type="stakeholders.stakeholder", object_id=twin.pk, source="erp", external_id="77")

    merge(wang, twin, by=ann)

    step.refresh_from_db()
    assert step.stakeholder == wang
    assert ExternalReference.of(wang).get().external_id == "77"


def test_the_survivor_is_found_by_the_twins_name_and_is_known_since_the_earlier_day(wang, twin, ann):
    earlier = timezone.now() - timedelta(days=400)
    Stakeholder.objects.filter(pk=twin.pk).update(created_at=earlier)

    merge(wang, twin, by=ann)

    found = Stakeholder.objects.visible_to(ann).search("wang wei", seen_by=ann)
    assert [(person.pk, person.created_at) for person in found] == [(wang.pk, earlier)]


def test_what_is_chosen_counts_and_what_is_empty_is_filled(wang, twin, ann):
    wang.change(by=ann, concerns="Price", stage="know")
    twin.change(by=ann, concerns="Time", stage="trust", pastimes="Go", is_rising=True, rising_reason="New budget")

    merge(wang, twin, by=ann, choose={"name": "twin", "concerns": "both", "stage": "twin"})

    wang.refresh_from_db()
    assert (wang.name, wang.other_names, wang.concerns, wang.stage) == ("Wang Wei", "王伟", "Price\nTime", "trust")
    assert (wang.pastimes, wang.is_rising, wang.rising_reason) == ("Go", True, "New budget")


def test_the_merge_stands_in_the_history_of_every_row_it_touched(wang, twin, ann):
    held = role(twin, "D")

    merge(wang, twin, by=ann)

    for row in (held, wang, twin, twin.contact_methods.model.objects.get(kind="email")):
        line = row.history.first()
        assert (line.history_change_reason, line.history_user_id) == ("person_merged", ann.pk)
    dropped = ContactMethod.history.filter(history_type="-").get()
    assert dropped.history_change_reason == "person_merged"


def test_what_came_in_the_moment_of_the_merge_is_brought_over_and_stays(wang, twin, acme, ann):
    met = visit(wang, by=ann)
    done = merge(wang, twin, by=ann)
    Participant.objects.create(interaction=met, stakeholder=twin, was_spoken_to=True)
    late = Action.objects.create(
        account=acme, stakeholder=twin, title="Call", owner=ann, due_on=acme.today(), first_due_on=acme.today()
    )

    assert bring_over_late() == 1
    assert bring_over_late() == 0

    late.refresh_from_db()
    assert late.stakeholder == wang
    assert met.participants.get().was_spoken_to
    take_apart(done, by=ann)
    late.refresh_from_db()
    assert late.stakeholder == wang


# The purge


def test_a_twin_outlasts_the_purge_as_long_as_the_merge_stands(wang, twin, ann):
    gone = role(twin, "D")
    role(wang, "D")
    done = merge(wang, twin, by=ann)

    purge(timezone.now() + timedelta(days=1))
    assert not DecisionRole.objects.filter(pk=gone.pk).exists()
    take_apart(done, by=ann)

    assert Stakeholder.objects.present().filter(pk=twin.pk).exists()
    assert DecisionRole.objects.present().get(stakeholder=twin).pk == gone.pk


def test_a_twin_goes_for_good_with_its_survivor(wang, twin, ann):
    merge(wang, twin, by=ann)
    Stakeholder.objects.get(pk=wang.pk).erase(by=ann)
    Position.objects.update(removed_at=timezone.now())

    for _night in range(2):
        purge(timezone.now() + timedelta(days=1))

    assert not Stakeholder.objects.exists()
    assert not PersonMerge.objects.exists()


# Suspicions


def test_a_merge_answers_the_question_and_taking_apart_asks_it_again(wang, twin, ann):
    one, other = sorted([wang, twin], key=lambda person: person.pk)
    pair = SuspectedTwins.objects.create(one=one, other=other, likeness=90)

    done = merge(wang, twin, by=ann)
    pair.refresh_from_db()
    assert pair.state == "merged"

    take_apart(done, by=ann)
    pair.refresh_from_db()
    assert pair.state == "suspected"


def twins_met(acme, ann, times: int) -> list[Stakeholder]:
    """Two people who were each met so often, once together."""
    people = crowd(acme, [{"name": "王伟"}, {"name": "Wang Wei"}])
    visit(people[0], by=ann, people=people)
    held = visit(people[1], by=ann)
    rows = [copy_of(held) for _time in range(times)]
    Interaction.objects.bulk_create(rows)
    Participant.objects.bulk_create(Participant(interaction=row, stakeholder=people[1]) for row in rows)
    return people


def copy_of(held: Interaction) -> Interaction:
    names = ("account_id", "activity_type_id", "author_id", "held_on", "head_count")
    return Interaction(**{name: getattr(held, name) for name in names})


def merge_once(kept, twin, by) -> int:
    with CaptureQueriesContext(connection) as asked:
        merge(kept, twin, by=by)
    return len(asked)


def apart_again(kept, twin, by) -> int:
    done = merge(kept, twin, by=by)
    with CaptureQueriesContext(connection) as asked:
        take_apart(PersonMerge.objects.get(pk=done.pk), by=by)
    return len(asked)


@pytest.mark.parametrize("act", [merge_once, apart_again])
def test_thirty_visits_cost_as_many_queries_as_three(acme, ann, act):
    few = act(*twins_met(acme, ann, 3), ann)

    assert act(*twins_met(acme, ann, 30), ann) == few <= 140
