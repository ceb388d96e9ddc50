"""`python3 run.py test`: the suite on SQLite, and on request PostgreSQL, the browser, style and types."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launch import quality
from launch.installing import install, one_at_a_time
from launch.places import PYTHON, ROOT, say

NO_TESTS_RAN = 5
ENGINE_VARIABLES = ("TEST_DATABASE_URL", "TEST_REDIS_URL")
# What a run says of itself to its tests, some of which run this command.
OWN_VARIABLES = ("DJANGO_SETTINGS_MODULE", "FULL", "PYTEST_TIMEOUT", "MIGRATED_SQLITE", "MIGRATED_POSTGRESQL")
MIGRATED = [PYTHON, "-m", "tests.migrated"]
# The only reasons for which a test may be skipped, and only where the other round runs it.
ONLY_ON_SERVERS = frozenset({"needs PostgreSQL", "needs Redis"})
ONLY_EMBEDDED = frozenset({"needs SQLite"})
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ON_A_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@dataclass(frozen=True)
class Round:
    """One run of pytest: which tests, on which engines, and the only reasons for which a test may be skipped."""

    name: str
    marks: str
    env: dict[str, str]
    may_skip: frozenset[str]
    # Processes that test at once; one more than there are cores where many tests wait for others.
    at_once: int = 2


def run(options: argparse.Namespace, rest: Sequence[str]) -> int:
    """Everything that was asked for, to the end, also after a failure. 0 when all of it is well."""
    with one_at_a_time():
        install("requirements.txt", "requirements-dev.txt")
        if options.e2e or options.qa:
            install("requirements-qa.txt")
    with tempfile.TemporaryDirectory(prefix="two-eyes-tests-") as folder:
        rounds = planned(options, Path(folder))
        compile_translations(rounds[0].env)
        verdicts = quality.verdicts(rounds[0].env) if options.qa else {}
        with migrated([each.env for each in rounds]):
            verdicts |= {each.name: pytest(each, rest, Path(folder)) for each in rounds}
    say("\n" + "\n".join(f"{name:<32}{verdict or 'ok'}" for name, verdict in verdicts.items()))
    return int(any(verdicts.values()))


def compile_translations(env: Mapping[str, str]) -> None:
    """Once and before all, since the tests run in several processes and some read Chinese."""
    env = {**env, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([PYTHON, "manage.py", "compile_translations"], cwd=ROOT, env=env, check=True)


@contextmanager
def migrated(envs: Sequence[Mapping[str, str]]) -> Iterator[None]:
    """While this lasts, each engine that a round uses has a database to copy, since migrations take ten seconds."""
    env = {name: value for each in envs for name, value in each.items()}
    subprocess.run(MIGRATED, cwd=ROOT, env=env, check=True)
    try:
        yield
    finally:
        subprocess.run([*MIGRATED, "--drop"], cwd=ROOT, env=env, check=True)


def planned(options: argparse.Namespace, folder: Path) -> list[Round]:
    env = base_environment(options, folder)
    embedded = {name: value for name, value in env.items() if name not in ENGINE_VARIABLES}
    env |= {"MIGRATED_POSTGRESQL": f"two_eyes_migrated_{os.getpid()}"}
    rounds = [Round("Tests on SQLite", "not e2e and not processes", embedded, ONLY_ON_SERVERS)]
    if options.pg:
        if missing := [name for name in ENGINE_VARIABLES if not env.get(name)]:
            sys.exit(f"--pg needs {' and '.join(missing)} in the environment.")
        rounds.append(Round("Tests on PostgreSQL and Redis", "not e2e", env, ONLY_EMBEDDED, 3))
    if options.e2e:
        rounds.append(Round("Browser and run.py", "e2e", embedded | {"CHROMIUM_PATH": chromium()}, frozenset(), 3))
    return rounds


def base_environment(options: argparse.Namespace, folder: Path) -> dict[str, str]:
    """Tests write below a folder that is gone afterwards, and know whether the heavy figures are asked for in full."""
    env = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    places = {"VAR_DIR": str(folder / "var"), "MIGRATED_SQLITE": str(folder / "migrated.sqlite3")}
    in_full = {"FULL": "1", "PYTEST_TIMEOUT": "0"}  # there a test may take hours
    return env | places | (in_full if options.full else {})


def chromium() -> str:
    """The browser that is there; none is ever downloaded."""
    for candidate in (os.environ.get("CHROMIUM_PATH"), *CHROMIUM_NAMES, CHROMIUM_ON_A_MAC):
        if path := shutil.which(candidate or ""):
            return path
    sys.exit("--e2e needs Chromium: install Debian's package chromium, or give its path in CHROMIUM_PATH.")


def pytest(each: Round, rest: Sequence[str], folder: Path) -> str:
    """What is wrong with this round, or nothing."""
    say(f"\n{each.name}")
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    command = [PYTHON, "-m", "pytest", "-n", str(each.at_once), "-m", each.marks, f"--junitxml={report}", *rest]
    code = subprocess.run(command, cwd=ROOT, env=each.env).returncode
    if code == NO_TESTS_RAN:
        return "no test ran"
    return f"failed ({code})" if code else wrongly_skipped(report, each.may_skip)


def wrongly_skipped(report: Path, allowed: frozenset[str]) -> str:
    """Say how many tests were skipped and why; a reason nobody agreed to is a failure."""
    reasons = Counter(skip.get("message", "") for skip in ElementTree.parse(report).iter("skipped"))
    for reason, count in reasons.items():
        say(f"Skipped {count}: {reason}")
    surprises = [reason for reason in reasons if reason not in allowed]
    return f"unexpected skips: {'; '.join(surprises)}" if surprises else ""
