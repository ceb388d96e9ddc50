"""What lists of people, interactions and next steps can be narrowed to."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.calendar import days_for, on_each_day
from accounts.choices import accounts_of
from pages.filters import (
    AnyOfFilter,
    AnyRecordFilter,
    DayFilter,
    ListFilters,
    MarkFilter,
    OneOfFilter,
    RecordFilter,
    TextFilter,
)
from relationships.models import ActivityType, ContactState, Interaction, InteractionQuerySet
from relationships.models.action import ActionQuerySet
from stakeholders.choices import people_seen_by
from stakeholders.filters import PersonFilters
from stakeholders.models import Stakeholder, StakeholderQuerySet
from users.choices import colleagues

WEEK = timedelta(days=7)
MINE, EVERYBODYS = "mine", "team"


class Contact(models.TextChoices):
    """How the silence of a person reads, as the clock in the list says it."""

    NEW = "new", pgettext_lazy("contact state", "New")
    FRESH = "fresh", pgettext_lazy("contact state", "In touch")
    DUE = "due", pgettext_lazy("contact state", "Due")
    STALE = "stale", pgettext_lazy("contact state", "Gone quiet")
    LOST = "lost", pgettext_lazy("contact state", "Lost touch")
    NEVER = "never", pgettext_lazy("contact state", "Never contacted")
    OFTEN = "often", pgettext_lazy("contact state", "Too often")


def reads(state: str, day: date) -> Q:
    """Stored stretches that read so on a day, as `cadence.Stretch.state` judges one in hand."""
    met, unmet = Q(last_contact_on__isnull=False), Q(last_contact_on=None)
    return {
        Contact.NEW: unmet & Q(stale_on__gt=day),
        Contact.NEVER: unmet & Q(stale_on__lte=day),
        Contact.FRESH: met & Q(due_on__gt=day),
        Contact.DUE: met & Q(due_on__lte=day, stale_on__gt=day),
        Contact.STALE: met & Q(stale_on__lte=day, lost_on__gt=day),
        Contact.LOST: met & Q(lost_on__lte=day),
        Contact.OFTEN: Q(too_often_until__gte=day),
    }[Contact(state)]


class PeopleFilters(PersonFilters):
    """People, and how long they have not been met, where the reader may know."""

    contact = AnyOfFilter(label=_("Contact"), choices=Contact.choices, method="reading")

    def reading(self, people: StakeholderQuerySet, name: str, states: list[str]) -> StakeholderQuerySet:
        def on(day: date) -> Q:
            wanted = Q()
            for state in states:
                wanted |= reads(state, day)
            return wanted & Q(starts_on__lte=day, ends_on__gt=day)

        seen = ContactState.objects.visible_to(self.reader).filter(on_each_day(days_for(self.reader), on))
        return people.filter(pk__in=seen.values("stakeholder"))


class InteractionFilters(ListFilters):
    """What happened and what is planned."""

    q = TextFilter(label=_("Search"), hint=_("Summary, objective, place …"), method="found")
    type = AnyRecordFilter("activity_type", label=_("Activity"), rows=lambda: ActivityType.objects.offered())
    state = AnyOfFilter("state", label=_("State"), choices=Interaction.State.choices)
    account = RecordFilter("account", label=_("Account"), choices=accounts_of)
    person = RecordFilter(label=_("Person"), choices=people_seen_by, method="with_person")
    author = RecordFilter("author", label=_("Author"), choices=lambda reader: colleagues())
    whose = OneOfFilter(label=_("Whose"), choices=[(MINE, _("Mine"))], usual=_("Everybody's"), method="belonging")
    held_from = DayFilter("held_on", "gte", label=_("From"))
    held_until = DayFilter("held_on", "lte", label=_("Until"))
    value = AnyOfFilter("value_given", label=_("What they got"), choices=Interaction.Value.choices)
    unfinished = MarkFilter("is_unfinished", label=_("In the tray"))

    def found(self, rows: InteractionQuerySet, name: str, text: str) -> InteractionQuerySet:
        for word in text.split()[:8]:
            rows = rows.filter(Q(summary__icontains=word) | Q(objective__icontains=word) | Q(place__icontains=word))
        return rows

    def with_person(self, rows: InteractionQuerySet, name: str, person: Stakeholder) -> InteractionQuerySet:
        return rows.with_person(person)

    def belonging(self, rows: InteractionQuerySet, name: str, whose: str) -> InteractionQuerySet:
        return rows.attended_by(self.reader)


class ActionFilters(ListFilters):
    """Next steps: one's own open ones, where nothing else is asked for."""

    DUE, LATE, DONE, ANY = "due", "late", "done", "all"
    STATES = [
        (DUE, _("Due this week")),
        (LATE, pgettext_lazy("next steps", "Late")),
        (DONE, pgettext_lazy("next steps", "Done")),
        (ANY, _("Open and done")),
    ]

    q = TextFilter("title", label=_("Search"), hint=_("Next step"))
    whose = OneOfFilter(label=_("Whose"), choices=[(EVERYBODYS, _("Everybody's"))], usual=_("Mine"), method="belonging")
    state = OneOfFilter(label=_("State"), choices=STATES, usual=pgettext_lazy("next steps", "Open"), method="standing")
    owner = RecordFilter("owner", label=_("Who does it"), choices=lambda reader: colleagues())
    account = RecordFilter("account", label=_("Account"), choices=accounts_of)
    person = RecordFilter("stakeholder", label=_("Person"), choices=people_seen_by)
    due_from = DayFilter("due_on", "gte", label=_("Due from"))
    due_until = DayFilter("due_on", "lte", label=_("Due until"))

    def filter_queryset(self, rows: QuerySet) -> QuerySet:
        rows = super().filter_queryset(rows)
        if not self.asked.get("whose") and not self.asked.get("owner"):
            rows = rows.filter(owner=self.reader)
        return rows if self.asked.get("state") else rows.filter(done_on=None)

    def belonging(self, rows: ActionQuerySet, name: str, whose: str) -> ActionQuerySet:
        return rows

    def standing(self, rows: ActionQuerySet, name: str, state: str) -> ActionQuerySet:
        days: Any = days_for(self.reader)
        narrowed = {
            self.DUE: lambda: rows.due_within(WEEK, days),
            self.LATE: lambda: rows.overdue(days),
            self.DONE: lambda: rows.filter(done_on__isnull=False),
        }
        return narrowed.get(state, lambda: rows)()
