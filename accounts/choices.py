"""Accounts and colleagues to choose from, in the reader's sight."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Account, AccountMember
from accounts.search_key import fold
from pages.choices import Choices, likeliest_first
from users.choices import Colleagues
from users.models import User

JOINING = "joining"


class Accounts(Choices):
    """Accounts, found by name in either script, pinyin or initials."""

    def search(self, text: str) -> QuerySet[Account]:
        folded = fold(text)
        begins = Q(search_key__startswith=folded) | Q(search_key__contains=f"\n{folded}")
        return likeliest_first(self.rows.search(text), begins)

    def tell_apart(self, records: list[Account]) -> dict[Any, str]:
        return {account.pk: described(account) for account in records}


def described(account: Account) -> str:
    """What tells an account from another one."""
    return " · ".join(str(part) for part in (account.get_tier_display(), account.industry, account.region) if part)


def accounts_of(user: User) -> Accounts:
    """Every account in sight, by name."""
    rows = Account.objects.visible_to(user).defer("notes").order_by("sort_key", "id")
    return Accounts(rows, reverse("accounts:choices"))


def team_of(account: Account, *, besides: User | None = None) -> Colleagues:
    """Who of ours works on the account, and whoever is named there already."""
    rows = User.objects.active().filter(pk__in=members_of(account)).select_related("team")
    return Colleagues(rows, reverse("accounts:colleague_choices", args=[account.pk]), besides=besides)


def not_yet_on_team_of(account: Account) -> Colleagues:
    """Colleagues who could join the account's team."""
    rows = User.objects.active().exclude(pk__in=members_of(account)).select_related("team")
    return Colleagues(rows, reverse("accounts:colleague_choices", args=[account.pk]) + f"?{JOINING}=yes")


def members_of(account: Account) -> QuerySet:
    return AccountMember.objects.present().filter(account=account).values("user")
