"""A change of an account rebuilds what it can touch and no more; with very many people a job does it, and says so."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.upkeep import RECOUNT
from records.jobs import JobRun, perform
from relationships.models import ContactState
from relationships.repair import repair
from stakeholders import recount
from stakeholders.models import Position, Stakeholder
from tests.factories import (
    AccountFactory,
    OpportunityFactory,
    OrgUnitFactory,
    StakeholderFactory,
    known_for,
    role,
    visit,
)

NOTHING_WRONG = {"people": 0, "contact_states": 0}


@pytest.fixture
def network(acme):
    return OrgUnitFactory(account=acme, name="Network")


@pytest.fixture
def people(acme, ann, network):
    """Three at Acme, one of them in the unit; and one elsewhere who decides here."""
    here = [known_for(StakeholderFactory(account=acme, unit=unit), 400) for unit in (network, None, None)]
    adviser = StakeholderFactory(account=AccountFactory(owner=ann))
    role(adviser, "D")
    role(here[0], "E")
    adviser.roles.update(account=acme)
    visit(here[1], by=ann, days_ago=50)
    recount.recount()
    return [*here, adviser]


def versions(model) -> dict:
    return dict(model.objects.values_list("pk", "version"))


def told(act) -> str:
    """Every statement that writes."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return "\n".join(query["sql"] for query in seen if query["sql"].startswith(("INSERT", "UPDATE", "DELETE")))


@pytest.mark.parametrize("values", [{"tier": "strategic"}, {"status": "inactive"}])
def test_tier_and_status_rebuild_contact_states_alone(acme, ann, people, values):
    before = versions(Stakeholder), versions(Position)

    acme.change(by=ann, **values)

    assert repair() == NOTHING_WRONG
    assert (versions(Stakeholder), versions(Position)) == before
    gaps = set(ContactState.objects.filter(stakeholder__in=people).values_list("gap", flat=True))
    assert gaps == (
        {60, 20} if "tier" in values else {90}
    )  # at Acme the adviser counts no more, elsewhere without role


def test_a_new_time_zone_rebuilds_all_that_follows_from_the_day(acme, ann, people):
    acme.change(by=ann, time_zone="Pacific/Kiritimati")

    assert repair() == NOTHING_WRONG


def test_other_changes_of_an_account_rebuild_nobody(acme, ann, people):
    sql = told(lambda: acme.change(by=ann, name="Acme Holding", notes="Big", region="North"))

    assert "stakeholder" not in sql
    assert "contactstate" not in sql


def test_a_unit_renamed_changes_what_its_posts_are_found_by(acme, ann, network, people):
    sql = told(lambda: network.change(by=ann, name="Radio"))

    assert Stakeholder.objects.search("radio", seen_by=ann).get() == people[0]
    assert repair() == NOTHING_WRONG
    assert "contactstate" not in sql
    assert [count for count in versions(Position).values() if count > 1] == [2]


def test_a_unit_moved_or_closed_concerns_nobody(acme, ann, network, people):
    empty = OrgUnitFactory(account=acme, parent=network, name="Empty")

    sql = told(lambda: network.change(by=ann, parent=OrgUnitFactory(account=acme))) + told(lambda: empty.close(by=ann))

    assert "stakeholders_" not in sql
    assert "relationships_" not in sql
    assert repair() == NOTHING_WRONG


def test_a_closed_opportunity_concerns_who_holds_a_role_in_it(acme, ann, people):
    deal = OpportunityFactory(account=acme)
    role(people[1], "A", opportunity=deal)
    before = versions(Stakeholder)

    deal.close("won", acme.today(), by=ann)

    assert not Stakeholder.objects.get(pk=people[1].pk).is_key
    assert repair() == NOTHING_WRONG
    assert {pk for pk, version in versions(Stakeholder).items() if version != before[pk]} == {people[1].pk}


# Very many


@pytest.fixture
def many(monkeypatch):
    """As if three people were too many for a request, and one made a chunk."""
    monkeypatch.setattr(recount, "AT_ONCE", 2)
    monkeypatch.setattr(recount, "STATES_AT_ONCE", 2)
    monkeypatch.setattr("stakeholders.derived.CHUNK", 1)


def done_by_the_job() -> JobRun:
    waiting = JobRun.objects.get(name=RECOUNT)
    return perform(waiting.name, waiting.slot, recount.work)


@pytest.mark.parametrize("values", [{"tier": "strategic"}, {"status": "inactive"}, {"time_zone": "Asia/Tokyo"}])
def test_with_very_many_people_a_job_follows_for_this_account_alone(acme, ann, people, many, values):
    elsewhere = StakeholderFactory(account=AccountFactory())
    ContactState.objects.filter(stakeholder=elsewhere).update(starts_on=date(2020, 1, 1))

    acme.change(by=ann, **values)
    assert acme.is_being_recounted
    run = done_by_the_job()

    assert run.counts == {"people": 4}
    assert not acme.is_being_recounted
    assert elsewhere.contact_states.get().starts_on == date(2020, 1, 1)
    assert repair()["contact_states"] == 2  # that one alone: a row gone, a row new


def test_a_recount_of_an_account_goes_on_where_its_worker_was_lost(acme, ann, people, many):
    acme.change(by=ann, tier="strategic")
    first = min(person.pk for person in people)
    run = JobRun.objects.get(name=RECOUNT)
    JobRun.objects.filter(pk=run.pk).update(counts=run.counts | {"after": str(first), "people": 1})

    assert done_by_the_job().counts == {"people": 4}
    assert set(ContactState.objects.exclude(stakeholder=first).values_list("gap", flat=True)) == {60, 20}


def test_the_page_says_that_its_people_follow(acme, ann, people, many, client):
    client.force_login(ann)
    acme.change(by=ann, tier="strategic")

    page = client.get(acme.get_absolute_url()).content.decode()
    done_by_the_job()

    notice = "Its people are being judged anew"
    assert notice in page
    assert notice not in client.get(acme.get_absolute_url()).content.decode()
