"""`python -m tests.served.scene FILE`: Acme with ann, ben and eight people, and where to find them."""

import json
import sys
from pathlib import Path

import django
from django.apps import apps

django.setup()

from tests.factories import (  # noqa: E402
    AccountFactory,
    OrgUnitFactory,
    StakeholderFactory,
    TeamFactory,
    UserFactory,
    activity,
)


def main(file: Path) -> None:
    north = TeamFactory(name="North")
    ann = UserFactory(email="ann@two-eyes.example", full_name="Ann Lee", team=north)
    ben = UserFactory(email="ben@two-eyes.example", full_name="Ben Zhao", rank="manager", team=north)
    UserFactory(email="ada@two-eyes.example", full_name="Ada Qian", is_administrator=True)
    north.lead = ben
    north.keep(by=None)
    acme = AccountFactory(name="Acme", owner=ann, team=north)
    unit = OrgUnitFactory(account=acme, name="Network")
    levels = ["executive", "manager", "staff", "staff"]
    people = [
        StakeholderFactory(account=acme, name=f"Person {number}", level=levels[number % 4]) for number in range(8)
    ]
    role = apps.get_model("stakeholders", "DecisionRole")
    for letter, person in zip("ADE", people, strict=False):
        role.assign(person, acme, letter, by=ann)
    told = {"account": acme.pk, "unit": unit.pk, "visit": activity().pk, "ann": ann.pk}
    told |= {f"person{number}": person.pk for number, person in enumerate(people)}
    file.write_text(json.dumps({name: str(value) for name, value in told.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
