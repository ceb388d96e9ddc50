"""Two people beside each other: what is known of each, and where they differ."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.side_by_side import Card, Line, beside
from stakeholders import listing
from stakeholders.models import ContactMethod, Stakeholder, SuspectedTwins
from stakeholders.sight import Sight
from stakeholders.twin_words import in_words
from users.models import User


@dataclass(frozen=True)
class Pair:
    """Two cards and why they stand beside each other."""

    twins: SuspectedTwins
    cards: tuple[Card, Card]
    why: str


def pairs(rows: Iterable[SuspectedTwins], viewer: User) -> list[Pair]:
    """The suspected pairs with both cards, the likely survivor first; a fixed number of queries."""
    rows = list(rows)
    known = cards_of({person for row in rows for person in (row.one_id, row.other_id)}, viewer)
    found = []
    for row in rows:
        first, second = sorted((known[row.one_id], known[row.other_id]), key=survives_rather)
        why = in_words(row.reasons.split(), first.row, second.row)
        found.append(Pair(row, beside(first, second), why))
    return found


def two(one: UUID, other: UUID, viewer: User) -> tuple[Card, Card]:
    """The cards of two people."""
    known = cards_of([one, other], viewer)
    return beside(known[one], known[other])


def survives_rather(card: Card) -> tuple[bool, int, Any]:
    """Whoever still is there, of whom more is known, who was there first."""
    return (card.row["has_left"], -len(card.lines), card.row["id"])


def cards_of(ids: Collection[UUID], viewer: User) -> dict[UUID, Card]:
    """By id, what this viewer knows of each."""
    people = Stakeholder.objects.visible_to(viewer).filter(pk__in=ids)
    rows = listing.complete(list(listing.listed(people, Sight(viewer))), viewer)
    reach: dict[UUID, list[ContactMethod]] = defaultdict(list)
    for method in ContactMethod.objects.filter(stakeholder__in=ids).order_by("-is_primary", "pk"):
        reach[method.stakeholder_id].append(method)
    others = dict(Stakeholder.objects.filter(pk__in=ids).exclude(other_names="").values_list("pk", "other_names"))
    return {row["id"]: card(row, others.get(row["id"], ""), reach[row["id"]]) for row in rows}


def card(row: dict[str, Any], other_names: str, reach: list[ContactMethod]) -> Card:
    return Card(reverse("stakeholders:detail", args=[row["id"]]), row["name"], lines(row, other_names, reach), row)


def lines(row: dict[str, Any], other_names: str, reach: list[ContactMethod]) -> list[Line]:
    """What is said of one of them."""
    said = [
        (_("Also called"), other_names),
        (_("Account"), row["account"]),
        (_("Title"), row["title"]),
        (_("Unit"), row["unit__name"] or ""),
        *((method.get_kind_display(), method.value) for method in reach),
    ]
    return [Line(str(label), value) for label, value in said if value]
