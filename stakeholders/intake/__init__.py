"""People and their posts out of files."""

from stakeholders.intake.people import PeopleIntake
from stakeholders.intake.seats import SeatIntake

__all__ = ["PeopleIntake", "SeatIntake"]
