"""What the settings make of their environment, asked of a fresh process."""

import json
import subprocess
import sys

import pytest
from django.conf import settings as product

GIVEN = {"SECRET_KEY": "secret", "PUBLIC_URL": "http://127.0.0.1:8000", "ALLOWED_HOSTS": "127.0.0.1"}
ASK = "import json; from config import settings as s; print(json.dumps({name: getattr(s, name) for name in %r}))"


def ask(*names, **env):
    return subprocess.run(
        [sys.executable, "-c", ASK % (names,)], cwd=product.BASE_DIR, env=env, capture_output=True, text=True
    )


@pytest.mark.parametrize("folder", ["with space", "c#", "50%20+", "客户"])
def test_the_database_lies_in_its_folder_whatever_that_is_called(folder, tmp_path):
    var = tmp_path / folder

    answer = ask("DATABASES", **GIVEN, VAR_DIR=str(var))

    assert json.loads(answer.stdout)["DATABASES"]["default"]["NAME"] == str(var / "two-eyes.sqlite3")


@pytest.mark.parametrize("missing", GIVEN)
def test_without_what_it_needs_it_does_not_start_and_says_so(missing, tmp_path):
    answer = ask("DEBUG", **{**GIVEN, missing: "", "VAR_DIR": str(tmp_path)})

    assert answer.returncode != 0
    assert f"Set {missing} in the environment" in answer.stderr


@pytest.mark.parametrize("url", ["", "postgres://two_eyes@127.0.0.1/two_eyes"])
def test_connections_to_the_database_stay_open(url, tmp_path):
    answer = ask("DATABASES", **GIVEN, VAR_DIR=str(tmp_path), **({"DATABASE_URL": url} if url else {}))

    assert json.loads(answer.stdout)["DATABASES"]["default"]["CONN_MAX_AGE"] > 0


def test_a_server_that_vanished_is_given_up_unless_the_address_says_otherwise(tmp_path):
    url = "postgres://two_eyes@127.0.0.1/two_eyes?connect_timeout=60"

    options = json.loads(ask("DATABASES", **GIVEN, VAR_DIR=str(tmp_path), DATABASE_URL=url).stdout)
    options = options["DATABASES"]["default"]["OPTIONS"]

    assert options["connect_timeout"] == 60
    assert options["tcp_user_timeout"] > 0


@pytest.mark.parametrize(
    ("address", "given", "count"),
    [("http://eyes", {}, 0), ("https://eyes", {}, 1), ("https://eyes", {"TRUSTED_PROXIES": "2"}, 2)],
)
def test_behind_https_a_proxy_tells_who_asks(address, given, count, tmp_path):
    answer = ask("ALLAUTH_TRUSTED_PROXY_COUNT", **{**GIVEN, "PUBLIC_URL": address}, VAR_DIR=str(tmp_path), **given)

    assert json.loads(answer.stdout)["ALLAUTH_TRUSTED_PROXY_COUNT"] == count


def test_an_https_address_makes_cookies_secure(tmp_path):
    answer = ask(
        "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", **{**GIVEN, "PUBLIC_URL": "https://eyes"}, VAR_DIR=str(tmp_path)
    )

    assert json.loads(answer.stdout) == {"SESSION_COOKIE_SECURE": True, "SECURE_SSL_REDIRECT": True}
