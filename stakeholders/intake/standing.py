"""What stands of the people whom a chunk is about, each kind of row in one query, and what a file changes of it.

Nothing is written here: new rows and changed ones are gathered, so that judging and bringing are one calculation.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from records.intake import Key, Verdict
from records.reading_in import says_other
from stakeholders.models import CareDate, ContactMethod, DecisionRole, Influence, Position, Stakeholder

Model = type[Any]


@dataclass
class Gathered:
    """Rows to be written: each model's new ones, changed ones, and the columns that changed."""

    new: dict[Model, dict[UUID, Any]] = field(default_factory=lambda: defaultdict(dict))
    changed: dict[Model, dict[UUID, Any]] = field(default_factory=lambda: defaultdict(dict))
    columns: dict[Model, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, row: Any, verdict: Verdict | None = None) -> Any:
        """A new row; one that users know by itself is named in the verdict."""
        self.new[type(row)][row.pk] = row
        if verdict is not None:
            verdict.beside.append(key_of(row))
        return row

    def change(self, row: Any, values: Mapping[str, Any], verdict: Verdict | None = None) -> None:
        """Set what differs."""
        differing = [name for name, value in values.items() if says_other(getattr(row, name), value)]
        for name in differing:
            setattr(row, name, values[name])
        if differing and row.pk not in self.new[type(row)]:
            self.changed[type(row)][row.pk] = row
            self.columns[type(row)].update(name.removesuffix("_id") for name in differing)
            if verdict is not None and key_of(row) not in verdict.beside:
                verdict.beside.append(key_of(row))

    def take_in(self, other: "Gathered") -> None:
        """What one row of a file makes, beside what those before it do."""
        for model, rows in other.new.items():
            self.new[model] |= rows
        for model, rows in other.changed.items():
            self.changed[model] |= {pk: row for pk, row in rows.items() if pk not in self.new[model]}
            self.columns[model] |= other.columns[model]

    @property
    def is_empty(self) -> bool:
        return not any(self.new.values()) and not any(self.changed.values())

    @property
    def people(self) -> set[UUID]:
        """Whose derived rows are to follow."""
        kinds = (*self.new.items(), *self.changed.items())
        return {pk for model, rows in kinds for row in rows.values() for pk in whose(model, row)}


def whose(model: Model, row: Any) -> tuple[UUID, ...]:
    if model is Influence:
        return row.source_id, row.target_id
    return (row.pk if model is Stakeholder else row.stakeholder_id,)


def key_of(row: Any) -> Key:
    return row._meta.label_lower, row.pk


class Standing:
    """Rows of these people as they are now."""

    def __init__(self, people: Collection[UUID], accounts: Collection[UUID], leaving: Collection[UUID]) -> None:
        self.people: dict[UUID, Stakeholder] = Stakeholder.objects.in_bulk(people)
        self.posts: dict[tuple[UUID, UUID], list[Position]] = defaultdict(list)
        self.unit_names: dict[UUID | None, str] = {}
        self.contacts: dict[UUID, list[ContactMethod]] = defaultdict(list)
        self.roles: dict[tuple[UUID, UUID], list[DecisionRole]] = defaultdict(list)
        self.birthdays: dict[UUID, CareDate] = {}
        self.edges: dict[tuple[UUID, UUID], list[Influence]] = defaultdict(list)
        if people:
            self.read(people, accounts)
        if leaving:
            self.read_edges(leaving)

    def read(self, people: Collection[UUID], accounts: Collection[UUID]) -> None:
        of_them = {"stakeholder__in": people}
        posts = Position.objects.present().filter(**of_them, account__in=accounts).select_related("unit")
        for post in posts.order_by("-is_primary", "pk"):
            self.posts[post.stakeholder_id, post.account_id].append(post)
            if post.unit:
                self.unit_names[post.unit.pk] = post.unit.name
        for contact in ContactMethod.objects.filter(**of_them):
            self.contacts[contact.stakeholder_id].append(contact)
        for role in DecisionRole.objects.present().filter(**of_them, account__in=accounts):
            self.roles[role.stakeholder_id, role.account_id].append(role)
        for birthday in CareDate.objects.filter(**of_them, kind=CareDate.Kind.BIRTHDAY).order_by("pk"):
            self.birthdays.setdefault(birthday.stakeholder_id, birthday)

    def read_edges(self, people: Collection[UUID]) -> None:
        """Influence that ends with a post: inside the account, from somebody or onto them."""
        lasting = Influence.objects.present().filter(until=None).select_related("target")
        for edge in lasting.filter(Q(source__in=people) | Q(target__in=people)).order_by("pk"):
            self.edges[edge.source_id, edge.target.account_id].append(edge)
            self.edges[edge.target_id, edge.account_id].append(edge)

    def post(self, person: UUID, account: UUID, today: date) -> Position | None:
        """The post there that a row is about: one that lasts, the primary one first."""
        lasting = [post for post in self.posts[person, account] if post.until is None or post.until > today]
        return next(iter(lasting), None)

    def chain(self, person: UUID, account: UUID) -> list[DecisionRole]:
        """The roles held in the account's standing chain."""
        return [role for role in self.roles[person, account] if role.opportunity_id is None and role.until is None]


@dataclass(frozen=True)
class Moment:
    """When it is: the moment rows are made in, and the account's own day."""

    now: datetime
    today: date
