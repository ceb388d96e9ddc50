"""The places of units as they are stored: worked out by `tree_key`, written by sets and only where they differ.

Verbs on one account's tree take turns, so that none writes a path that another one is just changing.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from accounts.tree_key import Node, Place, places
from records.by_sets import update_rows

COLUMNS = ("tree_key", "depth")


def place_trees(units: Any, account_ids: Iterable[UUID]) -> int:
    """Bring the stored places of these accounts into line with names and parents; how many were wrong.

    `units` are the rows that stand, of the model or of a migration's.
    """
    rows = units.only("id", "parent_id", "sort_key", *COLUMNS)
    return sum(place_rows(rows.filter(account=account), places) for account in account_ids)


def place_rows(units: Any, placing: Callable[[list[Node]], dict[UUID, Place]]) -> int:
    """Write what `placing` makes of these rows."""
    rows = list(units)
    wanted = placing([Node(row.pk, row.parent_id, row.sort_key) for row in rows])
    wrong = [row for row in rows if row.pk in wanted and (row.tree_key, row.depth) != wanted[row.pk]]
    for row in wrong:
        row.tree_key, row.depth = wanted[row.pk]
    return update_rows(units.model, wrong, COLUMNS)
