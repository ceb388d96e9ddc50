"""htmx's manners: whole pages for a sign-in, 422 for a form, one answer per set of headers, and messages told once."""

import json

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django_htmx.middleware import HtmxDetails

from pages import htmx

PARTS = {"HX-Request": "true", "HX-Current-URL": "http://testserver/people/?q=wang"}


def saved(request):
    htmx.toast(request, "Li Wei 李伟 snoozed", undo="/undo/")
    return htmx.done("alert-snoozed")


def shown(request):
    htmx.toast(request, "Saved")
    return render(request, "404.html")


def left(request):
    htmx.toast(request, "Saved")
    return htmx.go(request, "/people/")


def moved(request):
    htmx.toast(request, "Saved")
    return redirect("/saved/")


urlpatterns = [path("", include("config.urls"))]
urlpatterns += [path(f"{view.__name__}/", view) for view in (saved, shown, left, moved)]

ours = pytest.mark.urls("tests.pages.test_htmx")


@pytest.fixture
def signed_in(client, ann):
    client.force_login(ann)
    return client


def headed(rf, **headers):
    request = rf.get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


def test_without_session_a_part_leads_the_whole_page_to_sign_in(client):
    response = client.get("/gallery/", headers=PARTS)

    assert response.status_code == 200
    assert response["HX-Redirect"] == "/auth/login/?next=/people/%3Fq%3Dwang"


def test_without_session_a_page_is_redirected(client):
    response = client.get("/gallery/")

    assert response.status_code == 302
    assert response["Location"] == "/auth/login/?next=/gallery/"


def test_a_page_elsewhere_is_no_way_back(client):
    response = client.get("/gallery/", headers=PARTS | {"HX-Current-URL": "https://evil.example/x"})

    assert response["HX-Redirect"] == "/auth/login/?next=/"


def test_answers_vary_on_what_htmx_says(signed_in):
    varied = signed_in.get("/gallery/")["Vary"]

    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in varied.split(",")}


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({}, ""),
        ({"HX-Request": "true", "HX-Target": "people-rows"}, "people-rows"),
        ({"HX-Request": "true", "HX-Target": "div#people-rows"}, "people-rows"),
        ({"HX-Request": "true"}, ""),
        ({"HX-Request": "true", "HX-Target": "people-rows", "HX-History-Restore-Request": "true"}, ""),
    ],
)
def test_the_target_chooses_the_template(rf, headers, found):
    assert htmx.target(headed(rf, **headers)) == found


@ours
def test_a_message_reaches_the_page_that_stays(signed_in):
    response = signed_in.get("/saved/", headers=PARTS)

    events = json.loads(response["HX-Trigger"])
    assert response.status_code == 204
    assert events["alert-snoozed"] == {}
    assert events["toast"] == {"toasts": [{"text": "Li Wei 李伟 snoozed", "tone": "success", "undo": "/undo/"}]}
    assert response["HX-Trigger"].isascii()


@ours
def test_a_message_is_told_once(signed_in):
    signed_in.get("/saved/", headers=PARTS)

    assert "Li Wei 李伟 snoozed" not in signed_in.get("/gallery/").content.decode()


@ours
def test_a_message_already_on_the_page_is_not_told_again(signed_in):
    response = signed_in.get("/shown/", headers=PARTS)

    assert "HX-Trigger" not in response
    assert response.content.decode().count("<p>Saved</p>") == 1


@ours
@pytest.mark.parametrize(("address", "headers"), [("/left/", PARTS), ("/left/", {})])
def test_a_message_waits_for_the_next_page(signed_in, address, headers):
    response = signed_in.get(address, headers=headers)

    assert "HX-Trigger" not in response
    assert "<p>Saved</p>" in signed_in.get("/gallery/").content.decode()


@ours
def test_a_redirect_keeps_its_message_for_where_it_leads(signed_in):
    signed_in.get("/moved/", headers=PARTS)

    toasts = json.loads(signed_in.get("/saved/", headers=PARTS)["HX-Trigger"])["toast"]["toasts"]
    assert [toast["text"] for toast in toasts] == ["Saved", "Li Wei 李伟 snoozed"]


def test_events_are_announced_beside_each_other():
    response = htmx.announce(HttpResponse(), "interaction-logged", "tray-changed", id="1")

    assert json.loads(response["HX-Trigger"]) == {"interaction-logged": {"id": "1"}, "tray-changed": {"id": "1"}}


def test_an_undo_is_a_form_with_its_secret(signed_in, rf):
    request = signed_in.get("/gallery/").wsgi_request

    messages.success(request, "Removed", extra_tags="/people/1/restore/")
    page = render(request, "pages/gallery.html").content.decode()

    assert '<form method="post" action="/people/1/restore/">' in page
