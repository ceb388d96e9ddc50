"""The benchmark still runs: a few hundred people, every row once, on a server of its own making."""

import os
import subprocess
import sys

import pytest

from benchmarks.ground import ROOT
from benchmarks.rows import ROWS

pytestmark = pytest.mark.processes


def test_it_prints_a_line_for_everything_it_measures():
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        pytest.skip("needs PostgreSQL")
    command = [sys.executable, "-m", "benchmarks", "--server", server, "--people", "300", "--once"]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr[-3000:]
    for row in ROWS:
        assert f"| {row.name} " in ran.stdout
    assert "| 0 rows changed " in ran.stdout
