"""Derived rows in apps above that are kept in the same transaction when accounts change.

Imports run downwards only, so an app above hands its rebuild functions in, once, when it starts
(`docs/adr/0005-upkeep.md`). There is a list for each kind of change, so that a change rebuilds what it can touch and
no more; its followers get the ids of what changed.
"""

from records.upkeep import Upkeep

# Accounts with another time zone: which day it is there, and so all that begins and ends on a day.
zones_changed = Upkeep()

# Accounts with another tier or status: how often their people should be met, and whether they count at all.
standings_changed = Upkeep()

# Units with another name.
units_renamed = Upkeep()

# Opportunities closed, or open again.
opportunities_turned = Upkeep()

# The job that brings the people of an account up to a change when they are too many for a request; the run's counts
# name the account.
RECOUNT = "recount"
