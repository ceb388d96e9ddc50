"""Somebody who signs in and asks, over one connection that stays open."""

import http.client
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

IDLE = 30  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took until the last byte."""

    status: int
    seconds: float
    size: int
    location: str = ""


class Visitor:
    """A browser as far as the server can tell: cookies, keep-alive, gzip."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port, self.cookies = port, dict(cookies or {})
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.asked_at = 0.0

    def sign_in(self, path: str, **sent: str) -> "Visitor":
        """By the form at this address."""
        self.get(path)
        answer = self.post(path, sent)
        assert answer.status == 302, f"not let in at {path}: {answer.status}"
        return self

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, values: dict[str, Any]) -> Answer:
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **values}
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(sent, doseq=True), kind)

    def ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        """One request; whatever it sets is sent with the next one."""
        own = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Encoding": "gzip",
            "Referer": f"http://127.0.0.1:{self.port}/",
        }
        if time.perf_counter() - self.asked_at > IDLE:
            self.connection.close()  # and open it anew, before the server gives it up
        self.asked_at = began = time.perf_counter()
        self.connection.request(method, path, body, own | headers)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(response.status, seconds, len(content), response.headers.get("Location", ""))
