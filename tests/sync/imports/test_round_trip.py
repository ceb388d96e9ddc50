"""What goes out comes in again: to the same house it says nothing new, and an empty one becomes the same house."""

import csv
import io
from random import Random

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Account
from stakeholders.models import Position
from stakeholders.record_types import PEOPLE
from sync.lists import FILES
from tests.examples import tried
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, TeamFactory, UserFactory, visit
from tests.sync.imports.desk import apply, bring_file, check, counts, told
from tests.sync.imports.house import House, described, emptied

pytestmark = pytest.mark.django_db
SAVED = ["csv", "xlsx"]
SHOWN = ("accounts", "people", "interactions")  # lists whose usual columns are enough to know a record by
LANGUAGES = ["en", "zh-hans"]


@pytest.fixture
def mover(north):
    """An administrator on a team: sees and fills every account, and leads the teams that work on them."""
    mover = UserFactory(full_name="Mo Ver", is_administrator=True, team=north)
    for team in (north, TeamFactory(name="Other", parent=north)):
        team.lead = mover
        team.keep(by=None)
    return mover


@pytest.fixture
def ours(mover, north):
    """Two colleagues of one name, and one who is gone."""
    gone = UserFactory(full_name="Gone Long", team=north)
    return [UserFactory(full_name="Ann Lee", team=north), UserFactory(full_name="Ann Lee", team=north), mover, gone]


def taken(mover, kind, query="take=everything"):
    """Every file, as it is downloaded."""
    client = Client()
    client.force_login(mover)
    files = {}
    for name in FILES:
        answer = client.get(f"/lists/{name}/export/?{query}&as={kind}")
        assert answer.status_code == 200
        files[name] = b"".join(answer.streaming_content)
    return files


def brought(files, mover, kind):
    """Each file in its turn, columns and origin guessed: what became of its rows, and what was said of them."""
    runs = {}
    for name, content in files.items():
        run = bring_file(content, name, by=mover, name=f"{name}.{kind}")
        assert (run.source, "" in run.targets) == ("two-eyes", False)
        runs[name] = apply(check(run))
    return runs


def everything_counted(runs):
    return {name: counts(run) for name, run in runs.items()}


# A seed that is smaller makes no smaller house.
@pytest.mark.long
@settings(tried(40), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.integers(0, 10**9), st.sampled_from(SAVED), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_a_house_moves(mover, ours, seed, kind, language, spoken_there):
    with transaction.atomic():
        House(Random(seed), ours)
        here = described()
        type(mover).objects.filter(pk=mover.pk).update(language=language)
        files = taken(mover, kind)

        shown = {name: content for name, content in taken(mover, kind, "").items() if name in SHOWN}
        for name, content in shown.items():
            run = apply(check(bring_file(content, name, by=mover, name=f"{name}.{kind}")))
            assert set(counts(run)) <= {"nothing", "refuse"}, (name, told(run))
        assert described() == here

        again = brought(files, mover, kind)
        assert [set(found) - {"nothing"} for found in everything_counted(again).values()] == [set()] * len(FILES), [
            told(run) for run in again.values()
        ]
        assert described() == here

        emptied()
        type(mover).objects.filter(pk=mover.pk).update(language=spoken_there)
        moved = brought(files, mover, kind)
        for name, found in everything_counted(moved).items():
            assert "refuse" not in found, (name, told(moved[name]))
        there = described()
        for name in here:
            assert there[name] == here[name]

        twice = brought(files, mover, kind)
        assert [set(found) - {"nothing"} for found in everything_counted(twice).values()] == [set()] * len(FILES)
        transaction.set_rollback(True)


def lines(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def as_file(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_changed_in_a_spreadsheet_and_comes_in_again(mover, acme, language):
    """With its key a record is known whatever it is called now."""
    type(mover).objects.filter(pk=mover.pk).update(language=language)
    person = StakeholderFactory(account=acme, name="王伟", title="Engineer")
    rows = lines(taken(mover, "csv")["people"])
    rows[1][rows[0].index(str(in_language(PEOPLE.column("name").label, language)))] = "王薇"

    run = apply(check(bring_file(as_file(rows), "people", by=mover)))

    assert counts(run) == {"change": 1}
    person.refresh_from_db()
    assert (person.name, person.other_names) == ("王薇", "王伟")


def in_language(text, language):
    with translation.override(language):
        return str(text)


def test_formulas_are_defused_on_the_way_out_and_restored_on_the_way_in(mover, ours):
    AccountFactory(name="=1+1", notes="'@SUM(A1)", owner=ours[0], team=mover.team)
    files = taken(mover, "csv")
    emptied()

    brought(files, mover, "csv")

    assert b"'=1+1" in files["accounts"]
    account = Account.objects.get()
    assert (account.name, account.notes) == ("=1+1", "'@SUM(A1)")


def test_a_name_of_several_is_told_by_its_way_and_then_by_its_key(mover, acme):
    head, works = (OrgUnitFactory(account=acme, name=name) for name in ("Head office", "Works"))
    finance = OrgUnitFactory(account=acme, name="Finance", parent=head)
    OrgUnitFactory(account=acme, name="Finance", parent=works)
    twin = OrgUnitFactory(account=acme, name="Finance", parent=works)
    OrgUnitFactory(account=acme, name="Audit", parent=finance)
    OrgUnitFactory(account=acme, name="Cash", parent=twin)

    header, *rows = lines(taken(mover, "csv")["units"])

    above = {row[header.index("Unit")]: row[header.index("Belongs to")] for row in rows}
    assert (above["Audit"], above["Cash"], above["Works"]) == ("Head office / Finance", str(twin.pk), "")


def test_who_sees_a_guest_brings_them_back_as_they_are(acme, ann, cleo):
    """A rep takes along whom they see through a further post, and nothing of their home."""
    guest = StakeholderFactory(account=AccountFactory(name="Hidden", owner=cleo), name="Guest", title="Chair")
    guest.change(by=cleo, sensitive_notes="secret")
    Position.begin(guest, acme, by=cleo, title="Adviser")
    before = described()
    files = taken(ann, "csv")

    again = brought({name: files[name] for name in ("accounts", "people", "interactions")}, ann, "csv")

    assert b"Guest" in files["people"]
    assert not [content for content in files.values() if b"Hidden" in content or b"secret" in content]
    assert [set(found) <= {"nothing"} for found in everything_counted(again).values()] == [True] * 3
    assert described() == before


def test_a_list_is_taken_along_with_every_column_of_the_rows_shown(mover, acme):
    StakeholderFactory(account=acme, name="Left out")
    person = StakeholderFactory(account=acme, name="Wang Wei")
    person.set_contacts([{"kind": "mobile", "value": "13800138000"}], by=None)

    header, row = lines(taken(mover, "csv", "take=columns&q=wang")["people"])

    assert (row[header.index("Name")], row[header.index("Mobile")]) == ("Wang Wei", "13800138000")
    assert row[header.index("Two Eyes ID")] == str(person.pk)


def test_more_rows_cost_no_more_queries(mover, acme, django_assert_max_num_queries):
    def take():
        return [len(lines(content)) for content in taken(mover, "csv").values()]

    def grow(number):
        for _number in range(number):
            unit = OrgUnitFactory(account=acme)
            person = StakeholderFactory(account=acme, unit=unit)
            visit(person, by=mover)

    grow(2)
    with CaptureQueriesContext(connection) as few:
        take()
    grow(8)
    with django_assert_max_num_queries(len(few)):
        assert take() == [2, 11, 11, 11, 11]
