"""Text that no column can hold is refused before anything reads it, with a sentence and never a 500."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from pages.middleware import CleanInputMiddleware

POST_OFFICE = RequestFactory()


def answer(request):
    return CleanInputMiddleware(lambda request: HttpResponse("through"))(request)


@pytest.mark.parametrize(
    "request_",
    [
        POST_OFFICE.get("/people/", {"q": "wang\0"}),
        POST_OFFICE.get("/people/", {"q\0": "wang"}),
        POST_OFFICE.get("/people/%00/"),
        POST_OFFICE.post("/people/", {"name": "Wang\0Wei"}),
        POST_OFFICE.post("/people/", {"name": ["fine", "\0"]}),
    ],
)
def test_a_nul_is_refused(request_):
    response = answer(request_)

    assert response.status_code == 400
    assert "cannot be read" in response.content.decode()


def test_half_of_a_surrogate_pair_in_another_encoding_is_refused():
    response = answer(POST_OFFICE.get("/search/?q=%2B2AA-", CONTENT_TYPE="text/plain; charset=utf-7"))

    assert response.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        r'"\u0000"',
        r'"\ud800"',
        r'"\uDC00"',
        r'"\ud800\ud800"',
        r'"\ud800x\udc00"',
        r'"\udc00\ud800"',
        r'"\\\u0000"',
        r'"\ud83d\n\ude00"',
    ],
)
def test_json_that_writes_no_text_is_refused(body):
    response = answer(POST_OFFICE.post("/api/v1/people/", body, content_type="application/json"))

    assert response.status_code == 400
    assert json.loads(response.content)["status"] == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [r'"\ud83d\ude00"', r'"\\u0000"', r'"\\ud800"', '"王伟 😀"', r'"\u738b"', "", "{"])
def test_json_that_writes_text_goes_through(body):
    response = answer(POST_OFFICE.post("/api/v1/people/", body, content_type="application/json"))

    assert response.content == b"through"


def test_broken_utf8_in_an_address_goes_through_replaced():
    request = POST_OFFICE.get("/people/?q=%ED%A0%80")

    assert answer(request).content == b"through"
    assert request.GET["q"].isprintable() is False or "\ufffd" in request.GET["q"]


def test_a_file_may_hold_any_byte():
    request = POST_OFFICE.put("/import/", b"\0\0", content_type="application/octet-stream")

    assert answer(request).content == b"through"


def test_the_sentence_comes_in_the_language_the_browser_prefers(client):
    response = client.get("/gallery/", {"q": "\0"}, headers={"accept-language": "zh-CN,zh;q=0.9"})

    assert response.status_code == 400
    assert '<html lang="zh-hans">' in response.content.decode()
