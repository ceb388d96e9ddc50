"""Of two accounts that are one customer: what the survivor says. The page lets a person choose."""

from collections.abc import Mapping
from uuid import UUID

from accounts.models import Account
from records.choosing import TWIN, Matters, other_names

NAME, PARENT, TIER = ("name",), ("parent_id",), ("tier",)
MATTERS = Matters(
    (
        NAME,
        ("short_name",),
        TIER,
        ("status",),
        ("industry",),
        ("region",),
        PARENT,
        ("is_public_sector",),
        ("website",),
        ("address",),
        ("time_zone",),
        ("owner_id",),
        ("team_id",),
        ("notes",),
    ),
    texts=frozenset({"notes"}),
    longest=20_000,
    unsaid={"tier": Account.Tier.STANDARD},
)


def survivor(kept: Account, twin: Account, choose: Mapping[str, str]) -> dict[str, object]:
    """What the survivor's row says: what was chosen, every name of both, and the earlier of two beginnings."""
    values = MATTERS.survivor(kept, twin, choose)
    told = [values["name"], values["short_name"]]
    return values | {
        "parent_id": parent(kept, twin, choose.get(*PARENT, "")),
        "other_names": other_names([*kept.names(), *twin.names()], besides=told),
        "created_at": min(kept.created_at, twin.created_at),
    }


def parents_are_free(kept: Account, twin: Account) -> bool:
    """Whether neither group company lies below one of the two, so that any of them will do."""
    lines = [Account.parents_of(account.parent_id) for account in (kept, twin)]
    return not any(account.pk in line for account in (kept, twin) for line in lines)


def parent(kept: Account, twin: Account, side: str) -> UUID | None:
    """The group company; one that stood below the twin takes the twin's place, so that no loop closes."""
    if side and parents_are_free(kept, twin):
        return twin.parent_id if side == TWIN else kept.parent_id
    is_below = kept.parent_id is not None and twin.pk in Account.parents_of(kept.parent_id)
    wanted = twin.parent_id if is_below else kept.parent_id or twin.parent_id
    closes_a_loop = wanted is not None and kept.pk in Account.parents_of(wanted)
    return None if closes_a_loop else wanted
