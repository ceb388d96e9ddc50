"""Addresses are what Django would look up, and an address of no app is empty."""

from uuid import uuid4

import pytest
from django.urls import reverse

from pages.addresses import page_of, place, place_if_any


def test_a_page_without_arguments():
    assert place("accounts:list") == reverse("accounts:list")


RECORDS = ("accounts:detail", "stakeholders:detail", "relationships:interaction", "sync:import")


@pytest.mark.parametrize("route", RECORDS)
def test_the_page_of_a_record(route):
    pk = uuid4()

    assert page_of(route, pk) == reverse(route, args=[pk])
    assert page_of(route, str(pk)) == page_of(route, pk)


def test_an_app_that_is_not_there_has_no_address():
    assert place_if_any("nobody:knows", 3) == ""
    assert place_if_any("sync:export", "people") == reverse("sync:export", args=["people"])
