"""Posts as files carry them: they have no list of their own, and those of the past are what people's rows lack."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from accounts.choices import accounts_of
from accounts.files import Cells, UnitTexts, account_texts
from accounts.models import Account
from pages.filters import ListFilters, RecordFilter
from records.lists import Filing, Listing, Told
from stakeholders.files import Place, over, person_texts
from stakeholders.models import Position
from stakeholders.record_types import SEATS
from users.models import User

COLUMNS = ("person", "account", "unit", "since", "until", "external_id")


class SeatFilters(ListFilters):
    """Those at one account, or all in sight."""

    account = RecordFilter("account", label=SEATS.column("account").label, choices=accounts_of)


def seen_seats(user: User) -> QuerySet[Position]:
    return Position.objects.visible_to(user).filter(stakeholder__removed_at=None)


def seat_cells(user: User, names: Collection[str]) -> Cells:
    def cells(rows: list[Told]) -> list[dict[str, Any]]:
        accounts = account_texts(user, ((row["account_id"], row["account__name"]) for row in rows))
        people = person_texts((row["account_id"], row["stakeholder_id"], row["stakeholder__name"]) for row in rows)
        zones = Account.objects.only("time_zone").in_bulk({row["account_id"] for row in rows})
        units = UnitTexts(zones)
        return [
            {
                "person": person_text(row, people),
                "account": accounts[row["account_id"]],
                "unit": units.text(row["unit_id"]),
                "since": over(row["since"], zones[row["account_id"]]),
                "until": over(row["until"], zones[row["account_id"]]),
                "external_id": str(row["id"]),
            }
            for row in rows
        ]

    return cells


def person_text(row: Told, people: dict[Place, str]) -> str:
    """By name at their own account; elsewhere nobody knows the name before the post is there."""
    if row["stakeholder__account_id"] != row["account_id"]:
        return str(row["stakeholder_id"])
    return people[row["account_id"], row["stakeholder_id"]]


SEAT_LIST = Listing(
    type=SEATS,
    page="",
    filters=SeatFilters,
    rows=seen_seats,
    standard=("person", "account", "unit", "title", "level", "is_primary", "since", "until"),
    order="person",
    head="person",
    always=(
        "id", "account_id", "account__name", "unit_id", "stakeholder_id", "stakeholder__name",
        "stakeholder__account_id", "since", "until",
    ),
    files=Filing(COLUMNS, seat_cells),
)  # fmt: skip
