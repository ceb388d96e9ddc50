"""Pages answer GET, HEAD and POST; whatever else is asked is refused, and tells nothing about records."""

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import FormView

from pages.methods import OF_PAGES, answered_by, any_method


def page(request):
    return HttpResponse("a form")


@method_decorator(any_method, name="dispatch")
class Api(View):
    def patch(self, request):
        return HttpResponse("patched")


class Read(View):
    def get(self, request):
        return HttpResponse("read")


def twice(view):
    """A decorator that keeps a view's name and nothing else."""
    return require_POST(view)


api = Api.as_view()
urlpatterns = [path("page/", page), path("api/", api), path("own/", any_method(page)), path("remove/", twice(page))]


@pytest.mark.parametrize(
    ("view", "methods"),
    [
        (page, OF_PAGES),
        (require_safe(page), ("GET", "HEAD")),
        (require_POST(page), ("POST",)),
        (any_method(require_POST(page)), ()),
        (require_http_methods(["GET", "DELETE"])(page), ("GET", "DELETE")),
        (Read.as_view(), ("GET", "HEAD")),
        (FormView.as_view(), OF_PAGES),
        (api, ()),
    ],
)
def test_a_view_says_what_it_answers(view, methods):
    assert answered_by(view) == methods


@pytest.mark.urls("tests.pages.test_methods")
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_page_refuses_odd_methods_and_names_the_others(client, method):
    response = client.generic(method, "/page/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"
    assert "<h1>" in response.content.decode()


@pytest.mark.urls("tests.pages.test_methods")
def test_what_is_only_sent_cannot_be_opened(client):
    response = client.get("/remove/")

    assert response.status_code == 405
    assert response["Allow"] == "POST"


@pytest.mark.urls("tests.pages.test_methods")
def test_a_program_reads_the_refusal_as_a_problem(client):
    response = client.put("/page/", headers={"accept": "application/json"})

    assert response.json()["status"] == 405


@pytest.mark.urls("tests.pages.test_methods")
def test_an_api_judges_methods_itself(client, ann):
    client.force_login(ann)

    assert client.patch("/api/").content == b"patched"
    assert client.put("/own/").content == b"a form"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_the_secret_of_forms_is_not_asked_for_first(method, client):
    client.handler.enforce_csrf_checks = True

    assert client.generic(method, "/auth/login/").status_code == 405
