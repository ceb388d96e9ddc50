"""Who brings rows of a file in, by the type of record they are."""

from accounts.intake import AccountIntake, UnitIntake
from records.intake import Intake
from relationships.intake import InteractionIntake
from stakeholders.intake import PeopleIntake, SeatIntake

INTAKES: dict[str, type[Intake]] = {
    "accounts": AccountIntake,
    "units": UnitIntake,
    "people": PeopleIntake,
    "seats": SeatIntake,
    "interactions": InteractionIntake,
}
