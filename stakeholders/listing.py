"""Rows of people as plain dicts; a person in sight only through another post is shown by that one.

Somebody's own account (of the primary post) may be out of the viewer's sight: then its name, title, level and key
status are not told, neither in a row nor by filter or order.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, PositiveSmallIntegerField, Q, QuerySet, Value, When

from accounts.calendar import days_for, on_each_day
from accounts.models import Account
from stakeholders.in_force import in_force
from stakeholders.models import DecisionRole, Position
from users.models import User

NOT_KEY = 9
LAST = "\uffff"
FIELDS = (
    "id",
    "name",
    "title",
    "unit__name",
    "level",
    "account_id",
    "account__name",
    "account__short_name",
    "is_key",
    "key_class",
    "has_left",
    "is_watched",
    "is_outsider",
    "sort_key",
    "shown_rank",
    "shown_account",
)
ORDERS = {
    "name": ("sort_key", "id"),
    "key": ("shown_rank", "sort_key", "id"),
    "account": ("shown_account", "sort_key", "id"),
}


def at_home(user: User) -> Q:
    """People whose own account is in sight."""
    return Q() if user.sees_everything else Q(account__in=Account.objects.visible_to(user))


def listed(people: QuerySet, user: User) -> QuerySet:
    """The rows as dicts, with what they may be ordered by."""
    rank: Any = F("key_rank")
    account: Any = F("account__sort_key")
    if not user.sees_everything:
        rank = Case(When(at_home(user), then=rank), default=NOT_KEY, output_field=PositiveSmallIntegerField())
        account = Case(When(at_home(user), then=account), default=Value(LAST), output_field=CharField())
    return people.annotate(shown_rank=rank, shown_account=account).values(*FIELDS)


def with_letter(people: QuerySet, letter: str, user: User) -> QuerySet:
    """Who holds this role now, standing or in an open opportunity."""
    return people.filter(pk__in=current_roles(user).filter(letter=letter).values("stakeholder"))


def with_level(people: QuerySet, level: str, user: User) -> QuerySet:
    """Who holds a post of this level that the viewer sees."""
    return people.filter(pk__in=held_now(Position, user).filter(level=level).values("stakeholder"))


def current_roles(user: User) -> QuerySet:
    """Roles in force at accounts in sight; those of closed opportunities count no more."""
    return held_now(DecisionRole, user).filter(Q(opportunity=None) | Q(opportunity__outcome=""))


def held_now(model: type[Position] | type[DecisionRole], user: User) -> QuerySet:
    """Posts or roles at accounts in sight, in force on the account's own day."""
    return model.objects.visible_to(user).filter(on_each_day(days_for(user), in_force))


def complete(rows: list[dict[str, Any]], user: User) -> list[dict[str, Any]]:
    """Add role letters, and show guests by the post through which they are seen: two queries, one without guests."""
    ids = [row["id"] for row in rows]
    letters = letters_by_person(ids, user)
    guests = [row for row in rows if row["shown_account"] == LAST]
    posts = posts_seen([row["id"] for row in guests], user) if guests else {}
    for row in guests:
        row.update(as_guest(posts.get(row["id"])))
    for row in rows:
        row["roles"] = tuple(letters.get((row["id"], row["account_id"]), {}).items())
        row["account"] = row["account__short_name"] or row["account__name"]
    return rows


def letters_by_person(ids: Iterable[UUID], user: User) -> dict[tuple[UUID, UUID], dict[str, bool]]:
    """(person, account) → letter → whether it is the primary one, in the order of the chain."""
    letters: dict[tuple[UUID, UUID], dict[str, bool]] = defaultdict(dict)
    rows = (
        current_roles(user)
        .filter(stakeholder__in=list(ids))
        .values_list("stakeholder_id", "account_id", "letter", "is_primary")
    )
    for person, account, letter, is_primary in sorted(rows, key=lambda row: "ADSEI".index(row[2])):
        held = letters[person, account]
        held[letter] = held.get(letter, False) or is_primary
    return letters


def posts_seen(ids: Iterable[UUID], user: User) -> dict[UUID, Position]:
    """Each person's post in force at an account in sight."""
    posts = held_now(Position, user).filter(stakeholder__in=list(ids)).select_related("account", "unit")
    return {post.stakeholder_id: post for post in posts.order_by("since", "created_at")}


def as_guest(post: Position | None) -> dict[str, Any]:
    """What a row says of somebody whose own account is out of sight."""
    told: dict[str, Any] = {"is_key": False, "key_class": 0, "has_left": False}
    if post is None:
        return told | {
            "title": "",
            "unit__name": "",
            "account_id": None,
            "account__name": "",
            "account__short_name": "",
        }
    return told | {
        "title": post.title,
        "unit__name": post.unit.name if post.unit else "",
        "level": post.level,
        "account_id": post.account_id,
        "account__name": post.account.name,
        "account__short_name": post.account.short_name,
    }
