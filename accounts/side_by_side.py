"""Two records of one kind beside each other: what is known of each, and where they differ; of accounts, and for the
apps above."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.search_key import fold
from records import merging
from records.models import Record
from users.models import User


@dataclass(frozen=True)
class Line:
    """One thing said of a record, and whether the other one says something else; a `count` is neither."""

    label: str
    value: str
    differs: bool = False
    is_shared: bool = False
    is_count: bool = False


@dataclass(frozen=True)
class Card:
    """A record by its name, and the lines below it; `row` holds what else an app's template tells."""

    url: str
    name: str
    lines: list[Line]
    row: Any = None


def beside(one: Card, other: Card) -> tuple[Card, Card]:
    """The same cards with what differs marked, and what both say."""
    return compared(one, other), compared(other, one)


def compared(card: Card, other: Card) -> Card:
    theirs = {said(line) for line in other.lines}
    labels = {line.label for line in other.lines}
    return replace(card, lines=[line if line.is_count else marked(line, theirs, labels) for line in card.lines])


def marked(line: Line, theirs: Collection[tuple[str, str]], labels: Collection[str]) -> Line:
    is_shared = said(line) in theirs
    return replace(line, is_shared=is_shared, differs=line.label in labels and not is_shared)


def said(line: Line) -> tuple[str, str]:
    """What says the same on either side: a number whatever kind of number it is, anything else of its own kind."""
    value = bare(line.value)
    return ("" if value.isdigit() else line.label, value)


def bare(value: str) -> str:
    """A number without what stands between its digits, a name folded."""
    digits = "".join(char for char in value if char.isdigit())
    return digits[-8:] if len(digits) >= 8 else fold(value)


# Of accounts ----------------------------------------------------------------------------------------------------------


def two(one: Account, other: Account, viewer: User) -> tuple[Card, Card]:
    """The cards of two accounts: what they say, and how much hangs on each."""
    groups = Account.objects.visible_to(viewer).in_bulk([one.parent_id, other.parent_id])
    counts = list(counted([one.pk, other.pk]))
    return beside(*(card(account, groups, counts) for account in (one, other)))


def card(account: Account, groups: dict[UUID, Account], counts: list[tuple[str, dict[UUID, int]]]) -> Card:
    facts = [
        (_("Short name"), account.short_name),
        (_("Also called"), account.other_names),
        (_("Tier"), account.get_tier_display()),
        (_("Industry"), account.industry),
        (_("Region"), account.region),
        (_("Group company"), str(groups.get(account.parent_id, ""))),
        (_("Website"), account.website),
        (_("Address"), account.address),
        (_("First responsible"), account.owner.full_name),
        (_("Supporting team"), account.team.name),
    ]
    lines = [Line(str(label), str(value)) for label, value in facts if value]
    numbers = sorted(((found[account.pk], label) for label, found in counts if account.pk in found), reverse=True)
    held = " · ".join(f"{label} {number}" for number, label in numbers)
    return Card(account.get_absolute_url(), account.name, [*lines, Line(_("Holds"), held or "—", is_count=True)])


def counted(ids: Collection[UUID]) -> Iterator[tuple[str, dict[UUID, int]]]:
    """By kind of record, how many would move; a query for each kind that some app says names an account."""
    for rule in merging.rules_onto(Account):
        if not rule.stays_because and rule.model is not Account and issubclass(rule.model, Record):
            rows = rule.model._base_manager.filter(**{f"{rule.column}__in": ids}, removed_at=None).order_by()
            found = dict(rows.values_list(rule.column).annotate(number=Count("pk")))
            if found:
                label = str(rule.model._meta.verbose_name_plural)
                yield label[:1].upper() + label[1:], found
