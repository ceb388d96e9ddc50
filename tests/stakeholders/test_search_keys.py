"""The keys people and posts are found by: what stands in them, how they came apart, and two writers at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction

from accounts.models import OrgUnit
from stakeholders.derived import refresh_people
from stakeholders.models import Position, Stakeholder
from stakeholders.search_keys import forms_of_contact, key_of_person, key_of_post
from tests.factories import OrgUnitFactory, StakeholderFactory
from tests.records.engines import needs_postgresql

A_MOMENT = 0.5


def test_a_person_is_found_by_every_name_and_contact():
    key = key_of_person("王伟", "David Wang，小王", ["+8613800138000", "Wang@Example.com"])

    assert {"王伟", "wangwei", "ww", "david wang", "小王", "+8613800138000", "wang@example.com"} <= set(key.split("\n"))


def test_contacts_stand_in_one_order_whatever_order_they_came_in():
    assert key_of_person("A", "", ["y", "x"]) == key_of_person("A", "", ["x", "y"]) == "a\nx\ny"


@pytest.mark.parametrize(
    ("title", "unit", "key"),
    [("Ｈead", "网络部", "head\n网络部"), ("", "Board", "board"), ("Board", "Board", "board"), ("", "", "")],
)
def test_a_post_is_found_by_title_and_unit(title, unit, key):
    assert key_of_post(title, unit) == key


def test_a_phone_has_three_forms_and_anything_else_its_own():
    assert forms_of_contact("138 0013 8000", "+8613800138000", is_phone=True) == [
        "138 0013 8000",
        "+8613800138000",
        "8613800138000",
    ]
    assert forms_of_contact("wei", "wei", is_phone=False) == ["wei"]


@pytest.mark.django_db
def test_keys_of_an_older_release_are_parted(acme, ann):
    unit = OrgUnitFactory(account=acme, name="网络部")
    contacts = [{"kind": "mobile", "value": "138 0013 8000"}, {"kind": "wechat", "value": "wangwei"}]
    person = StakeholderFactory(account=acme, name="王伟", title="Head", unit=unit, contacts=contacts)
    right = StakeholderFactory(account=acme, name="Li Na", title="Clerk")
    keys = person.search_key, person.positions.get().search_key
    Stakeholder.objects.filter(pk=person.pk).update(search_key="王伟\nhead\n网络部")
    Position.objects.filter(stakeholder=person).update(search_key="")
    version = right.version

    import_module("stakeholders.migrations.0005_part_search_keys").part(apps, None)

    person.refresh_from_db()
    assert (person.search_key, person.positions.get().search_key) == keys
    assert Stakeholder.objects.get(pk=right.pk).version == version
    assert refresh_people([person.pk, right.pk]) == 0


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_unit_is_renamed_while_somebody_in_it_gets_another_title(acme, ann):
    unit = OrgUnitFactory(account=acme, name="Old")
    person = StakeholderFactory(account=acme, title="Clerk", unit=unit)
    renaming = threading.Event()

    def correct():
        renaming.wait()
        try:
            person.positions.get().correct(by=ann, title="Head")
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            Stakeholder.objects.hold([person.pk])  # as far as the rename has come
            renaming.set()
            waiting = pool.submit(correct)
            threading.Event().wait(A_MOMENT)
            OrgUnit.objects.get(pk=unit.pk).change(by=ann, name="New")
        waiting.result()

    assert person.positions.get().search_key == "head\nnew"
