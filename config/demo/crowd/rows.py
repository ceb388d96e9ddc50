"""Rows by the hundred thousand: COPY on PostgreSQL, one prepared statement on SQLite.

They pass the verbs by, so whoever adds one has worked out what follows from it.
"""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

from django.db import connection, models

from accounts.models import AccountMember, OrgUnit
from relationships.models import Colleague, ContactState, Interaction, Participant
from stakeholders.models import ContactMethod, DecisionRole, Position, Stakeholder

NEVER_IN_COPY = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
AT_ONCE = 20_000


class Heap:
    """Rows of one model that wait; a column nobody names stands at its default."""

    def __init__(self, model: type[models.Model]) -> None:
        self.fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.AutoField)]
        self.table = connection.ops.quote_name(model._meta.db_table)
        self.defaults = {each.attname: each.get_default() for each in self.fields}
        self.rows: list[list[Any]] = []

    def add(self, **values: Any) -> None:
        """One row."""
        self.rows.append(list({**self.defaults, **values}.values()))

    def pour(self) -> None:
        """Write what waits, in one statement."""
        if not self.rows:
            return
        columns = ", ".join(connection.ops.quote_name(field.column) for field in self.fields)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                text = StringIO("".join("\t".join(map(copied, row)) + "\n" for row in self.rows))
                cursor.copy_expert(f"COPY {self.table} ({columns}) FROM STDIN", text)
            else:
                marks = ", ".join(["%s"] * len(self.fields))
                sql = f"INSERT INTO {self.table} ({columns}) VALUES ({marks})"
                cursor.executemany(sql, [list(map(bound, row)) for row in self.rows])
        self.rows.clear()


def copied(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    return value.translate(NEVER_IN_COPY) if isinstance(value, str) else str(value)


def bound(value: Any) -> Any:
    """A value as Django's SQLite stores it."""
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.isoformat() if isinstance(value, date) else value


class Rows:
    """One heap a model, each poured after those it names."""

    def __init__(self) -> None:
        self.members, self.units = Heap(AccountMember), Heap(OrgUnit)
        self.people, self.posts, self.contacts = Heap(Stakeholder), Heap(Position), Heap(ContactMethod)
        self.roles, self.states = Heap(DecisionRole), Heap(ContactState)
        self.visits, self.participants, self.colleagues = Heap(Interaction), Heap(Participant), Heap(Colleague)
        self.heaps = (
            self.members, self.units, self.people, self.posts, self.contacts, self.roles, self.states, self.visits,
            self.participants, self.colleagues,
        )  # fmt: skip

    def pour(self) -> None:
        """Write all that waits."""
        for heap in self.heaps:
            heap.pour()

    def pour_if_many(self) -> None:
        """Write once enough waits, so that memory stays bounded whatever the number."""
        if sum(len(heap.rows) for heap in self.heaps) >= AT_ONCE:
            self.pour()
