"""Derived rows in apps above that are kept in the same transaction when accounts change.

Imports run downwards only, so an app above hands its rebuild function in, once, when it starts
(`docs/adr/0005-upkeep.md`). A follower gets the ids of the accounts concerned.
"""

from records.upkeep import Upkeep

accounts_changed = Upkeep()
