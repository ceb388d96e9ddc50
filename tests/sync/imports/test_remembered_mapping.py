"""What was said of headers comes back for the next file that has them."""

import pytest

from sync.models import ImportMapping

pytestmark = pytest.mark.django_db


def test_headers_are_known_in_any_order_and_dress(ann):
    ImportMapping.remember("people", ["Full name", "E-Mail"], ["name", "email"], source="CRM", by=ann)

    found = ImportMapping.recall("people", ["e mail", "FULL NAME"])

    assert found.for_headers(["e mail", "FULL NAME"]) == ["email", "name"]
    assert ImportMapping.recall("people", ["Full name"]) is None


def test_headers_that_differ_in_punctuation_alone_keep_what_each_was_said_to_be(ann):
    headers, targets = ["Name", "Phone 1", "Phone (1)", "Phone-1"], ["name", "mobile", "", "(note)"]
    ImportMapping.remember("people", headers, targets, source="", by=ann)

    assert ImportMapping.recall("people", headers).for_headers(headers) == targets
