"""A row's check constraints are asked about together, and each by itself only when one does not hold."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.models import Stakeholder


def told(person, **options) -> set[str]:
    """The names of the constraints that a validation complains of."""
    names = {each.get_violation_error_message(): each.name for each in person._meta.constraints}
    with pytest.raises(ValidationError) as refused:
        person.validate_constraints(**options)
    return {names[message] for message in refused.value.messages}


def test_what_holds_is_asked_for_in_one_query(acme):
    with CaptureQueriesContext(connection) as seen:
        Stakeholder(account=acme, name="Li Wei").validate_constraints()

    assert sum("_check" in query["sql"] for query in seen) == 1


def test_every_constraint_that_does_not_hold_is_told(acme):
    person = Stakeholder(account=acme, name="", key_override="in", gap_override=0)

    broken = {"stakeholder_has_name", "stakeholder_override_has_reason", "stakeholder_gap_range"}
    assert told(person) == broken
    assert told(person) == broken  # and again


def test_a_constraint_that_names_a_field_left_out_is_not_judged(acme):
    person = Stakeholder(account=acme, name="", key_override="in", gap_override=0)

    assert told(person, exclude={"name", "key_override_reason"}) == {"stakeholder_gap_range"}
    person.validate_constraints(exclude={"name", "key_override_reason", "gap_override"})


def test_nothing_known_holds_as_in_the_database(acme):
    """NULL breaks no constraint."""
    Stakeholder(account=acme, name="Li Wei", gap_override=None, ceiling_override=None).validate_constraints()
    assert told(Stakeholder(account=acme, name="Li Wei", gap_override=None, ceiling_override=99)) == {
        "stakeholder_ceiling_range"
    }
