"""Accounts and their units out of files."""

from accounts.intake.accounts import AccountIntake
from accounts.intake.units import UnitIntake

__all__ = ["AccountIntake", "UnitIntake"]
