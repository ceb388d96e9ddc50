"""A file is checked without a trace, brought in row by row, and taken back where nobody has touched it since."""

import pytest

from accounts.models import Account
from records.models import ExternalReference
from sync.models import ImportRow, ImportRun
from tests.sync.imports.desk import apply, bring_file, bring_in, check, counts, told, undo, work

pytestmark = pytest.mark.django_db

FILE = """客户名称,客户等级,行业,负责人,Colour
Globex,重点客户,Energy,Ann Lee,red
Initech,普通客户,IT,Ann Lee,
Umbrella,huge,Pharma,Ann Lee,blue
,战略客户,Food,Ann Lee,
Hooli,战略客户,IT,Nobody Known,
"""


def names() -> list[str]:
    return list(Account.objects.present().order_by("name").values_list("name", flat=True))


@pytest.fixture
def file(ann, north):
    return bring_file(FILE, "accounts", by=ann)


def test_columns_are_guessed_from_headers_in_either_language(file):
    assert file.targets == ["name", "tier", "industry", "owner", ""]
    assert file.samples[0] == ["Globex", "Initech", "Umbrella"]


def test_a_dry_run_says_what_would_come_and_changes_nothing(file):
    run = check(file)

    assert run.state == ImportRun.State.CHECKED
    assert counts(run) == {"create": 2, "refuse": 3}
    assert list(told(run)) == [4, 5, 6]
    assert "“huge” is none of" in told(run)[4][0]
    assert names() == []


def test_what_is_good_comes_in_and_each_bad_row_has_its_reason(file):
    run = apply(check(file))

    assert run.state == ImportRun.State.DONE
    assert counts(run) == {"create": 2, "refuse": 3}
    assert names() == ["Globex", "Initech"]
    assert list(told(run)) == [4, 5, 6]


def test_the_same_file_a_second_time_changes_nothing(file, ann):
    apply(check(file))

    again = bring_in(FILE, "accounts", by=ann)

    assert counts(again) == {"nothing": 2, "refuse": 3}
    assert names() == ["Globex", "Initech"]


def test_taken_back_nothing_of_it_is_left(file):
    run = undo(apply(check(file)))

    assert run.state == ImportRun.State.UNDONE
    assert counts(run) == {"create": 2, "refuse": 3, "back": 2}
    assert names() == []
    assert ImportRow.objects.of(run).filter(fate="back").count() == 2


def test_what_somebody_changed_since_stays(file, ann):
    run = apply(check(file))
    Account.objects.get(name="Globex").change(by=ann, industry="Oil")

    run = undo(run)

    assert counts(run) == {"create": 2, "refuse": 3, "back": 1, "kept": 1}
    assert names() == ["Globex"]
    assert [row.number for row in ImportRow.objects.of(run).kept()] == [2]


def test_keys_elsewhere_find_a_record_under_another_name_and_are_forgotten_with_it(ann, north):
    run = bring_in("Account ID,Name,Owner\n7,Globex,Ann Lee\n", "accounts", by=ann, source="salesforce")
    second = bring_in("Account ID,Name,Owner\n7,Globex Ltd,Ann Lee\n", "accounts", by=ann, source="salesforce")
    assert counts(second) == {"change": 1}
    assert names() == ["Globex Ltd"]

    undo(second)
    assert names() == ["Globex"]
    assert counts(undo(run)) == {"create": 1, "back": 1}
    assert names() == []
    assert not ExternalReference.objects.exists()


def test_a_column_nothing_is_meant_for_is_kept_in_a_note(file, ann):
    targets = [*file.targets[:-1], "(note)"]

    apply(check(file, targets=targets))

    assert "Colour: red" in Account.objects.get(name="Globex").notes
    assert counts(apply(check(bring_file(FILE, "accounts", by=ann), targets=targets))) == {"nothing": 2, "refuse": 3}


def test_a_file_that_vanished_is_told_and_nothing_else_happens(file, settings, tmp_path):
    run = check(file)
    settings.MEDIA_ROOT = tmp_path

    run = apply(run)

    assert run.state == ImportRun.State.UPLOADED
    assert "no longer here" in run.problem


def test_rung_twice_the_work_is_done_once(file):
    run = check(file)
    run.apply()
    work(run)

    assert work(run).counts["create"] == 2
    assert names() == ["Globex", "Initech"]
