"""The search for twins: by blocks, without asking twice, and without writing what stands already."""

from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records.jobs import JobRun
from stakeholders.likeness import WORTH_ASKING
from stakeholders.merging import merge
from stakeholders.models import ContactMethod, Stakeholder, SuspectedTwins
from stakeholders.suspicion import judgements, search
from stakeholders.tasks import suspect_twins
from tests.factories import AccountFactory, StakeholderFactory, crowd

pytestmark = pytest.mark.django_db

WRITTEN_TWO_WAYS = [{"name": "王伟"}, {"name": "Wang Wei"}]


def pairs() -> set[frozenset[str]]:
    """The names of the suspected pairs."""
    rows = SuspectedTwins.objects.undecided().select_related("one", "other")
    return {frozenset((row.one.name, row.other.name)) for row in rows}


def reach(person, *ways: tuple[str, str]) -> None:
    ContactMethod.objects.bulk_create(
        ContactMethod(stakeholder=person, kind=kind, value=value, normalised=value) for kind, value in ways
    )


def test_one_person_in_two_scripts_is_brought_up_once(acme):
    crowd(acme, [*WRITTEN_TWO_WAYS, {"name": "李娜"}])

    assert search() == {"suspected": 1, "changed": 0, "dropped": 0}
    assert pairs() == {frozenset({"王伟", "Wang Wei"})}
    assert sum(search().values()) == 0


def test_a_shared_mobile_brings_up_people_of_different_customers(acme, ann):
    globex = AccountFactory(name="Globex", owner=ann)
    one, other = crowd(acme, [{"name": "Li Na"}])[0], crowd(globex, [{"name": "李娜"}])[0]
    for person in (one, other):
        reach(person, ("mobile", "+8613900000001"), ("email", "li@na.example"))

    search()

    row = SuspectedTwins.objects.get()
    assert (row.likeness, row.reasons) == (99, "email mobile scripts")


def test_the_same_name_within_a_group_company_is_brought_up(ann):
    metro = AccountFactory(name="Metro Group", owner=ann)
    holding = AccountFactory(name="Metro Holding", owner=ann, parent=metro)
    for account in (metro, holding):
        crowd(account, [{"name": "周敏"}])

    search()

    assert SuspectedTwins.objects.get().reasons == "name group"


def test_a_number_that_a_crowd_shares_brings_up_nobody(acme):
    for person in crowd(acme, [{"name": f"Number {chr(65 + n) * 9}"} for n in range(26)]):
        reach(person, ("phone", "+861065000000"))

    assert search()["suspected"] == 0


def test_who_was_told_apart_is_never_asked_about_again(acme, ann):
    crowd(acme, WRITTEN_TWO_WAYS)
    search()
    SuspectedTwins.objects.get().tell_apart(by=ann)

    assert sum(search().values()) == 0
    assert not pairs()


def test_what_was_said_of_a_twin_holds_for_the_survivor(acme, ann):
    first, second, third = crowd(acme, [{"name": "王伟"}, {"name": "王伟"}, {"name": "Wang Wei"}])
    one, other = sorted([second, third], key=lambda person: person.pk)
    SuspectedTwins.objects.create(one=one, other=other, state="different")
    merge(first, second, by=ann)

    assert search()["suspected"] == 0


def test_a_suspicion_goes_with_its_reason(acme, ann):
    one, _other = crowd(acme, WRITTEN_TWO_WAYS)
    search()
    Stakeholder.objects.get(pk=one.pk).change(by=ann, name="Zhao Yun")

    assert search() == {"suspected": 0, "changed": 0, "dropped": 1}


def test_a_suspicion_that_is_judged_otherwise_is_written_anew(acme):
    for person in crowd(acme, WRITTEN_TWO_WAYS):
        search()
        reach(person, ("email", "w@acme.example"))

    assert search() == {"suspected": 0, "changed": 1, "dropped": 0}
    assert SuspectedTwins.objects.get().reasons == "email scripts"


def test_the_blocks_miss_nobody_that_comparing_everybody_finds(acme, ann):
    names = ["王伟", "Wang Wei", "Wei Wang", "Katherine Miller", "Catherine Miller", "Miller Katherine", "李娜", "周敏"]
    people = crowd(acme, [{"name": name} for name in names])
    people += crowd(AccountFactory(name="Globex", owner=ann, parent=acme), [{"name": name} for name in names[::2]])
    for place, person in enumerate(people):
        reach(person, ("mobile", f"+861390000000{place % 7}"), ("email", f"m{place % 5}@acme.example"))
    ids = sorted(person.pk for person in people)

    search()

    everybody = judgements(combinations(ids, 2))
    wanted = {pair: found.likeness for pair, found in everybody.items() if found.likeness >= WORTH_ASKING}
    assert {(row.one_id, row.other_id): row.likeness for row in SuspectedTwins.objects.all()} == wanted


def test_it_costs_the_same_queries_for_many_as_for_few(acme):
    crowd(acme, WRITTEN_TWO_WAYS)
    few = queries_of_a_search()
    crowd(acme, [{"name": f"{name}{letter * 5}"} for letter in "abcdefgh" for name in ("Katherine ", "Catherine ")])

    assert queries_of_a_search() == few
    assert len(pairs()) == 9


def queries_of_a_search() -> int:
    """Of one that finds all it finds stored already."""
    search()
    with CaptureQueriesContext(connection) as asked:
        search()
    return len(asked)


def test_the_job_runs_once_per_day(acme):
    crowd(acme, WRITTEN_TWO_WAYS)

    suspect_twins("2026-01-01")
    suspect_twins("2026-01-01")

    assert JobRun.objects.get(name="suspect_twins").counts == {"suspected": 1}


def test_who_is_removed_is_suspected_no_more(acme, ann):
    StakeholderFactory(account=acme, name="王伟")
    gone = StakeholderFactory(account=acme, name="王伟")
    search()
    gone.erase(by=ann)

    assert search()["dropped"] == 1
