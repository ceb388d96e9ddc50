"""Many people cost no more queries than few, an import raises no flood, and large changes of policy become a job."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.upkeep import RECOUNT
from records.jobs import JobRun, LeaseLost, perform
from relationships.contact_state import rebuild, rebuild_all
from relationships.models import CadencePolicy, ContactState, Interaction, Participant
from relationships.repair import repair
from stakeholders import recount
from stakeholders.derived import refresh_everybody, refresh_people
from stakeholders.models import Influence, Position, Stakeholder
from stakeholders.upkeep import people_changed
from tests.factories import StakeholderFactory, activity, known_for, role, visit


def crowd(account, count, **values):
    """Imported people: rows with a post each, by sets, then derived by sets."""
    people = [Stakeholder(account=account, name=f"王伟 {n}", sort_key="x", **values) for n in range(count)]
    Stakeholder.objects.bulk_create(people)
    Position.objects.bulk_create([Position(stakeholder=person, account=account, is_primary=True) for person in people])
    return [person.pk for person in people]


def contacts(account, author, ids):
    """A contact of every one of them."""
    held = Interaction(account=account, author=author, activity_type=activity(), held_on=account.today(), head_count=1)
    held.keep(by=author)
    Participant.objects.bulk_create([Participant(interaction=held, stakeholder_id=pk) for pk in ids])


def queries(act, *args):
    with CaptureQueriesContext(connection) as seen:
        act(*args)
    return len(seen)


@pytest.mark.parametrize("act", [rebuild, refresh_people])
def test_three_hundred_people_cost_as_many_queries_as_three(acme, ann, act):
    few, many = crowd(acme, 3), crowd(acme, 300)
    contacts(acme, ann, [*few, *many])

    first = queries(act, few), queries(act, many)
    again = queries(act, few), queries(act, many)

    assert first[0] == first[1] <= 16
    assert again[0] == again[1] < first[0]


def test_changing_somebody_with_many_ties_costs_a_fixed_number_of_queries(acme, ann):
    boss = StakeholderFactory(account=acme)
    Influence.draw(StakeholderFactory(account=acme), boss, by=ann, strength=2)
    few = queries(people_changed, [boss.pk])
    for _ in range(10):
        Influence.draw(StakeholderFactory(account=acme), boss, by=ann, strength=2)
        visit(boss, by=ann)

    assert queries(people_changed, [boss.pk]) == few <= 30


def test_a_hundred_thousand_imported_people_raise_no_flood(acme):
    ids = crowd(acme, 3000)

    refresh_everybody(ids)

    today = acme.today()
    assert ContactState.objects.on(today).count() == 3000
    assert not ContactState.objects.gone_quiet(today).exists()
    assert not ContactState.objects.filter(raises_alerts=True).exists()
    later = today + timedelta(days=400)
    assert ContactState.objects.gone_quiet(later).count() == 3000
    assert not ContactState.objects.gone_quiet(later).filter(raises_alerts=True).exists()


def test_a_second_rebuild_writes_nothing(acme, ann):
    ids = crowd(acme, 20)
    contacts(acme, ann, ids)

    assert rebuild_all() == 20
    assert rebuild_all() == 0


def test_repair_mends_what_is_wrong_and_counts_it(acme, ann):
    person, other = (known_for(StakeholderFactory(account=acme), 50) for _ in range(2))
    visit(person, by=ann)
    Stakeholder.objects.filter(pk=other.pk).update(is_key=True, title="Wrong", search_key="")
    ContactState.objects.filter(stakeholder=person).update(last_contact_on=None)
    ContactState.objects.filter(stakeholder=other).update(starts_on="2020-01-01")
    passed = []

    assert repair(passed=passed.append) == {"people": 1, "contact_states": 3}
    assert repair() == {"people": 0, "contact_states": 0}
    assert passed == [max(person.pk, other.pk)]


def test_the_weekly_job_repairs_what_people_are_found_by_too(acme):
    person = known_for(StakeholderFactory(account=acme, title="Quartermaster"), 50)
    Stakeholder.objects.filter(pk=person.pk).update(search_key="")
    Position.objects.filter(stakeholder=person).update(search_key="")

    call_command("repair_contact_states")

    person.refresh_from_db()
    assert person.name.casefold() in person.search_key
    assert person.positions.get().search_key == "quartermaster"


def test_repair_goes_on_behind_where_it_stopped(acme):
    first, second = sorted(crowd(acme, 2))

    repair(after=first)

    assert set(ContactState.objects.values_list("stakeholder_id", flat=True)) == {second}


def test_an_erased_person_keeps_no_states_after_repair(acme, ann):
    person = StakeholderFactory(account=acme)
    Stakeholder.objects.filter(pk=person.pk).update(removed_at=timezone.now())

    assert repair()["contact_states"] == 1
    assert not person.contact_states.exists()


@pytest.fixture
def many(monkeypatch):
    """As if three people were too many for a request, and one made a chunk."""
    monkeypatch.setattr(recount, "AT_ONCE", 2)
    monkeypatch.setattr("stakeholders.derived.CHUNK", 1)


def shorten(by):
    cell = CadencePolicy.objects.get(letter="", tier="standard")
    return CadencePolicy.change_all({cell: {"gap_days": 7}}, by=by)


def test_new_cadences_of_a_small_house_hold_at_once(acme, ada):
    person = StakeholderFactory(account=acme)

    assert shorten(by=ada)

    assert person.contact_states.get().gap == 7


def test_new_cadences_of_a_large_house_wait_for_the_job(acme, ada, many):
    refresh_everybody(crowd(acme, 3))

    assert shorten(by=ada) is False
    assert set(ContactState.objects.values_list("gap", flat=True)) == {90}

    waiting = JobRun.objects.get(name=RECOUNT)
    done = perform(waiting.name, waiting.slot, recount.work)

    assert set(ContactState.objects.values_list("gap", flat=True)) == {7}
    assert done.counts == {"people": 3}


def test_a_recount_whose_worker_was_lost_goes_on_where_it_stopped(acme, ada, many):
    ids = sorted(crowd(acme, 3))
    refresh_everybody(ids)
    shorten(by=ada)
    waiting = JobRun.objects.get(name=RECOUNT)
    JobRun.objects.filter(pk=waiting.pk).update(counts={"after": str(ids[1]), "people": 2})

    done = perform(waiting.name, waiting.slot, recount.work)

    assert done.counts == {"people": 3}
    assert list(ContactState.objects.order_by("stakeholder_id").values_list("gap", flat=True)) == [90, 90, 7]


def test_a_recount_that_lost_its_lease_takes_its_chunk_back(acme, ada, many):
    refresh_everybody(crowd(acme, 3))
    shorten(by=ada)
    waiting = JobRun.objects.get(name=RECOUNT)
    run = JobRun.claim(waiting.name, waiting.slot)
    JobRun.objects.filter(pk=run.pk).update(holder=None)

    with pytest.raises(LeaseLost):
        recount.work(run)

    assert set(ContactState.objects.values_list("gap", flat=True)) == {90}


def test_roles_spread_over_stretches_are_written_in_one_statement(acme, ann):
    person = StakeholderFactory(account=acme)
    for days in (20, 50, 80):
        held = role(person, "D", since=acme.today() - timedelta(days=days))
        held.end(acme.today() - timedelta(days=days - 15), by=ann)
    known_for(person, 100)
    person.contact_states.all().delete()

    with CaptureQueriesContext(connection) as seen:
        rebuild([person.pk])

    assert person.contact_states.count() == 7
    assert sum("INSERT" in query["sql"] for query in seen) == 1
