"""A file brought in from a terminal: the same run, told in lines."""

import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Account
from stakeholders.models import Stakeholder
from sync.models import ImportRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(capsys):
    """What the command wrote."""

    def call(*words, **options):
        call_command(*map(str, words), **options)
        return capsys.readouterr().out

    return call


@pytest.fixture
def people_file(tmp_path, acme):
    path = tmp_path / "people.csv"
    path.write_text("姓名,客户名称,手机\n王伟,Acme,13800138000\n李娜,Nowhere,13800138001\n", encoding="gb18030")
    return path


def test_people_come_in_and_refused_rows_are_named(told, people_file, ann, tmp_path):
    refused = tmp_path / "refused.csv"
    lines = told("import_people", people_file, author="ann@two-eyes.example", refused=refused)

    assert "Brought in; 1 new, 0 changed, 0 unchanged, 1 refused" in lines
    assert "  3: 客户名称: " in lines
    assert list(Stakeholder.objects.values_list("name", flat=True)) == ["王伟"]
    assert refused.read_text("utf-8-sig").splitlines()[1].endswith("李娜,Nowhere,13800138001")


def test_a_dry_run_brings_nothing(told, people_file, ann):
    assert "1 new" in told("import_people", people_file, "--as", "Ann@two-eyes.example", "--dry-run")
    assert not Stakeholder.objects.exists()


def test_a_mapping_and_options_are_given(told, tmp_path, ann, north):
    (tmp_path / "map.json").write_text(json.dumps({"Firm": "name", "Who": "owner"}))
    (tmp_path / "firms.csv").write_text("Firm,Who\nGlobex,Nobody Known\n")
    words = ["accounts", tmp_path / "firms.csv", "--as", ann.email, "--mapping", tmp_path / "map.json"]

    assert "1 refused" in told("import_records", *words)
    assert "1 new" in told("import_records", *words, "--option", "owner_unknown=me")
    assert Account.objects.get().owner == ann


@pytest.mark.parametrize(
    ("content", "words", "problem"),
    [
        (b"Name\nGlobex\n", ["--as", "nobody@two-eyes.example"], "Nobody signs in"),
        (b"", [], "nothing in this file"),
        (b"Colour\nred\n", [], "No column is matched with Account"),
        (b"Account ID,Name\n1,Globex\n", [], "which system the keys come from"),
    ],
)
def test_what_cannot_be_done_is_said(told, tmp_path, ann, content, words, problem):
    (tmp_path / "firms.csv").write_bytes(content)

    with pytest.raises(CommandError, match=problem):
        told("import_records", "accounts", tmp_path / "firms.csv", *(words or ["--as", ann.email]))


def test_a_file_that_is_not_there_is_said(told, tmp_path, ann):
    with pytest.raises(CommandError, match="No such file"):
        told("import_people", tmp_path / "gone.csv", "--as", ann.email)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read: .*No such file"),
        (b'{"Firm": ', "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b'["Firm"]', "is to be"),
        (b'{"Firm": 3}', "is to be"),
    ],
)
def test_a_mapping_that_is_none_is_said_before_the_file_is_read(told, tmp_path, people_file, ann, content, problem):
    if content is not None:
        (tmp_path / "map.json").write_bytes(content)

    with pytest.raises(CommandError, match=problem):
        told("import_people", people_file, "--as", ann.email, "--mapping", tmp_path / "map.json")

    assert not ImportRun.objects.exists()


def test_a_place_nothing_can_be_written_to_is_said_before_rows_come_in(told, tmp_path, people_file, ann):
    with pytest.raises(CommandError, match="No such file"):
        told("import_people", people_file, "--as", ann.email, "--refused", tmp_path / "nowhere" / "refused.csv")

    assert not Stakeholder.objects.exists()
