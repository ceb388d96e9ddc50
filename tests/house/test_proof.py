"""A green run is only green when the tests it promises really ran."""

from argparse import Namespace

import pytest

from launch import proof

SKIPPED = '<testsuites><testsuite><testcase><skipped message="{}"/></testcase></testsuite></testsuites>'
SERVERS = {"TEST_DATABASE_URL": "postgres://two_eyes@127.0.0.1/two_eyes", "TEST_REDIS_URL": "redis://127.0.0.1"}


@pytest.fixture
def report(tmp_path):
    def write(reason):
        (tmp_path / "report.xml").write_text(SKIPPED.format(reason))
        return tmp_path / "report.xml"

    return write


def options(**given):
    return Namespace(**{"pg": False, "e2e": False, "qa": False, "full": False} | given)


def test_a_skip_for_an_agreed_reason_is_counted_and_fine(report, capsys):
    assert proof.wrongly_skipped(report("needs PostgreSQL"), proof.ONLY_ON_SERVERS) == ""
    assert "Skipped 1: needs PostgreSQL" in capsys.readouterr().out


def test_a_skip_for_any_other_reason_is_a_failure(report):
    assert "no browser" in proof.wrongly_skipped(report("no browser"), proof.ONLY_ON_SERVERS)


def test_on_the_servers_nothing_that_needs_them_may_be_skipped(report):
    assert proof.wrongly_skipped(report("needs PostgreSQL"), proof.ONLY_EMBEDDED) != ""


def test_the_plain_run_knows_no_server(monkeypatch, tmp_path):
    for name, value in SERVERS.items():
        monkeypatch.setenv(name, value)

    (only,) = proof.planned(options(), tmp_path)

    assert SERVERS.keys().isdisjoint(only.env)


def test_each_round_is_given_what_its_engine_was_migrated_to(monkeypatch, tmp_path):
    for name, value in SERVERS.items():
        monkeypatch.setenv(name, value)

    on_sqlite, on_servers = proof.planned(options(pg=True), tmp_path)

    assert "MIGRATED_SQLITE" in on_sqlite.env
    assert "MIGRATED_POSTGRESQL" not in on_sqlite.env
    assert {"MIGRATED_SQLITE", "MIGRATED_POSTGRESQL"} <= on_servers.env.keys()


def test_pg_adds_a_round_with_real_workers_on_the_servers(monkeypatch, tmp_path):
    for name, value in SERVERS.items():
        monkeypatch.setenv(name, value)

    _, on_servers = proof.planned(options(pg=True), tmp_path)

    assert on_servers.env.items() >= SERVERS.items()
    assert "processes" not in on_servers.marks


def test_pg_without_servers_is_refused_in_a_sentence(monkeypatch, tmp_path):
    for name in SERVERS:
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(SystemExit, match="--pg needs TEST_DATABASE_URL and TEST_REDIS_URL"):
        proof.planned(options(pg=True), tmp_path)


def test_full_is_told_to_the_tests(monkeypatch, tmp_path):
    monkeypatch.setenv("FULL", "1")

    (a_tenth,), (in_full,) = proof.planned(options(), tmp_path), proof.planned(options(full=True), tmp_path)

    assert "FULL" not in a_tenth.env
    assert in_full.env["FULL"] == "1"
