"""A set made several times larger inside the database: every person of each account once more, with posts, contacts,
roles, states and visits.

A copy has the id of its original with another digit where every id of ours says 7, its version: so it meets no other
id, and what names the original is rewritten by the same rule. There are sixteen digits.
"""

from django.db import connection, models

from relationships.models import Colleague, ContactState, Interaction, Participant
from stakeholders.models import ContactMethod, DecisionRole, Position, SearchEntry, Stakeholder

MODELS = (
    Stakeholder, Position, SearchEntry, ContactMethod, DecisionRole, ContactState, Interaction, Participant, Colleague,
)  # fmt: skip


def multiply(times: int) -> None:
    """So many times as many people as there are."""
    for model in MODELS:
        with connection.cursor() as cursor:
            cursor.execute(statement(model), [times - 1])


def statement(model: type[models.Model]) -> str:
    """The copies of one table, from what stands in it."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    told = ", ".join(copied(field) for field in fields)
    table = f'"{model._meta.db_table}"'
    return f"INSERT INTO {table} ({columns}) SELECT {told} FROM {table}, generate_series(1, %s) AS copy"


def copied(field: models.Field) -> str:
    """A column of a copy: its own identity, or that of a copied record it names, or what the original says."""
    if field.primary_key or field.related_model in MODELS:
        return f'overlay("{field.column}"::text PLACING to_hex(mod(7 + copy, 16)) FROM 15)::uuid'
    return f'"{field.column}"'
