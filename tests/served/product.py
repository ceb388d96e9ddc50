"""A whole product of its own for one file of tests, and somebody who uses it by its pages and forms."""

import json
import os
import signal
import socket
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import requests

from tests import migrated
from tests.jobs.house import ROOT, House

PASSWORD = "two-eyes-live-7"


class Product(House):
    """An installation that is served, as `docs/operations.md` tells; its socket stays while the server starts again."""

    def __init__(self, folder: Path, database_url: str, redis_url: str = "", **env: str) -> None:
        super().__init__(folder, database_url, redis_url)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.env |= {"PUBLIC_URL": self.address, "ALLOWED_HOSTS": "127.0.0.1"} | env
        self.web: subprocess.Popen | None = None

    def prepare(self) -> dict[str, str]:
        """Everything before the first start, with ann, ben, Acme and its people; their names and keys."""
        migrated.lay_out(self)
        for words in (["createcachetable", "-v", "0"], ["compile_translations"]):
            self.python("manage.py", *words)
        self.python("manage.py", "collectstatic", "--no-input", "-v", "0")
        self.python("-m", "tests.served.scene", self.folder / "scene.json")
        return json.loads((self.folder / "scene.json").read_text())

    def serve(self) -> None:
        """Start the server and wait for its first answer."""
        bind = f"fd://{self.listener.fileno()}"
        command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", bind, "config.wsgi"]
        with open(self.folder / "web.log", "ab") as log:
            self.web = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True,
                pass_fds=(self.listener.fileno(),),
            )  # fmt: skip
        self.wait_until(self.answers, within=180, every=0.1)

    def answers(self) -> bool:
        try:
            return bool(requests.get(self.address + "/healthz", timeout=5))
        except requests.RequestException:
            return False

    @property
    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "web.log").read_text(errors="replace")

    def close(self) -> None:
        if self.web:
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
        self.listener.close()
        super().close()


class Visitor:
    """Somebody with a browser that runs no script."""

    def __init__(self, address: str, **headers: str) -> None:
        self.address, self.session = address, requests.Session()
        self.session.trust_env = False
        self.session.headers.update({"Referer": address + "/", "Connection": "close", **headers})

    def get(self, path: str, **options) -> requests.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, values: dict | None = None, **options) -> requests.Response:
        token = self.session.cookies.get("csrftoken") or ""
        sent = {"csrfmiddlewaretoken": token, **(values or {})}
        return self.ask("POST", path, data=sent, **options)

    def ask(self, method: str, path: str, **options) -> requests.Response:
        """Secure cookies go along also where this visitor plays the proxy that ends https."""
        headers = {"Cookie": "; ".join(f"{each.name}={each.value}" for each in self.session.cookies)}
        headers |= options.pop("headers", {})
        return self.session.request(
            method, self.address + path, headers=headers, allow_redirects=False, timeout=60, **options
        )

    def sign_in(self, email: str, password: str = PASSWORD) -> "Visitor":
        self.get("/auth/login/")
        answer = self.post("/auth/login/", {"login": email, "password": password})
        assert answer.status_code == 302, answer.text
        return self

    def form(self, path: str) -> dict[str, list[str]]:
        """What the page's largest form would send as it stands."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return max(Forms(answer.text).found, key=len)


class Forms(HTMLParser):
    """Every form of a page, by what it would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, list[str]]] = [{}]
        self.area = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append({})
        elif tag == "input" and given.get("name") and self.is_sent(given):
            self.add(given["name"], given.get("value") or "")
        elif tag == "textarea":
            self.area = given.get("name") or ""
            self.found[-1][self.area] = [""]
        elif tag == "select":
            self.select = given.get("name") or ""
        elif tag == "option" and self.select and "selected" in given:
            self.add(self.select, given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[-1][self.area][0] += data.removeprefix("\n")

    def add(self, name: str, value: str) -> None:
        self.found[-1].setdefault(name, []).append(value)

    @staticmethod
    def is_sent(given: dict) -> bool:
        kind = given.get("type")
        return kind not in ("submit", "button", "file") and ("checked" in given or kind not in ("checkbox", "radio"))


def path_of(answer: requests.Response) -> str:
    """Where a redirect leads."""
    return urlsplit(answer.headers["Location"]).path
