"""The list of accounts."""

from html import escape

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.deeds import ACCOUNT_DEEDS
from accounts.files import ACCOUNT_FILES
from accounts.filters import AccountFilters
from accounts.models import Account
from accounts.record_types import ACCOUNTS
from pages.templatetags.pages import badge, icon
from records.list_cells import link
from records.lists import Listing, Told
from records.record_types import Column, Kind
from users.models import User

TONES = {Account.Tier.STRATEGIC: "info", Account.Tier.KEY: "neutral"}


def seen(user: User) -> QuerySet[Account]:
    return Account.objects.visible_to(user)


def complete(rows: list[Told], user: User) -> list[Told]:
    """Each with the group company's name where this user sees it; one query, none where nobody has one."""
    groups = {row["parent_id"] for row in rows if row["parent_id"]}
    names = dict(Account.objects.visible_to(user).filter(pk__in=groups).values_list("pk", "name")) if groups else {}
    for row in rows:
        row["group_name"] = names.get(row["parent_id"])
    return rows


def draw_name(row: Told) -> str:
    """The account, whether it is inactive, and the group it belongs to."""
    told = link("accounts:detail", row["id"], row["name"])
    if row["status"] == Account.Status.INACTIVE:
        told += f" {badge(_('Inactive'), 'outline')}"
    if row["group_name"]:
        told += f'<span class="why">{icon("arrow-turn-down-right", 14)} {escape(row["group_name"])}</span>'
    return told


def draw_tier(row: Told) -> str:
    label = str(Account.Tier(row["tier"]).label)
    tone = TONES.get(row["tier"])
    return badge(label, tone) if tone else f'<span class="muted">{escape(label)}</span>'


ACCOUNT_LIST = Listing(
    type=ACCOUNTS,
    page="accounts:list",
    filters=AccountFilters,
    rows=seen,
    standard=("name", "tier", "industry", "region", "owner", "team", "quiet"),
    order="name",
    head="name",
    complete=complete,
    always=("id", "name", "status", "parent_id"),
    added=("quiet", "group_name"),
    draws={
        "name": draw_name,
        "tier": draw_tier,
        "quiet": lambda row: f'<span id="quiet-{row["id"]}"></span>',
    },
    beside=(Column("quiet", gettext_lazy("Gone quiet"), Kind.NUMBER, is_read=False),),
    on_screen=("quiet",),
    files=ACCOUNT_FILES,
    deeds=ACCOUNT_DEEDS,
    edit="accounts:edit",
    empty="accounts/_no_accounts.html",
    tail="accounts/_figures.html",
)
