"""A shelf with a book, and mia, who writes."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pytest

from records.identity import new_id
from records.models import ChangeLog
from tests.shelf.models import Book, Shelf


@dataclass
class Writer:
    """What records ask of a user, and no more."""

    pk: UUID = field(default_factory=new_id)
    client: str = "web"
    acting_at: datetime | None = None
    sees: set = field(default_factory=set)


@pytest.fixture
def mia():
    return Writer()


@pytest.fixture
def shelf(db, mia):
    return Shelf(name="Go").keep(by=mia)


@pytest.fixture
def book(shelf, mia):
    return Book(shelf=shelf, title="Shape up").keep(by=mia)


@pytest.fixture
def logged():
    """What the change log says of a record: operation and version, in order."""
    return lambda record: list(
        ChangeLog.objects.filter(object_id=record.pk).order_by("id").values_list("op", "version")
    )


@pytest.fixture
def accounts():
    """Between which accounts a record moved, in order."""
    return lambda record: list(
        ChangeLog.objects.filter(object_id=record.pk).order_by("id").values_list("account_before", "account_after")
    )
