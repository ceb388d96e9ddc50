"""What can be done to accounts in their list: in the row, or to many at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account, AccountMember
from accounts.upkeep import standings_changed
from pages.choices import SearchedChoiceField
from records.acts import Actor
from records.by_sets import update_rows
from records.deeds import Asked, Deed, DeedForm, Ids, pieces, written_beside
from records.history import record_set
from records.intake import Key
from users.choices import colleagues, teams
from users.models import User

CHOOSE = pgettext_lazy("choice", "Choose")
DERIVED = ("search_key", "sort_key", "tier_rank")


class TierForm(DeedForm):
    tier = forms.ChoiceField(label=_("Tier"), choices=Account.Tier.choices)


class StatusForm(DeedForm):
    status = forms.ChoiceField(label=_("Status"), choices=Account.Status.choices)


class IndustryForm(DeedForm):
    industry = forms.CharField(label=_("Industry"), required=False, max_length=80)


class RegionForm(DeedForm):
    region = forms.CharField(label=_("Region"), required=False, max_length=80)


class OwnerForm(DeedForm):
    owner = SearchedChoiceField(label=_("First responsible"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(colleagues(), empty_label=CHOOSE)


class TeamForm(DeedForm):
    team = SearchedChoiceField(label=_("Supporting team"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].offer(teams(), empty_label=CHOOSE)


def worked(accounts: QuerySet, user: User) -> QuerySet:
    """Its own people, and the managers above."""
    return accounts.filter(pk__in=Account.objects.worked_by(user).values("pk"))


def staffed(accounts: QuerySet, user: User) -> QuerySet:
    """The same, and administrators: who of ours answers for it."""
    return accounts if user.is_administrator else worked(accounts, user)


def as_asked(account: Account, asked: Asked) -> dict[str, Any]:
    return dict(asked)


def rederive(ids: Ids) -> None:
    """What lists sort and search by, and how the people there are judged."""
    for some in pieces(ids):
        accounts = list(Account.objects.filter(pk__in=some))
        for account in accounts:
            account.derive()
        update_rows(Account, accounts, DERIVED)


def restand(ids: Ids) -> None:
    """The same, and how often people there should be met."""
    rederive(ids)
    standings_changed(list(ids))


def admit_owner(accounts: Sequence[Account], asked: Asked, *, by: Actor, because: str) -> dict[UUID, list[Key]]:
    """Whoever answers for an account is on its team from that moment."""
    owner, ids = asked["owner"], [account.pk for account in accounts]
    there = set(
        AccountMember.objects.present().filter(user=owner, account__in=ids).values_list("account_id", flat=True)
    )
    rows = [AccountMember(account_id=pk, user=owner) for pk in ids if pk not in there]
    AccountMember.objects.bulk_create(rows)
    made = AccountMember.objects.filter(pk__in=[row.pk for row in rows])
    record_set(made, by=by, because=because, type="+")
    return written_beside([(row.account_id, row.pk) for row in rows], AccountMember._meta.label_lower)


ACCOUNT_DEEDS = (
    Deed("tier", _("Tier"), TierForm, as_asked, worked, column="tier", settle=restand),
    Deed("owner", _("First responsible"), OwnerForm, as_asked, staffed, column="owner", beside=admit_owner),
    Deed("team", _("Supporting team"), TeamForm, as_asked, staffed, column="team"),
    Deed("industry", _("Industry"), IndustryForm, as_asked, worked, column="industry", settle=rederive),
    Deed("region", _("Region"), RegionForm, as_asked, worked, column="region", settle=rederive),
    Deed("status", _("Status"), StatusForm, as_asked, worked, column="status", settle=restand),
)
