"""Of two people who are one: what the survivor says. Pure; the page lets a person choose."""

from collections.abc import Mapping
from typing import Any

from records.choosing import Matters, other_names, split

TEXTS = (
    "responsibility",
    "authority",
    "interest",
    "concerns",
    "values",
    "business_philosophy",
    "working_style",
    "pastimes",
    "explicit_needs",
    "implicit_needs",
    "sensitive_notes",
)
MATTERS = Matters(
    (
        ("name",),
        ("is_outsider",),
        *((name,) for name in TEXTS),
        ("social_style",),
        ("stage",),
        ("counterpart_id",),
        ("is_watched",),
        ("is_rising", "rising_reason"),
        ("key_override", "key_override_reason"),
        ("gap_override",),
        ("ceiling_override",),
    ),
    texts=frozenset(TEXTS),
)


def survivor(kept: Any, twin: Any, choose: Mapping[str, str]) -> dict[str, Any]:
    """What the survivor's row says: what was chosen, every name of both, and the earlier of two beginnings."""
    values = MATTERS.survivor(kept, twin, choose)
    names = [kept.name, twin.name, *split(kept.other_names), *split(twin.other_names)]
    confirmed = [day for day in (kept.key_confirmed_on, twin.key_confirmed_on) if day]
    return values | {
        "other_names": other_names(names, besides=[values["name"]]),
        "created_at": min(kept.created_at, twin.created_at),  # known here since the earlier day (rule 4.6)
        "key_confirmed_on": max(confirmed, default=None),
    }
