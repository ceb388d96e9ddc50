"""Before somebody is added: who of the people in sight may be meant already."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Account
from accounts.search_key import fold, is_han, search_key, sort_key
from records.identity import new_id
from stakeholders import listing
from stakeholders.likeness import Crowd, Facts, judge, names_of, spoken
from stakeholders.models import ContactMethod, Stakeholder
from stakeholders.models.contact_method import normalise
from stakeholders.models.stakeholder import has
from stakeholders.sight import Sight
from stakeholders.suspicion import facts_of
from stakeholders.twin_words import in_words
from users.models import User

# Here a look costs less than a twin, so less is enough than for asking later.
WORTH_A_LOOK = 40
SHOWN, COMPARED = 5, 60


@dataclass(frozen=True)
class LookAlike:
    """Somebody who may be meant: a row of `listing`, and why."""

    row: dict[str, Any]
    why: str
    likeness: int


def look_alikes(
    account: Account, viewer: User, name: str, *, other_names: str = "", title: str = "", ways: Iterable[Any] = ()
) -> list[LookAlike]:
    """The likeliest first; one query where nobody is like them, five more at most where somebody is."""
    newcomer = told_of(account, name, other_names, title, ways)
    people = Stakeholder.objects.visible_to(viewer).filter(pk__in=candidates(newcomer, account, name))
    rows = listing.complete(list(listing.listed(people, Sight(viewer))[:COMPARED]), viewer)
    known = facts_of([row["id"] for row in rows])
    shown = {"name": name, "account": account.short, "account_id": account.pk}
    found = []
    for row in rows:
        judged = judge(newcomer, as_known(known[row["id"]], row), Crowd({}))
        if judged.likeness >= WORTH_A_LOOK:
            found.append(LookAlike(row, in_words(judged.reasons, shown, row), judged.likeness))
    return sorted(found, key=lambda each: (-each.likeness, each.row["sort_key"]))[:SHOWN]


def unless_told(found: list[LookAlike], heard: Collection[str]) -> list[LookAlike]:
    """All of them, unless the sender was told of each: who then goes on means somebody else."""
    return found if any(str(each.row["id"]) not in heard for each in found) else []


def told_of(account: Account, name: str, other_names: str, title: str, ways: Iterable[Any]) -> Facts:
    """The facts of somebody who is not stored yet."""
    key = search_key([name, *other_names.split(",")])
    reach = {normalise(way["kind"], way["value"]): way["kind"] for way in ways}
    group = account.parent_id or account.pk
    return Facts(new_id(), account.pk, group, names_of(name, other_names), spoken(key), reach, fold(title))


def candidates(newcomer: Facts, account: Account, name: str) -> QuerySet:
    """Whoever has one of these numbers, a name like it at this customer, or the very name anywhere."""
    alike = Q(pk__in=[])
    for said in {*newcomer.spoken, *fold(name).split()}:
        alike |= has(said) if len(said) > 1 else Q()
    here = Stakeholder.objects.filter(alike, account=account)
    is_whole = len(name) > 1 and (is_han(name) or " " in name)  # a single Latin word is half of too many names
    namesakes = Stakeholder.objects.filter(has(fold(name)) if is_whole else Q(sort_key=sort_key(name)))
    reached = ContactMethod.objects.filter(normalised__in=list(newcomer.ways)).values("stakeholder")
    return here.values("pk").union(namesakes.values("pk"), reached)


def as_known(facts: Facts, row: Mapping[str, Any]) -> Facts:
    """Of somebody seen through another post, only what that tells."""
    if row["shown_account"] != listing.LAST:
        return facts
    unknown: UUID = new_id()
    return replace(facts, account=row["account_id"] or unknown, group=unknown, title=fold(row["title"]), has_left=False)
