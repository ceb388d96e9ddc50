"""The stance grid of an opportunity: people by suppliers, and what it comes to (rule 4.11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accounts.models import Contender, Opportunity
from relationships import support
from relationships.models import Stance, SupportRules
from relationships.support import Limits, Told, Voice
from stakeholders import chain
from stakeholders.chain_roles import roles_of, seats_of
from stakeholders.models import Stakeholder
from users.models import User

US = "us"
RANKS = {"executive": 2, "manager": 1, "staff": 0}
ROWS = 200
Supplier = UUID | str


@dataclass(frozen=True)
class Cell:
    """What stands in one field of the grid; `was` goes with the form, so that only what was changed is judged."""

    name: str
    stance: int | None
    is_old: bool
    typed: str = ""
    error: str = ""

    @property
    def was(self) -> str:
        return "" if self.stance is None else f"{self.stance:+d}".replace("+0", "0")

    @property
    def shown(self) -> str:
        return self.typed if self.error else self.was

    @property
    def tone(self) -> str:
        """By the one scale of support: against, neutral, for us among others, only us."""
        if self.stance is None or self.is_old:
            return "unknown"
        return {-2: "neg", -1: "neg", 0: "0", 1: "1", 2: "3"}[self.stance]


class Grid:
    """Everything the page says, loaded in a fixed number of queries."""

    def __init__(self, opportunity: Opportunity, reader: User) -> None:
        self.opportunity = opportunity
        self.today: date = opportunity.account.today()
        self.limits: Limits = SupportRules.load().limits
        self.contenders = list(Contender.objects.of(opportunity))
        self.rivals: dict[UUID, str] = {each.competitor_id: each.competitor.name for each in self.contenders}
        roles = roles_of(opportunity.account, opportunity, self.today)
        self.seats = seats_of(roles, opportunity)
        self.powers: Mapping[Any, int] = chain.voices(self.seats)
        self.told = told_of(opportunity)
        holders = {row.stakeholder_id: row.stakeholder for row in roles if row.stakeholder_id in self.powers}
        others = Stakeholder.objects.present().filter(pk__in=self.told.keys() - holders.keys())
        self.people = in_order({**holders, **{each.pk: each for each in others}}, self.powers)
        self.shown = self.people[:ROWS]
        ids = [each.pk for each in self.shown]
        self.seen = set(Stakeholder.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))

    @property
    def suppliers(self) -> list[tuple[Supplier, str]]:
        """The competitors' columns, beside ours."""
        return list(self.rivals.items())

    def letters(self, person: UUID) -> list[tuple[str, bool]]:
        return [(seat.letter, role.is_primary) for seat in self.seats for role in seat.holders if role.person == person]

    def cell(self, person: UUID, supplier: Supplier) -> Cell:
        told = self.told.get(person, {}).get(supplier)
        is_old = told is not None and (self.today - told.on).days > self.limits.fresh_days
        return Cell(f"{person}.{supplier}", told.value if told else None, is_old)

    def voices(self) -> list[Voice]:
        """Role holders with their stances, and the vacant seats that count."""
        held = [
            Voice(each.pk, self.powers[each.pk], RANKS[each.level], each.name, self.told.get(each.pk, {}))
            for each in self.people
            if each.pk in self.powers
        ]
        return held + support.vacant((seat.letter for seat in self.seats if seat.is_vacant), self.limits)


def told_of(opportunity: Opportunity) -> dict[UUID, dict[Supplier, Told]]:
    """The stance that holds of each person toward each supplier; unknown again is not told."""
    rows = Stance.objects.present().filter(opportunity=opportunity).oldest_first()
    told: dict[UUID, dict[Supplier, Told]] = {}
    for person, competitor, value, on in rows.values_list("stakeholder", "competitor", "value", "on"):
        of_person = told.setdefault(person, {})
        of_person.pop(competitor or US, None)
        if value is not None:
            of_person[competitor or US] = Told(value, on)
    return told


def in_order(people: Mapping[UUID, Stakeholder], powers: Mapping[Any, int]) -> list[Stakeholder]:
    """Those with the strongest voice first, then by level and name."""
    return sorted(people.values(), key=lambda each: (-powers.get(each.pk, 0), -RANKS[each.level], each.sort_key))


def figures(grid: Grid) -> dict[str, Any]:
    """The indices with their sentences, as the page shows them."""
    voices, us = grid.voices(), US
    rivals: Sequence[UUID] = list(grid.rivals)
    ask = (grid.today, grid.limits)
    found = support.lead(voices, us, rivals, *ask)
    preferring = [
        {"name": each.name, "over": [grid.rivals[rival] for rival in support.preferred(each, us, rivals, *ask)]}
        for each in voices
    ]
    return {
        "supports": [told(support.support(voices, who, *ask), name) for who, name in [(us, ""), *grid.suppliers]],
        "lead": {"by": support.rounded(found.by), "over": grid.rivals[found.over], "people": found.people}
        if found
        else None,
        "to_win": support.to_win(voices, us, rivals, *ask),
        "preferring": [each for each in preferring if each["over"]],
        "opponents": support.opponents(voices, us, *ask),
        "is_anybody_known": any(each.stance(us, *ask) is not None for each in voices),
    }


def told(found: support.Support, name: str) -> dict[str, Any]:
    """One supplier's figures for display; colour and order follow the worst."""
    worst = support.rounded(found.at_worst)
    return {
        "name": name,
        "index": support.rounded(found.index),
        "at_worst": worst,
        "known": support.rounded(found.known),
        "tone": "late" if worst is None or worst < 0 else "",
    }
