"""Units as any import makes them: written among those that stand, placed in their tree, told of, and taken back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.intake.trees import Trees
from accounts.models import OrgUnit
from accounts.tree_key import places
from accounts.trees import place_rows
from accounts.upkeep import units_renamed
from records.by_sets import update_rows
from records.elsewhere import forget_keys
from records.intake import Key
from records.reading_in import BySets, standing_and_gone

FOUND_BY = ("sort_key", "search_key")


def write_made(intake: BySets[Any], trees: Trees) -> None:
    """Write the units that were made among those that stand."""
    for unit in trees.made:
        unit.derive()
    intake.insert(OrgUnit, trees.made)


def place_units(accounts: Collection[UUID]) -> None:
    """Give all units of these accounts the places that follow from names and parents."""
    if accounts:
        units = OrgUnit.objects.present().filter(account__in=accounts)
        place_rows(units.only("id", "parent_id", "sort_key", "tree_key", "depth"), places)


def made_in_words(text: str) -> str:
    return _("There was no unit “%(name)s”: it is made.") % {"name": text[:80]}


def settle_units(keys: Collection[Key]) -> None:
    """What units are found by, where they stand, and what they are called elsewhere, after they were taken back."""
    standing, gone = standing_and_gone(OrgUnit, keys)
    units = list(OrgUnit.objects.filter(pk__in=[*standing, *gone]))
    wrong = []
    for unit in units:
        before = unit.sort_key, unit.search_key
        unit.derive()
        if before != (unit.sort_key, unit.search_key):
            wrong.append(unit)
    update_rows(OrgUnit, wrong, FOUND_BY)
    place_units({unit.account_id for unit in units})
    forget_keys(OrgUnit, gone)
    units_renamed(standing)
