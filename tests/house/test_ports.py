import socket
import subprocess
import sys

import pytest
from django.conf import settings

from launch import house


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_passed_over_for_the_next_free_one(taken, monkeypatch):
    monkeypatch.setattr(house, "FIRST_PORT", taken)

    with house.listen(None) as listener:
        port = listener.getsockname()[1]

    assert taken < port < taken + house.PORTS_TRIED


def test_a_fixed_port_that_is_taken_is_refused_in_one_line_before_anything_is_done(taken, tmp_path):
    command = [sys.executable, "run.py", "--port", str(taken)]

    ran = subprocess.run(command, cwd=settings.BASE_DIR, env={"VAR_DIR": str(tmp_path / "var")}, capture_output=True)

    assert ran.returncode == 1
    assert ran.stderr.decode() == f"Port {taken} is taken. Give another with --port, or leave it out.\n"
    assert not (tmp_path / "var").exists()
