"""Rows of people as plain dicts; a person in sight only through another post is shown by that one.

Somebody's own account (of the primary post) may be out of the viewer's sight: then its name, title, level and key
status are not told, neither in a row nor by filter or order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, PositiveSmallIntegerField, QuerySet, Value, When

from accounts.calendar import Today
from stakeholders.in_force import holds_on
from stakeholders.models import DecisionRole, Position
from stakeholders.sight import COUNTS, Sight
from users.models import User

NOT_KEY = 9
LAST = "\uffff"
# What every row fetches, so that guests can be shown otherwise.
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
    "has_left",
    "is_watched",
    "is_outsider",
    "shown_account",
)


def ranked(people: QuerySet, sight: Sight) -> QuerySet:
    """The people with what they may be ordered by in this sight."""
    rank: Any = F("key_rank")
    account: Any = F("account__sort_key")
    if not sight.reader.sees_everything:
        homes = sight.homes
        rank = Case(When(homes, then=rank), default=NOT_KEY, output_field=PositiveSmallIntegerField())
        account = Case(When(homes, then=account), default=Value(LAST), output_field=CharField())
    return people.annotate(shown_rank=rank, shown_account=account)


def listed(people: QuerySet, sight: Sight) -> QuerySet:
    """The rows as dicts, ready for `shown` or `complete`."""
    return ranked(people, sight).values(*FIELDS, "sort_key")


def with_letters(people: QuerySet, letters: Collection[str], sight: Sight) -> QuerySet:
    """Who holds one of these roles now, standing or in an open opportunity."""
    return people.filter(pk__in=sight.roles().filter(letter__in=letters).values("stakeholder"))


def with_levels(people: QuerySet, levels: Collection[str], sight: Sight) -> QuerySet:
    """Who holds a post of one of these levels in this sight."""
    return people.filter(pk__in=sight.posts().filter(level__in=levels).values("stakeholder"))


def in_unit(people: QuerySet, text: str, sight: Sight) -> QuerySet:
    """Who holds a post in a unit of such a name in this sight."""
    return people.filter(pk__in=sight.posts().filter(unit__name__icontains=text).values("stakeholder"))


def shown(rows: list[dict[str, Any]], sight: Sight) -> list[dict[str, Any]]:
    """Guests by the post through which they are seen, and what the account is called: a query where there are any."""
    guests = [row for row in rows if row["shown_account"] == LAST]
    posts = posts_seen([row["id"] for row in guests], sight) if guests else {}
    for row in guests:
        row.update(as_guest(posts.get(row["id"])))
    for row in rows:
        row["account"] = row["account__short_name"] or row["account__name"]
    return rows


def complete(rows: list[dict[str, Any]], user: User) -> list[dict[str, Any]]:
    """The same with role letters: one query more."""
    letters = letters_at((row["id"], row["account_id"]) for row in shown(rows, Sight(user)))
    for row in rows:
        row["roles"] = tuple(letters.get((row["id"], row["account_id"]), {}).items())
    return rows


def letters_at(places: Iterable[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], dict[str, bool]]:
    """(person, account) → letter → whether it is the primary one, in the order of the chain; for people at accounts
    that the reader sees."""
    letters: dict[tuple[UUID, UUID], dict[str, bool]] = defaultdict(dict)
    here, today = set(places), Today()
    rows = roles_told().filter(stakeholder__in={person for person, _account in here})
    for person, account, letter, is_primary, since, until, zone in sorted(rows, key=lambda row: "ADSEI".index(row[2])):
        if (person, account) in here and holds_on(since, until, today.in_zone(zone)):
            held = letters[person, account]
            held[letter] = held.get(letter, False) or is_primary
    return letters


@cache
def roles_told() -> QuerySet:
    """All roles that count, as tuples; narrowed anew by each page, made once."""
    roles = DecisionRole.objects.present().filter(COUNTS)
    return roles.values_list(
        "stakeholder_id", "account_id", "letter", "is_primary", "since", "until", "account__time_zone"
    )


def posts_seen(ids: Iterable[UUID], sight: Sight) -> dict[UUID, Position]:
    """Each person's post in force at an account in sight."""
    posts = sight.posts().filter(stakeholder__in=list(ids)).select_related("account", "unit")
    return {post.stakeholder_id: post for post in posts.order_by("since", "created_at")}


def as_guest(post: Position | None) -> dict[str, Any]:
    """What a row says of somebody whose own account is out of sight."""
    told: dict[str, Any] = {"is_key": False, "has_left": False}
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
