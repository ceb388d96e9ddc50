"""What becomes of all that hangs on a person when two people prove to be one (rule 4.19).

And of people, posts and roles when two accounts or units do; and of lines when two posts become one.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any
from uuid import UUID

from accounts.search_key import fold
from records.merging import MergeRule, Values, stays
from stakeholders import reporting
from stakeholders.models import (
    CareDate,
    ContactMethod,
    DecisionRole,
    Influence,
    PersonMerge,
    Position,
    SearchEntry,
    Stakeholder,
    SuspectedTwins,
)

Row = Any


def earliest(*days: date | None) -> date | None:
    """The first known day."""
    return min((day for day in days if day), default=None)


# Posts


def same_stretch(post: Row) -> Hashable | None:
    """Posts at one account that end alike may be one, if neither was handed to somebody else."""
    return None if post.removed_at else (post.account_id, post.until, post.succeeded_by_id)


def same_holder(post: Row) -> Hashable | None:
    """Of two accounts that are one: posts there of one person."""
    return None if post.removed_at else (post.stakeholder_id, post.until, post.succeeded_by_id)


def same_seat(stands: Row, comes: Row) -> bool:
    """The same title and unit, as far as they are known, and neither above the other."""
    titles_agree = not stands.title or not comes.title or fold(stands.title) == fold(comes.title)
    units_agree = None in (stands.unit_id, comes.unit_id) or stands.unit_id == comes.unit_id
    return titles_agree and units_agree and not one_is_above(stands, comes)


def one_is_above(stands: Row, comes: Row) -> bool:
    """Whether a line leads from one to the other: made one seat, it would report to itself."""
    posts = Position.objects.posts_above(stands.pk, comes.pk)
    return bool(reporting.would_loop(stands.pk, comes.pk, posts) or reporting.would_loop(comes.pk, stands.pk, posts))


def one_post(stands: Row, comes: Row) -> Values:
    """What is known of either; the level goes with the title."""
    return {
        "title": stands.title or comes.title,
        "unit": stands.unit_id or comes.unit_id,
        "level": comes.level if comes.title and not stands.title else stands.level,
        "reports_to": stands.reports_to_id or comes.reports_to_id,
        "since": earliest(stands.since, comes.since),
        "went_to": stands.went_to or comes.went_to,
    }


def while_held(post: Row) -> Hashable | None:
    """One post that lasts is the primary one."""
    return "lasting" if post.until is None and post.removed_at is None else None


# Roles and influence


def lasting(*names: str) -> Callable[[Row], Hashable | None]:
    """Rows that have no end and say the same in these columns."""

    def alike(row: Row) -> Hashable | None:
        return tuple(getattr(row, name) for name in names) if row.until is None and row.removed_at is None else None

    return alike


def standing(role: Row) -> Hashable | None:
    """Of two accounts that are one: the roles one person holds in the chain of either."""
    return lasting("stakeholder_id", "letter")(role) if role.opportunity_id is None else None


def one_role(stands: Row, comes: Row) -> Values:
    """With several the highest power counts (rule 4.0)."""
    return {"power": max(stands.power, comes.power), "since": min(stands.since, comes.since)}


def one_edge(stands: Row, comes: Row) -> Values:
    """The stronger of two edges."""
    return {
        "strength": max(stands.strength, comes.strength),
        "since": min(stands.since, comes.since),
        "nature": stands.nature or comes.nature,
        "note": stands.note or comes.note,
    }


def to_oneself(other_end: str) -> Callable[[Row, UUID], bool]:
    """Edges between the two vanish."""
    return lambda row, target: getattr(row, other_end) == target


# Parts


def same_number(method: Row) -> Hashable:
    return (method.kind, method.normalised)


def of_the_person(row: Row) -> Hashable:
    return "person"


def same_occasion(care: Row) -> Hashable:
    return tuple(getattr(care, name) for name in CareDate.SAYS)


OF_PEOPLE = (
    MergeRule(
        Position,
        "stakeholder",
        alike=same_stretch,
        fits=same_seat,
        together=one_post,
        mark="is_primary",
        marked_in=while_held,
    ),
    MergeRule(
        DecisionRole,
        "stakeholder",
        alike=lasting("account_id", "opportunity_id", "letter"),
        together=one_role,
        mark="is_primary",
        marked_in=lasting("account_id", "opportunity_id"),
    ),
    MergeRule(
        Influence, "source", alike=lasting("target_id", "tone"), together=one_edge, vanishes=to_oneself("target_id")
    ),
    MergeRule(
        Influence, "target", alike=lasting("source_id", "tone"), together=one_edge, vanishes=to_oneself("source_id")
    ),
    MergeRule(ContactMethod, "stakeholder", alike=same_number, mark="is_primary", marked_in=of_the_person),
    MergeRule(CareDate, "stakeholder", alike=same_occasion),
    MergeRule(Stakeholder, "merged_into"),
    stays(SearchEntry, "stakeholder", because="worked out anew by `entries.refresh_entries`"),
    stays(PersonMerge, "kept", because="an earlier merge is taken apart after the later one"),
    stays(PersonMerge, "twin", because="it names who went"),
    *(stays(SuspectedTwins, end, because="pairs are read through `merged_into`") for end in ("one", "other")),
)
OF_ACCOUNTS = (
    MergeRule(Stakeholder, "account"),
    MergeRule(Position, "account", alike=same_holder, fits=same_seat, together=one_post),
    MergeRule(
        DecisionRole,
        "account",
        alike=standing,
        together=one_role,
        mark="is_primary",
        marked_in=lasting("stakeholder_id", "opportunity_id"),
    ),
    MergeRule(Influence, "account"),
    stays(SearchEntry, "account", because="worked out anew by `entries.refresh_entries`"),
)
OF_UNITS = (MergeRule(Stakeholder, "unit"), MergeRule(Position, "unit"))
OF_POSTS = (MergeRule(Position, "reports_to"), MergeRule(Position, "succeeded_by"))
