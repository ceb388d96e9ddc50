"""Problems in the shape of RFC 9457, for those who ask for it."""

import json

import pytest
from django import forms
from django.test import RequestFactory

from pages.problems import form_errors, problem, wants_json


@pytest.mark.parametrize(
    ("path", "accept", "wanted"),
    [
        ("/people/", "text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/people/", "*/*", False),
        ("/people/", "application/json", True),
        ("/people/", "application/problem+json", True),
        ("/people/", "text/html;q=0.5, application/json", True),
        ("/people/", "", False),
        ("/api/v1/people/", "text/html", True),
    ],
)
def test_whoever_prefers_json_gets_it(path, accept, wanted):
    assert wants_json(RequestFactory().get(path, headers={"accept": accept})) is wanted


def test_a_problem_names_itself():
    response = problem(409, "Already there", "Sent twice", twin="1")

    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Already there",
        "status": 409,
        "detail": "Sent twice",
        "twin": "1",
    }


def test_each_complaint_points_at_its_field():
    class Odd(forms.Form):
        def clean(self):
            raise forms.ValidationError("Not like this")

    form = Odd({})
    form.fields["a/b~c"] = forms.CharField()

    assert form_errors(form) == [
        {"detail": "This field is required.", "pointer": "#/a~1b~0c"},
        {"detail": "Not like this", "pointer": "#"},
    ]


@pytest.mark.parametrize(("status", "address"), [(404, "/nowhere/"), (404, "/accounts/nobody/")])
def test_the_usual_refusals_are_problems_too(client, status, address):
    response = client.get(address, headers={"accept": "application/json"})

    assert response.status_code == status
    assert response.json()["status"] == status
