"""The lists of interactions and next steps; that of people stands in `people_list.py`."""

from collections import defaultdict
from html import escape
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.calendar import days_for
from pages.days import day_in_words
from pages.templatetags.pages import badge
from records.list_cells import link
from records.lists import Listing, Told
from relationships.deeds import ACTION_DEEDS, INTERACTION_DEEDS
from relationships.files import INTERACTION_FILES
from relationships.filters import ActionFilters, InteractionFilters
from relationships.models import Action, Interaction, Participant
from relationships.record_types import ACTIONS, ACTIVITY, INTERACTIONS, activity
from users.models import User

NAMED = 6
TONES = {
    Interaction.State.PLANNED: "info",
    Interaction.State.CANCELLED: "outline",
    Interaction.State.MISSED: "warn",
}


def seen_interactions(user: User) -> QuerySet[Interaction]:
    return Interaction.objects.visible_to(user)


def with_people(rows: list[Told], user: User) -> list[Told]:
    """The names of those who took part; one query."""
    names: dict[UUID, list[str]] = defaultdict(list)
    there = Participant.objects.filter(interaction__in=[row["id"] for row in rows])
    for interaction, name in there.order_by("id").values_list("interaction_id", "stakeholder__name"):
        names[interaction].append(name)
    for row in rows:
        row["people"] = names[row["id"]]
    return rows


def draw_activity(row: Told) -> str:
    """What it was, and that it waits in the tray."""
    told = link("relationships:interaction", row["id"], activity(row))
    return f"{told} {badge(_('In the tray'), 'outline')}" if row["is_unfinished"] else told


def draw_people(row: Told) -> str:
    """The first few by name."""
    names = row["people"]
    told = pgettext("between names", ", ").join(names[:NAMED])
    return escape(f"{told} +{len(names) - NAMED}" if len(names) > NAMED else told)


def draw_state(row: Told) -> str:
    state = Interaction.State(row["state"])
    label = str(state.label)
    return badge(label, TONES[state]) if state in TONES else escape(label)


def draw_account(row: Told) -> str:
    return link("accounts:detail", row["account_id"], row["account__name"])


def told_apart(held: Interaction) -> str:
    """Several of a kind with one customer differ by their day."""
    return f"{held}, {day_in_words(held.held_on, timezone.localdate())}"


INTERACTION_LIST = Listing(
    type=INTERACTIONS,
    page="relationships:interactions",
    filters=InteractionFilters,
    rows=seen_interactions,
    standard=("type", "held_on", "account", "people", "author", "state", "summary"),
    order="-held_on",
    head="type",
    complete=with_people,
    always=("id", "account_id", "is_unfinished", *ACTIVITY),
    added=("people",),
    draws={"type": draw_activity, "people": draw_people, "state": draw_state, "account": draw_account},
    deeds=INTERACTION_DEEDS,
    called=told_apart,
    label_needs=("activity_type", "account"),
    files=INTERACTION_FILES,
    edit="relationships:edit",
    empty="relationships/_no_interactions.html",
)


# Next steps -----------------------------------------------------------------------------------------------------------


def seen_actions(user: User) -> QuerySet[Action]:
    return Action.objects.visible_to(user)


def with_today(rows: list[Told], user: User) -> list[Told]:
    """Each with the day it is at its account."""
    today = {zone: day for day, zones in days_for(user).items() for zone in zones}
    for row in rows:
        row["today"] = today[row["account__time_zone"]]
    return rows


def draw_action(row: Told) -> str:
    return link("relationships:action", row["id"], row["title"])


def draw_due(row: Told) -> str:
    """The day, and whether it is over; from which day it was put off."""
    due, today = row["due_on"], row["today"]
    told = escape(day_in_words(due, today))
    if row["done_on"] is None and due < today:
        told = f'<b class="late">{told} · {escape(_("late"))}</b>'
    elif row["done_on"] is None and due == today:
        told = f'<b class="soon">{escape(_("today"))}</b>'
    if row["first_due_on"] < due:
        put_off = _("put off from %(day)s") % {"day": day_in_words(row["first_due_on"], today)}
        told += f'<span class="why">{escape(put_off)}</span>'
    return told


ACTION_LIST = Listing(
    type=ACTIONS,
    page="relationships:actions",
    filters=ActionFilters,
    rows=seen_actions,
    standard=("title", "due_on", "account", "person", "owner", "done_on"),
    order="due_on",
    head="title",
    complete=with_today,
    always=("id", "title", "account_id", "account__time_zone", "due_on", "first_due_on", "done_on"),
    draws={"title": draw_action, "due_on": draw_due, "account": draw_account},
    deeds=ACTION_DEEDS,
    edit="relationships:action",
    empty="relationships/_no_actions.html",
)
