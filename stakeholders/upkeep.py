"""Derived rows in apps above that are kept in the same transaction when people change; see `accounts.upkeep`."""

from records.upkeep import Upkeep

people_changed = Upkeep()

# People who came in with the transaction, written whole by sets: nothing is stored of them yet in any app above.
people_came = Upkeep()

# People at an account with another tier or status: how often they should be met, and whether they count at all.
cadences_changed = Upkeep()

# People whose key status another person's change turned.
key_status_changed = Upkeep()
