"""What the other processes of a race do. They start empty, so nothing here touches a model before `connect`."""

import time
from datetime import timedelta

import django
from django.apps import apps
from django.db import connections


def connect(settings):
    """Set Django up with the database of the test."""
    django.setup()
    connections.databases["default"] = settings
    connections["default"] = connections.create_connection("default")
    return apps.get_model("records", "JobRun")


def ring(settings, slots, gate, won):
    """Claim a row of slots; say how many were ours."""
    runs = connect(settings)
    gate.wait(60)
    won.put(sum(runs.claim("alerts", str(slot)) is not None for slot in range(slots)))


def hold_for_ever(settings, claimed):
    """Claim a slot and hang in the work."""
    connect(settings).claim("alerts", "1", lease=timedelta(seconds=2))
    claimed.set()
    time.sleep(600)
