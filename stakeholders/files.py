"""What a file tells of people, so that it finds each of them when it comes in again."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts.files import Cells, UnitTexts, account_texts
from accounts.models import Account
from records.lists import Filing, Told
from records.reading_in import on_one_line
from stakeholders import reporting
from stakeholders.intake.people_named import PeopleNamed
from stakeholders.models import CareDate, ContactMethod, DecisionRole, Position, Stakeholder
from stakeholders.record_types import PROFILE_HEADERS
from users.directory import sure_names
from users.models import User

Place = tuple[UUID, UUID]  # a person at an account
Tell = Callable[[Sequence[Place]], dict[Place, dict[str, Any]]]
Person = tuple[UUID, UUID, str]  # at which account, who, by which name
REACHED = {"mobile": "mobile", "phone": "phone", "email": "email", "wechat": "wechat", "other_contact": "other"}
OF_POST = ("unit", "since", "until", "manager")
OF_PERSON = ("other_names", "social_style", "stage", "counterpart", *PROFILE_HEADERS)
PEOPLE_COLUMNS = ("account", *OF_POST, "roles", *REACHED, *OF_PERSON, "birthday", "notes", "external_id")


def person_texts(people: Iterable[Person]) -> dict[Place, str]:
    """What a file calls these people of these accounts: by name, or by key where the name is not theirs alone."""
    given = {(account, pk): on_one_line(name) for account, pk, name in people}
    named = PeopleNamed({(account, name) for (account, _pk), name in given.items()}, "")
    return {
        (account, pk): name if named.find(account, name) == [pk] else str(pk) for (account, pk), name in given.items()
    }


# People ---------------------------------------------------------------------------------------------------------------


def people_cells(user: User, names: Collection[str]) -> Cells:
    """Each group of columns costs its queries only where one of it is asked for."""
    colleagues = sure_names(User.objects.all()) if "counterpart" in names else {}
    groups: list[tuple[Collection[str], Tell]] = [
        (("account",), lambda places: accounts_told(places, user)),
        (("roles",), chains),
        (OF_POST, posts_told),
        (REACHED, ways_to_reach),
        ((*OF_PERSON, "birthday", "notes"), lambda places: profiles(places, user, colleagues)),
    ]
    wanted = [tell for columns, tell in groups if not set(names).isdisjoint(columns)]

    def cells(rows: list[Told]) -> list[dict[str, Any]]:
        places = [(row["id"], row["account_id"]) for row in rows]
        told: dict[Place, dict[str, Any]] = {place: {"external_id": str(place[0])} for place in places}
        for tell in wanted:
            for place, cell in tell(places).items():
                told[place] |= cell
        return [told[place] for place in places]

    return cells


def accounts_told(places: Sequence[Place], user: User) -> dict[Place, dict[str, Any]]:
    names = Account.objects.filter(pk__in={account for _pk, account in places}).values_list("pk", "name")
    texts = account_texts(user, names)
    return {place: {"account": texts.get(place[1], "")} for place in places}


def chains(places: Sequence[Place]) -> dict[Place, dict[str, Any]]:
    """The roles of the account's standing chain with their power, the primary one first: “A3”."""
    found: dict[Place, dict[str, Any]] = {place: {"roles": []} for place in places}
    roles = DecisionRole.objects.present().filter(stakeholder__in={pk for pk, _account in places})
    rows = roles.filter(opportunity=None, until=None).values_list(
        "stakeholder_id", "account_id", "is_primary", "letter", "power"
    )
    for person, account, _is_primary, letter, power in sorted(
        rows, key=lambda row: (not row[2], "ADSEI".index(row[3]))
    ):
        if (person, account) in found:
            found[person, account]["roles"].append(f"{letter}{power}")
    return found


def posts_told(places: Sequence[Place]) -> dict[Place, dict[str, Any]]:
    """Unit, days and boss of the post that speaks for each."""
    posts = speaking_posts(places)
    units = UnitTexts({account for _pk, account in places if account})
    bosses = bosses_of([post for post in posts.values() if post.until is None])
    return {
        place: {
            "unit": units.text(post.unit_id),
            "since": over(post.since, post.account),
            "until": over(post.until, post.account),
            "manager": bosses.get(post.pk, ""),
        }
        if (post := posts.get(place))
        else dict.fromkeys(OF_POST, "")
        for place in places
    }


def speaking_posts(places: Sequence[Place]) -> dict[Place, Position]:
    """The post that lasts, the primary one first; of those who left the last one."""
    held = Position.objects.present().filter(stakeholder__in={pk for pk, _account in places}).select_related("account")
    posts: dict[Place, Position] = {}
    wanted = set(places)
    for post in held.order_by(F("until").desc(nulls_first=True), "-is_primary", "pk"):
        place = post.stakeholder_id, post.account_id
        if place in wanted:
            posts.setdefault(place, post)
    return posts


def bosses_of(posts: Sequence[Position]) -> dict[UUID, str]:
    """Whom a file calls the boss of each post: whoever holds that seat now."""
    known = Position.objects.posts_above(*(post.pk for post in posts))
    seats, above = reporting.seats(known), reporting.boss_seats(known)
    boss = {post.pk: seat for post in posts if (seat := above.get(seats[post.pk]))}
    lasting = Position.objects.present().filter(pk__in=set(boss.values()), until=None, stakeholder__removed_at=None)
    rows = {pk: row for pk, *row in lasting.values_list("pk", "account_id", "stakeholder_id", "stakeholder__name")}
    texts = person_texts((account, person, name) for account, person, name in rows.values())
    return {post: texts[rows[seat][0], rows[seat][1]] for post, seat in boss.items() if seat in rows}


def over(day: date | None, account: Account) -> date | str:
    """A day that has come; a file brings no other."""
    return day if day and day <= account.today() else ""


def ways_to_reach(places: Sequence[Place]) -> dict[Place, dict[str, Any]]:
    found: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: {column: [] for column in REACHED})
    columns = {kind: column for column, kind in REACHED.items()}
    methods = ContactMethod.objects.filter(stakeholder__in={pk for pk, _account in places})
    for person, kind, value in methods.order_by("-is_primary", "id").values_list("stakeholder_id", "kind", "value"):
        found[person][columns[kind]].append(value)
    return {place: found[place[0]] | {"other_contact": "\n".join(found[place[0]]["other_contact"])} for place in places}


def profiles(places: Sequence[Place], user: User, colleagues: dict[Any, str]) -> dict[Place, dict[str, Any]]:
    """What is known of the person whatever the post; notes only for the team of the account and its managers."""
    people = Stakeholder.objects.in_bulk({pk for pk, _account in places})
    homes = {person.account_id for person in people.values()}
    worked = set(Account.objects.worked_by(user).filter(pk__in=homes).values_list("pk", flat=True))
    birthdays = birthdays_of(people)
    return {
        (pk, account): {
            **{name: getattr(people[pk], name) for name in ("other_names", *PROFILE_HEADERS)},
            "social_style": people[pk].get_social_style_display(),
            "stage": people[pk].get_stage_display(),
            "counterpart": colleagues.get(people[pk].counterpart_id, ""),
            "birthday": birthdays.get(pk, ""),
            "notes": people[pk].sensitive_notes if people[pk].account_id in worked else "",
        }
        for pk, account in places
    }


def birthdays_of(people: Collection[UUID]) -> dict[UUID, str]:
    """As a file writes them: “1980-05-20”, “05-20” without a year, “农历1980-08-15” by the lunar calendar."""
    told: dict[UUID, str] = {}
    days = CareDate.objects.filter(stakeholder__in=people, kind=CareDate.Kind.BIRTHDAY).order_by("pk")
    for each in days:
        year = f"{each.year}-" if each.year else ""
        text = f"{'农历' if each.is_lunar else ''}{year}{each.month:02}-{each.day:02}"
        told.setdefault(each.stakeholder_id, text)
    return told


PEOPLE_FILES = Filing(PEOPLE_COLUMNS, people_cells, everywhere=("roles", "counterpart"))
