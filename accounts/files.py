"""What a file tells of accounts and units, so that it finds each of them when it comes in again.

Records are called by name as long as an import takes the name for them and nobody else, then by more, at last by key.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.choices import accounts_of
from accounts.intake.naming import AccountNames, named_like
from accounts.intake.trees import Trees
from accounts.models import Account, OrgUnit
from accounts.record_types import ORG_UNITS
from pages.filters import ListFilters, RecordFilter
from records.lists import Filing, Listing, Told
from records.reading_in import on_one_line
from users.directory import sure_names
from users.models import User

Cells = Callable[[list[Told]], list[dict[str, Any]]]
ACCOUNT_COLUMNS = ("owner", "parent", "other_names", "external_id")
UNIT_COLUMNS = ("account", "parent", "other_names", "external_id")


def account_texts(user: User, accounts: Iterable[tuple[UUID | None, str]]) -> dict[UUID | None, str]:
    """What a file calls these accounts, given by id and name."""
    given = {pk: name for pk, name in accounts if pk}
    near = named_like(Account.objects.visible_to(user), set(given.values()), given)
    names = AccountNames(near, by_other_names=False)

    def text(pk: UUID, name: str) -> str:
        found, _problem = names.find(name)
        return name if found and found.pk == pk else str(pk)

    return {pk: text(pk, name) for pk, name in given.items()}


class UnitTexts:
    """What a file calls the units of these accounts: the name, or the way down from the root, or the key."""

    def __init__(self, accounts: Collection[UUID]) -> None:
        self.trees = Trees(accounts)
        self.names = dict(OrgUnit.objects.present().filter(account__in=accounts).values_list("pk", "name"))

    def text(self, pk: UUID | None) -> str:
        """Empty for none, and for one that is gone."""
        if pk is None or pk not in self.names:
            return ""
        way = [on_one_line(self.names[step]) for step in reversed(self.trees.line(pk)) if step in self.names]
        texts = (way[-1], " / ".join(way))
        return next((text for text in texts if self.trees.find(self.trees.accounts[pk], text) == [pk]), str(pk))


def account_cells(user: User, names: Collection[str]) -> Cells:
    colleagues = sure_names(User.objects.all())

    def cells(rows: list[Told]) -> list[dict[str, Any]]:
        accounts = Account.objects.in_bulk([row["id"] for row in rows])
        groups = account_texts(user, ((accounts[row["id"]].parent_id, row["group_name"] or "") for row in rows))
        return [
            {
                "owner": colleagues[account.owner_id],
                "parent": groups[account.parent_id] if row["group_name"] else "",
                "other_names": account.other_names,
                "external_id": str(account.pk),
            }
            for row in rows
            if (account := accounts[row["id"]])
        ]

    return cells


ACCOUNT_FILES = Filing(ACCOUNT_COLUMNS, account_cells, everywhere=("owner", "other_names"))


# Units have no list of their own; files carry them all the same. ---------------------------------------------------


class UnitFilters(ListFilters):
    """Those of one account, or all in sight."""

    account = RecordFilter("account", label=ORG_UNITS.column("account").label, choices=accounts_of)


def seen_units(user: User) -> QuerySet[OrgUnit]:
    return OrgUnit.objects.visible_to(user)


def unit_cells(user: User, names: Collection[str]) -> Cells:
    def cells(rows: list[Told]) -> list[dict[str, Any]]:
        accounts = account_texts(user, ((row["account_id"], row["account__name"]) for row in rows))
        units = UnitTexts({row["account_id"] for row in rows})
        return [
            {
                "account": accounts[row["account_id"]],
                "parent": units.text(row["parent_id"]),
                "other_names": row["other_names"],
                "external_id": str(row["id"]),
            }
            for row in rows
        ]

    return cells


UNIT_LIST = Listing(
    type=ORG_UNITS,
    page="",
    filters=UnitFilters,
    rows=seen_units,
    standard=("account", "name", "parent", "function", "other_names"),
    order="name",
    head="name",
    always=("id", "account_id", "account__name", "parent_id", "other_names"),
    files=Filing(UNIT_COLUMNS, unit_cells),
)
