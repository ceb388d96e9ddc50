"""Two colleagues at once: neither contact is lost from the stored state."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from relationships.contact_state import rebuild
from tests.factories import StakeholderFactory, visit
from tests.records.engines import needs_postgresql

A_MOMENT = 0.5


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_visits_logged_at_once_both_count(acme, ann, ben):
    person = StakeholderFactory(account=acme)
    today = acme.today()
    first_is_written = threading.Event()

    def second():
        first_is_written.wait()
        try:
            visit(person, by=ben, held_on=today - timedelta(days=9))
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            visit(person, by=ann, held_on=today)
            first_is_written.set()
            waiting = pool.submit(second)
            threading.Event().wait(A_MOMENT)  # the second has read its part by now, unless it waits for us
        waiting.result()

    assert person.contact_states.get().last_contact_on == today
    assert rebuild([person.pk]) == 0
