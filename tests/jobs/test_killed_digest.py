"""A real process is killed after it took a mail up and before the mail server had it; the next run sends it, once."""

import os
import socket
import threading

import pytest

from tests.jobs import houses

pytestmark = pytest.mark.processes

AGE = """
from django.db.models import F
from reviews.digest import LEASE
from reviews.models import Notification
Notification.objects.update(claimed_at=F("claimed_at") - LEASE)
"""


class MailServer:
    """Takes every connection; answers, and keeps what it is sent, once it is told to."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.is_deaf, self.called, self.mails = True, threading.Event(), []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        held = []
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return  # closed
            self.called.set()
            held.append(connection) if self.is_deaf else self.answer(connection)

    def answer(self, connection: socket.socket) -> None:
        """As much SMTP as one mail needs."""
        with connection, connection.makefile("rwb") as talk:
            say(talk, "220 ready")
            for line in talk:
                word = line[:4].upper()
                if word == b"DATA":
                    say(talk, "354 go on")
                    self.mails.append(b"".join(iter(talk.readline, b".\r\n")).decode())
                say(talk, "221 bye" if word == b"QUIT" else "250 fine")

    def close(self) -> None:
        self.socket.close()


def say(talk, text: str) -> None:
    talk.write(text.encode() + b"\r\n")
    talk.flush()


@pytest.fixture
def mail_server():
    server = MailServer()
    yield server
    server.close()


@pytest.fixture(params=["embedded", "servers"])
def house(request, tmp_path, mail_server):
    """One person never contacted, and an alert that waits to be told."""
    urls = [os.environ.get(name) for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL")]
    if request.param == "servers" and not all(urls):
        pytest.skip("needs PostgreSQL")
    house = houses.on_sqlite(tmp_path) if request.param == "embedded" else houses.on_servers(tmp_path, *urls)
    house.env["MAIL_URL"] = f"smtp://127.0.0.1:{mail_server.port}"
    try:
        house.python("-m", "tests.jobs.crowd", 1)
        house.python("-m", "tests.jobs.every_day_works")
        house.python("manage.py", "open_alerts")
        yield house
    finally:
        house.close()
        if request.param == "servers":
            houses.drop(urls[0])


def state(house) -> tuple[bool, bool]:
    """Whether it is taken up, and whether it counts as told."""
    claimed_at, sent_at = house.ask("SELECT claimed_at, sent_at FROM reviews_notification")
    return claimed_at is not None, sent_at is not None


def test_killed_between_claim_and_send_it_is_sent_by_the_next_run(house, mail_server):
    killed = house.start("manage.py", "send_digests")
    assert mail_server.called.wait(timeout=180)
    assert state(house) == (True, False)
    house.kill(killed)
    mail_server.is_deaf = False

    house.python("manage.py", "send_digests")
    assert mail_server.mails == []  # it might still be on its way
    house.python("manage.py", "shell", "-v", "0", "-c", AGE)  # as if that long had passed
    house.python("manage.py", "send_digests")
    house.python("manage.py", "send_digests")

    assert len(mail_server.mails) == 1
    assert "P 0: never contacted" in mail_server.mails[0]
    assert state(house) == (True, True)
