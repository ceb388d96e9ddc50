"""How a person is told of at one account: whoever sits elsewhere by now may sit out of the reader's sight."""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import Account
from stakeholders.in_force import in_force
from stakeholders.listing import NOT_KEY
from stakeholders.models import Position


def known_here(account: Account, person: str = "") -> dict[str, Any]:
    """Annotations for rows of people, or of what names one in the path `person`: title, key person, the rank they
    are ordered by, and leaving.

    The columns of the person mirror the primary post, and that is told only where it is a post at this account.
    """
    key = OuterRef(f"{person}pk")
    posts = Position.objects.present().filter(stakeholder=key, account=account)
    latest = posts.order_by(F("until").desc(nulls_first=True), "-is_primary", "-since", "id")
    at_home = Q(**{f"{person}account": account})
    return {
        "title_here": Coalesce(Subquery(latest.values("title")[:1]), Value("")),
        "is_key_here": Case(When(at_home, then=F(f"{person}is_key")), default=False, output_field=BooleanField()),
        "rank_here": rank_here(account, person),
        "has_left_here": ~Exists(posts.filter(in_force(account.today()))),
    }


def rank_here(account: Account, person: str = "") -> Case:
    """What key persons are put first by: the stored rank belongs to the person's own account, so guests come last."""
    own = When(**{f"{person}account": account}, then=F(f"{person}key_rank"))
    return Case(own, default=NOT_KEY, output_field=PositiveSmallIntegerField())
