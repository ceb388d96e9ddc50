"""Two colleagues at one tree: their changes take turns, so that no place is lost and no loop closes."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import OrgUnit
from accounts.trees import place_trees
from tests.at_once import meanwhile
from tests.factories import OrgUnitFactory
from tests.records.engines import needs_postgresql

pytestmark = [needs_postgresql, pytest.mark.django_db(transaction=True)]


def test_a_unit_added_while_the_one_above_is_renamed_gets_the_new_path(acme, ann):
    head = OrgUnitFactory(account=acme, name="Head office")

    def rename():
        head.change(by=ann, name="Zentrale")
        yield

    meanwhile(rename, lambda: OrgUnit.add(acme, by=ann, name="IT", parent=OrgUnit.objects.get(pk=head.pk)))

    assert place_trees(OrgUnit.objects.present(), [acme.pk]) == 0


def test_two_units_cannot_be_put_below_each_other_at_once(acme, ann):
    one, other = OrgUnitFactory(account=acme), OrgUnitFactory(account=acme)

    def put_below():
        OrgUnit.objects.get(pk=one.pk).change(by=ann, parent=other)
        yield

    with pytest.raises(ValidationError, match="a loop is refused"):
        meanwhile(put_below, lambda: OrgUnit.objects.get(pk=other.pk).change(by=ann, parent=one))

    other.refresh_from_db()
    assert other.parent is None


def test_a_form_that_holds_a_unit_and_a_change_above_it_do_not_wait_for_each_other(acme, ann):
    head = OrgUnitFactory(account=acme, name="Head office")
    below = OrgUnitFactory(account=acme, name="IT", parent=head)

    def send_the_form():
        row = OrgUnit.objects.of(acme).locked(below.pk)
        yield
        row.change(by=ann, name="Information technology")

    meanwhile(send_the_form, lambda: OrgUnit.objects.get(pk=head.pk).change(by=ann, name="Zentrale"))

    assert set(OrgUnit.objects.values_list("name", flat=True)) == {"Zentrale", "Information technology"}
    assert place_trees(OrgUnit.objects.present(), [acme.pk]) == 0
