"""How much of an account's tree is shown at once: a small one whole; of a large one its upper levels, one branch, or
what was searched for, page by page, each unit with the number of those beneath it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from accounts.models import Account, OrgUnit
from accounts.outline import Line, outline
from accounts.tree_key import BEHIND, is_deep
from pages.keyset import Page, keyset

WHOLE = 60
LEVELS = 2
SHOWN = 40
EXCERPT = 12


@dataclass(frozen=True)
class Part:
    """Some of a tree as lines; `count` is how many units the account has, 0 where the lines are all of them."""

    lines: list[Line]
    count: int = 0
    page: Page = field(default_factory=lambda: Page([]))
    branch: list[OrgUnit] = field(default_factory=list)
    text: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.count

    @property
    def unit(self) -> OrgUnit:
        """The one whose branch it is."""
        return self.branch[-1]


def whole(account: Account) -> Part | None:
    """The tree, if it is no longer than one can take in."""
    units = list(OrgUnit.objects.of(account)[: WHOLE + 1])
    return Part(outline(units)) if len(units) <= WHOLE else None


def excerpt(account: Account) -> Part:
    """As much as an overview has room for."""
    return whole(account) or upper_levels(account, size=EXCERPT)


def upper_levels(account: Account, cursor: str | None = "", *, size: int | None = None) -> Part:
    """The beginning of a large tree, or a further page of its upper levels."""
    units = OrgUnit.objects.of(account)
    return paged(units.filter(depth__lt=LEVELS), cursor, size or SHOWN, count=units.count())


def branch(unit: OrgUnit, cursor: str | None = "") -> Part:
    """What stands beneath a unit, as far as two levels; where paths end, one level."""
    units = OrgUnit.objects.of(unit.account_id)
    beneath = units.filter(parent=unit)
    if not is_deep(unit.tree_key):
        beneath = units.within(unit.tree_key).filter(depth__gt=unit.depth, depth__lte=unit.depth + LEVELS)
    return paged(beneath, cursor, SHOWN, count=units.count(), branch=unit.line())


def children(unit: OrgUnit, cursor: str | None = "") -> Part:
    """One level more, where the tree is opened."""
    page = keyset(counted(OrgUnit.objects.of(unit.account_id).filter(parent=unit)), ["tree_key"], cursor, SHOWN)
    return Part(outline(told(page.rows)), page=page)


def hits(account: Account, text: str, cursor: str | None = "") -> Part:
    """Units that go by this name, each with the way to it."""
    units = OrgUnit.objects.of(account)
    page = keyset(counted(units.search(text)), ["tree_key"], cursor, SHOWN)
    lines = OrgUnit.objects.lines_of(page.rows)
    for unit in told(page.rows):
        unit.way = lines[unit.pk][:-1]
    flat = [Line(unit, 0, opens=False, closes=0) for unit in page.rows]
    return Part(flat, count=units.count(), page=page, text=text)


def paged(units: QuerySet, cursor: str | None, size: int, **told_too: Any) -> Part:
    """A page of units, under those on an earlier page that its first one belongs to."""
    page = keyset(counted(units), ["tree_key"], cursor, size)
    above = above_first(page, told_too.get("branch", ()))
    return Part(outline([*above, *told(page.rows)]), page=page, **told_too)


def above_first(page: Page, branch: Iterable[OrgUnit]) -> list[OrgUnit]:
    """The units a page goes on under."""
    if not page.previous or not page.rows:
        return []
    return [unit for unit in page.rows[0].line()[:-1] if unit not in branch]


def counted(units: QuerySet) -> QuerySet:
    """Each with the number of units beneath it, which an index counts."""
    key = OuterRef("tree_key")
    beneath = OrgUnit.objects.present().filter(
        account=OuterRef("account"),
        tree_key__gt=key,
        tree_key__lt=Concat(key, Value(BEHIND), output_field=TextField()),
    )
    number = beneath.order_by().values("account").annotate(number=Count("pk")).values("number")
    return units.annotate(beneath=Coalesce(Subquery(number), 0))


def told(units: list[OrgUnit]) -> list[OrgUnit]:
    """Where paths end, the units right below a unit stand for all beneath it."""
    deep = [unit for unit in units if is_deep(unit.tree_key)]
    if deep:
        below = OrgUnit.objects.present().filter(parent__in=deep).order_by().values("parent")
        numbers = dict(below.annotate(number=Count("pk")).values_list("parent", "number"))
        for unit in deep:
            unit.beneath = numbers.get(unit.pk, 0)
    return units
