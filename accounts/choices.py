"""Accounts, their units, purchases and colleagues to choose from, in the reader's sight."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Account, AccountMember, Opportunity, OrgUnit
from accounts.search_key import fold
from pages.choices import Choices, find, likeliest_first
from users.choices import Colleagues
from users.models import User

JOINING, WORKED = "joining", "worked"


class Accounts(Choices):
    """Accounts, found by name in either script, pinyin or initials."""

    def search(self, text: str) -> QuerySet[Account]:
        return likeliest_first(self.rows.search(text), *begins(text))

    def tell_apart(self, records: list[Account]) -> dict[Any, str]:
        return {account.pk: described(account) for account in records}


class Units(Choices):
    """Units of an account in the order of the tree, found by name and function."""

    def search(self, text: str) -> QuerySet[OrgUnit]:
        return likeliest_first(self.rows.search(text), *begins(text))

    def line(self, record: OrgUnit) -> str:
        return "\u2003" * record.depth + record.name

    def tell_apart(self, records: list[OrgUnit]) -> dict[Any, str]:
        lines = OrgUnit.objects.lines_of(records)
        return {pk: " › ".join(unit.name for unit in line[:-1]) for pk, line in lines.items()}


class Opportunities(Choices):
    """Purchases an account may make, found by name."""

    def search(self, text: str) -> QuerySet[Opportunity]:
        return find(self.rows, text, "name")


def begins(text: str, key: str = "search_key") -> tuple[Q, Q]:
    """A line of the search key begins with the text, be it a name, its pinyin or its initials; and so does a word."""
    folded = fold(text)
    first = Q(**{f"{key}__startswith": folded}) | Q(**{f"{key}__contains": f"\n{folded}"})
    return first, Q(**{f"{key}__contains": f" {folded}"})


def likeliest(user: User, text: str) -> QuerySet[Account]:
    """Accounts in sight that the text finds: called exactly so, then whose name begins so, then by its sound, its
    initials or another name, then the rest; by name among those alike."""
    folded, line = fold(text), begins(text)[0]
    is_the_name = Q(search_key=folded) | Q(search_key__startswith=f"{folded}\n")
    exact = is_the_name | Q(search_key__contains=f"\n{folded}\n") | Q(search_key__endswith=f"\n{folded}")
    rows = Account.objects.visible_to(user).search(text).defer("notes").order_by("sort_key", "id")
    return likeliest_first(rows, exact, Q(search_key__startswith=folded), line)


def described(account: Account) -> str:
    """What tells an account from another one."""
    return " · ".join(str(part) for part in (account.get_tier_display(), account.industry, account.region) if part)


def accounts_of(user: User) -> Accounts:
    """Every account in sight, by name."""
    rows = Account.objects.visible_to(user).defer("notes").order_by("sort_key", "id")
    return Accounts(rows, reverse("accounts:choices"))


def accounts_worked_by(user: User) -> Accounts:
    """Every account this user may change, by name."""
    rows = Account.objects.worked_by(user).defer("notes").order_by("sort_key", "id")
    return Accounts(rows, reverse("accounts:choices") + f"?{WORKED}=yes")


def accounts_filled_by(user: User) -> Accounts:
    """Every account a file of this user may bring records to, by name."""
    return accounts_of(user) if user.is_administrator else accounts_worked_by(user)


def units_of(account: Account) -> Units:
    """The units that stand, each before those below it."""
    return Units(OrgUnit.objects.of(account), reverse("accounts:unit_choices", args=[account.pk]))


def open_opportunities_of(account: Account) -> Opportunities:
    """What the account may still buy."""
    rows = Opportunity.objects.open().filter(account=account).order_by("name", "id")
    return Opportunities(rows, reverse("accounts:opportunity_choices", args=[account.pk]))


def team_of(account: Account, *, besides: Iterable[User | None] = ()) -> Colleagues:
    """Who of ours works on the account, and whoever is named there already."""
    rows = User.objects.active().filter(pk__in=members_of(account)).select_related("team")
    return Colleagues(rows, reverse("accounts:colleague_choices", args=[account.pk]), besides=besides)


def not_yet_on_team_of(account: Account) -> Colleagues:
    """Colleagues who could join the account's team."""
    rows = User.objects.active().exclude(pk__in=members_of(account)).select_related("team")
    return Colleagues(rows, reverse("accounts:colleague_choices", args=[account.pk]) + f"?{JOINING}=yes")


def members_of(account: Account) -> QuerySet:
    return AccountMember.objects.present().filter(account=account).values("user")
