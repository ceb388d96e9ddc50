"""The doors of a product at an https address, served by three processes: headers, cookies, sessions, tries."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.served.product import PASSWORD, Product, Visitor

pytestmark = pytest.mark.processes

NAME = "https://eyes.example"
LOGIN = "/auth/login/"
CHOSEN = "a" * 32
ANN = "ann@two-eyes.example"
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("product")
    env = {"WEB_CONCURRENCY": "3", "PUBLIC_URL": NAME, "ALLOWED_HOSTS": "eyes.example,127.0.0.1"}
    product = Product(folder, f"sqlite:///{folder / 'two-eyes.sqlite3'}", **env)
    try:
        product.scene = product.prepare()
        product.serve()
        yield product
    finally:
        product.close()


@pytest.fixture
def visitor(house):
    return behind_the_proxy(house)


def behind_the_proxy(house, client="203.0.113.7"):
    headers = {"Host": "eyes.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": client}
    return Visitor(house.address, **headers | {"Referer": NAME + "/"})


def signing_in(visitor, email=ANN, password=PASSWORD, **more):
    visitor.get(LOGIN)
    return visitor.post(LOGIN, {"login": email, "password": password, **more})


@pytest.mark.parametrize("path", [LOGIN, "/", "/nowhere/", "/healthz"])
def test_every_answer_is_guarded(path, visitor):
    headers = visitor.get(path).headers

    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not re.search(r"\d", headers["Server"])


def test_refusals_are_guarded_as_well(visitor):
    for answer in (visitor.ask("PUT", "/"), visitor.get(LOGIN + "?q=%00")):
        assert answer.status_code in (400, 405)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY


def test_static_files_are_what_they_say_and_last(visitor):
    stylesheet = visitor.get(re.search(r'/static/css/[^"]+', visitor.get(LOGIN).text)[0])

    assert stylesheet.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in stylesheet.headers["Cache-Control"]


def test_without_https_it_leads_there(house):
    answer = Visitor(house.address, Host="eyes.example").get("/people/?q=1")

    assert answer.status_code == 301
    assert answer.headers["Location"] == NAME + "/people/?q=1"


def test_another_name_is_refused(house):
    assert Visitor(house.address, Host="evil.example").get(LOGIN).status_code == 400


def test_cookies_travel_by_https_and_to_us_alone(visitor):
    answer = signing_in(visitor)

    cookies = {cookie.name: cookie for cookie in visitor.session.cookies}
    session = cookies["sessionid"]
    assert answer.status_code == 302
    assert all(cookie.secure for cookie in cookies.values())
    assert session.has_nonstandard_attr("HttpOnly")
    assert session.get_nonstandard_attr("SameSite") == "Lax"
    assert not session.domain_specified


def test_a_session_chosen_by_somebody_else_is_not_taken_over(house, visitor):
    visitor.session.cookies.set("sessionid", CHOSEN)

    signing_in(visitor)

    assert CHOSEN not in {cookie.value for cookie in visitor.session.cookies if cookie.domain}
    assert behind(house, CHOSEN).get("/people/").status_code == 302


def test_signing_in_again_and_out_ends_the_session_before(house, visitor):
    signing_in(visitor)
    first = visitor.session.cookies.get("sessionid")

    visitor.post("/auth/logout/")

    assert behind(house, first).get("/people/").status_code == 302


def behind(house, session):
    """A browser that holds this session."""
    visitor = behind_the_proxy(house)
    visitor.session.cookies.set("sessionid", session)
    return visitor


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_to_us_alone(elsewhere, visitor):
    answer = signing_in(visitor, next=elsewhere)

    assert answer.headers["Location"] == "/"


def test_a_form_from_another_site_is_refused(visitor):
    visitor.get(LOGIN)
    visitor.session.headers["Referer"] = "https://evil.example/"

    assert visitor.post(LOGIN, {"login": ANN, "password": PASSWORD}).status_code == 403


def test_three_processes_count_the_same_tries(house):
    """Eight at once, from eight places: no more than five passwords are tried for one person."""

    def tries(number):
        visitor = behind_the_proxy(house, f"198.51.100.{number}")
        return [signing_in(visitor, "ben@two-eyes.example", "wrong").text for _ in range(4)]

    with ThreadPoolExecutor(8) as pool:
        answers = [text for answers in pool.map(tries, range(8)) for text in answers]

    assert sum("are not correct" in text for text in answers) == 5
    assert sum("Too many failed login attempts" in text for text in answers) == 27


def test_somebody_else_is_not_kept_out_by_them(house):
    answers = [signing_in(behind_the_proxy(house, "198.51.100.7"), f"{n}@two-eyes.example", "wrong") for n in range(11)]

    from_there = signing_in(behind_the_proxy(house, "198.51.100.7"))
    from_elsewhere = signing_in(behind_the_proxy(house, "198.51.100.8"))

    assert "Too many failed login attempts" in answers[-1].text
    assert from_there.status_code == 200
    assert from_elsewhere.status_code == 302


def test_whoever_tries_too_often_is_told_to_wait(house):
    visitor = behind_the_proxy(house, "198.51.100.200")
    answers = [signing_in(visitor, f"{number}@two-eyes.example", "wrong") for number in range(31)]

    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"]
    assert "Too many tries" in answers[-1].text
