"""The list of people, with how long each has not been met; it stands here, above people and contacts."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.calendar import days_for, on_each_day
from accounts.models import Account
from pages.templatetags.pages import badge, roles, stone
from records.list_cells import link
from records.lists import Listing, Told
from records.record_types import Column, Kind
from relationships.filters import PeopleFilters
from relationships.models import ContactState
from stakeholders import listing
from stakeholders.deeds import PEOPLE_DEEDS
from stakeholders.files import PEOPLE_FILES
from stakeholders.models import Stakeholder
from stakeholders.record_types import PEOPLE
from stakeholders.sight import Sight
from users.models import User


def seen_people(user: User) -> QuerySet[Stakeholder]:
    """People in sight."""
    sight = Sight(user)
    return listing.ranked(sight.people(), sight)


def with_last_contact(rows: list[Told], user: User) -> None:
    """Each with the last contact where this user may know of it."""
    states = ContactState.objects.visible_to(user).filter(on_each_day(days_for(user), stretch_of))
    ids = [row["id"] for row in rows]
    last = dict(states.filter(stakeholder__in=ids).values_list("stakeholder", "last_contact_on"))
    for row in rows:
        row["last_contact"] = last.get(row["id"])


def stretch_of(day: date) -> Q:
    return Q(starts_on__lte=day, ends_on__gt=day)


def by_silence(people: QuerySet, user: User) -> QuerySet:
    """Only whoever has a clock, since when nobody met them; joined, so that the index of that day leads."""

    def on(day: date) -> Q:
        return Q(contact_states__starts_on__lte=day, contact_states__ends_on__gt=day)

    here = on_each_day(days_for(user), on)
    if not user.sees_everything:
        here &= Q(contact_states__account__in=Account.objects.visible_to(user))
    silent_since: Any = Coalesce(F("contact_states__last_contact_on"), F("contact_states__known_since"))
    return people.filter(here).annotate(silent_since=silent_since)


def draw_person(row: Told) -> str:
    """The stone, the name, and what is worth knowing before one calls."""
    name = link("stakeholders:detail", row["id"], row["name"])
    marks = [
        badge(_("Watched"), "info") if row["is_watched"] else "",
        badge(_("Outsider"), "outline") if row["is_outsider"] else "",
        badge(_("Has left"), "outline") if row["has_left"] else "",
    ]
    return " ".join(filter(None, [stone(None, key=row["is_key"]), name, *marks]))


def draw_account(row: Told) -> str:
    return link("accounts:detail", row["account_id"], row["account"]) if row["account_id"] else ""


PEOPLE_LIST = Listing(
    type=PEOPLE,
    page="relationships:people",
    filters=PeopleFilters,
    rows=seen_people,
    standard=("name", "title", "roles", "account", "unit", "clock"),
    order="name",
    head="name",
    complete=listing.complete,
    always=listing.FIELDS,
    added=("roles", "clock"),
    looked_up={"last_contact": with_last_contact},
    draws={
        "name": draw_person,
        "account": draw_account,
        "roles": lambda row: roles(row["roles"]),
        "clock": lambda row: f'<span id="clock-{row["id"]}"></span>',
    },
    beside=(
        Column("clock", gettext_lazy("Contact"), Kind.TEXT, is_read=False),
        Column("last_contact", gettext_lazy("Last contact"), Kind.DAY, order=("silent_since", "id"), is_read=False),
    ),
    ordered={"last_contact": by_silence},
    on_screen=("clock",),
    files=PEOPLE_FILES,
    deeds=PEOPLE_DEEDS,
    edit="stakeholders:edit",
    empty="relationships/_no_people.html",
    tail="relationships/_people_clocks.html",
)
