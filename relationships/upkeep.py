"""Derived rows kept in the same transaction when contacts change; see `accounts.upkeep`."""

from records.upkeep import Upkeep

contacts_changed = Upkeep()
