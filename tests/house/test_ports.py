import socket

import pytest

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


def test_a_fixed_port_that_is_taken_is_refused_in_a_sentence(taken):
    with pytest.raises(SystemExit, match=f"Port {taken} is taken"):
        house.listen(taken)
