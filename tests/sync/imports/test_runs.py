"""A run that is lost, stopped, refused by the database, or has company ends as if nothing had been."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from records.intake import Draft, Verdict
from records.jobs import JobRun, LeaseLost
from stakeholders.models import Stakeholder
from sync.imports import pruning
from sync.imports.kept_files import path_of
from sync.imports.writing import written
from sync.models import ImportRow, ImportRun
from tests.sync.imports.desk import apply, bring_file, bring_in, check, counts, told, undo, work

pytestmark = pytest.mark.django_db


def people(size, account="Acme"):
    """Every fifth row is bad, and every second reports to somebody further down."""
    rows = (
        f"{number},P {number},{'Nowhere' if number % 5 == 4 else account},p{number}@acme.example,"
        f"{f'P {number + 3}' if number % 2 else ''}\n"
        for number in range(size)
    )
    return "Contact ID,Name,Account,Email,Reports To\n" + "".join(rows)


def outcome(run):
    """What stands, whatever ids it has."""
    posts = (
        Stakeholder.objects.present()
        .order_by("name")
        .values_list("name", "positions__reports_to__stakeholder__name", "contact_methods__value")
    )
    rows = ImportRow.objects.of(run).order_by("number").values_list("number", "act", "told")
    return counts(run), list(posts), list(rows)


@pytest.fixture
def small_chunks(settings):
    settings.IMPORT_CHUNK = 10


class Lost(Exception):
    pass


@pytest.fixture
def lose(monkeypatch):
    """Let the job die in its nth chunk, with the transaction open."""

    def at(chunk):
        renew, calls = JobRun.renew, []

        def dying(self, *, advanced=False, **more):
            calls.append(advanced)
            if advanced and calls.count(True) == chunk:
                raise Lost
            renew(self, advanced=advanced, **more)

        monkeypatch.setattr(JobRun, "renew", dying)

    return at


def go_on(run):
    """The lease of the lost worker has lapsed."""
    JobRun.objects.filter(slot=run.slot).update(lease_until=timezone.now() - timedelta(seconds=1))
    return work(run)


def test_lost_anywhere_it_ends_as_if_undisturbed(small_chunks, acme, ann, lose, monkeypatch):
    expected = outcome(bring_in(people(40), "people", by=ann, source="crm"))
    for chunk in (1, 3, 4, 5, 8):
        undo(ImportRun.objects.latest("id"))
        run = check(bring_file(people(40), "people", by=ann), source="crm")
        run.apply()
        lose(chunk)
        with pytest.raises(Lost):
            work(run)
        monkeypatch.undo()

        run.refresh_from_db()
        assert run.place == (chunk - 1) % 4 * 10
        assert outcome(go_on(run)) == expected


def test_a_run_that_advances_keeps_all_its_attempts(small_chunks, acme, ann, lose, monkeypatch):
    run = check(bring_file(people(80), "people", by=ann), source="crm")
    run.apply()
    for _death in range(7):
        lose(2)
        with pytest.raises(Lost):
            go_on(run)
        monkeypatch.undo()

    assert go_on(run).state == "done"


def test_taking_back_is_resumed_as_well(acme, ann, lose, monkeypatch):
    run = bring_in(people(40), "people", by=ann, source="crm")
    monkeypatch.setattr("sync.imports.taking_back.CHUNK", 10)
    run.undo(by=ann)
    lose(2)
    with pytest.raises(Lost):
        work(run)
    monkeypatch.undo()

    run = go_on(run)

    assert (run.state, run.counts["back"]) == ("undone", 32)
    assert not Stakeholder.objects.present().exists()


def test_stopped_between_chunks_it_goes_on_or_is_taken_back(small_chunks, acme, ann, monkeypatch):
    run = check(bring_file(people(40), "people", by=ann), source="crm")
    run.apply()
    note = ImportRun.note

    def stopping(self, **values):
        note(self, **values)
        if values.get("place") == 20:
            ImportRun.objects.filter(pk=self.pk).update(is_to_stop=True)

    monkeypatch.setattr(ImportRun, "note", stopping)
    run = work(run)
    monkeypatch.undo()
    assert (run.state, run.place, run.counts["create"]) == ("stopped", 20, 16)

    run = apply(run)
    assert (run.state, run.counts["create"], Stakeholder.objects.count()) == ("done", 32, 32)


def test_whoever_lost_the_lease_stores_nothing(small_chunks, acme, ann, monkeypatch):
    run = check(bring_file(people(40), "people", by=ann), source="crm")
    run.apply()
    note = ImportRun.note

    def overtaken(self, **values):
        JobRun.objects.filter(slot=self.slot).update(holder=None)
        note(self, **values)

    monkeypatch.setattr(ImportRun, "note", overtaken)
    with pytest.raises(LeaseLost):
        work(run)

    assert not Stakeholder.objects.exists()


def test_what_the_database_refuses_is_refused_alone():
    def write(drafts):
        if any(draft.number in (3, 8) for draft in drafts):
            raise IntegrityError("CHECK constraint failed: position_ends_after_it_begins")
        return [Verdict(draft.number) for draft in drafts]

    verdicts = written(write, [Draft(number, {}) for number in range(1, 11)])

    assert [verdict.number for verdict in verdicts] == list(range(1, 11))
    assert [verdict.number for verdict in verdicts if verdict.is_refused] == [3, 8]
    assert "position_ends_after_it_begins" in verdicts[2].problems[0].sentence


def test_files_and_rows_are_forgotten_in_time(acme, ann):
    old, fresh, abandoned = (bring_in(people(5), "people", by=ann, source=name) for name in ("a", "b", "c"))
    looked_at = bring_file(people(5), "people", by=ann)
    under_way = bring_file(people(5), "people", by=ann)
    under_way.dry_run(under_way.targets)
    now = timezone.now() + timedelta(days=8)
    assert pruning.prune(now)["files"] == 1
    assert not path_of(looked_at.pk).exists()

    assert pruning.prune(now + timedelta(days=30))["files"] == 3

    assert not any(path_of(run.pk).exists() for run in (old, fresh, abandoned))
    assert path_of(under_way.pk).exists()
    assert not ImportRow.objects.exists()
    old.refresh_from_db()
    assert (old.has_file, old.counts["create"], old.can_be_taken_back) == (False, 4, False)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_no_twins(small_chunks, acme, ann):
    runs = [check(bring_file(people(60), "people", by=ann), source="crm") for _twice in range(2)]
    for run in runs:
        run.apply()

    def go(run):
        try:
            work(run)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    both = [ImportRun.objects.get(pk=run.pk) for run in runs]
    assert [run.state for run in both] == ["done", "done"]
    assert sum(run.counts.get("create", 0) for run in both) == Stakeholder.objects.count() == 48
    assert told(both[0]).keys() == told(both[1]).keys()
