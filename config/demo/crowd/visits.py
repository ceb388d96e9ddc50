"""Eighteen months of visits: people are met alone or two at a time, and their contact states follow from that."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from config.demo import portfolio
from config.demo.crowd.people import Person
from config.demo.crowd.policy import Policy
from config.demo.crowd.rows import Rows
from records.identity import new_id
from relationships import cadence
from relationships.contact_state import COLUMNS, facts_of
from relationships.models import ActivityType, Interaction

MONTHS_BACK = timedelta(days=540)
# How often somebody was met, dealt out in turn: five times in the mean, some never and a few every other month.
DEALT = (5, 1, 8, 3, 0, 6, 2, 10, 4, 5, 13, 1, 3, 7, 0, 9, 2, 6, 4, 11)
VALUES = ("", "", "information", "expertise", "problem_solved", "none")
Contacts = dict[str, list[cadence.Contact]]


class Visits:
    """Tells the visits of one pair after the other."""

    def __init__(self, random: Random, rows: Rows, policy: Policy) -> None:
        self.random, self.rows, self.policy, self.dealt = random, rows, policy, 0

    def tell(self, pair: Sequence[Person], team: Sequence[UUID]) -> None:
        """What happened with these two, logged by one of the account's team."""
        contacts: Contacts = defaultdict(list)
        for person in pair:
            for day in self.days_of(person):
                company = [other for other in pair if other is not person and self.random.random() < 0.3]
                self.visit([person, *company], day, team, contacts)
        for person in pair:
            self.settle(person, contacts[person.id])

    def days_of(self, person: Person) -> list[date]:
        """The days of somebody's own visits; whoever decides is kept in touch with, mostly."""
        times = DEALT[self.dealt % len(DEALT)]
        self.dealt += 1
        gap = cadence.cadence_on(self.policy.today, judged(person, self.policy), self.policy.table)[0].gap
        kept = self.random.random() < (0.9 if person.letter or person.is_key else 0.5)
        ago = round(gap * (self.random.uniform(0.05, 0.9) if kept else self.random.uniform(1.05, 3)))
        step = max(12, (MONTHS_BACK.days - ago) // max(times, 1))
        return [self.policy.today - timedelta(days=max(1, ago + step * number)) for number in range(times)]

    def visit(self, people: Sequence[Person], day: date, team: Sequence[UUID], contacts: Contacts) -> None:
        """One visit, logged that evening; in one of two hundred somebody has yet to say what came of it."""
        kind, is_ours = self.random.choice(self.policy.types), self.random.random() < 0.75
        is_planned = self.random.random() < 0.005
        author = self.random.choice(team).hex
        visit = self.add_visit(people, day, kind, author, is_ours, is_planned)
        for person in people:
            self.rows.participants.add(id=new_id().hex, interaction_id=visit, stakeholder_id=person.id)
            if not is_planned:
                contacts[person.id] += self.contact(day, kind, len(people), is_ours)
        self.rows.colleagues.add(id=new_id().hex, interaction_id=visit, user_id=author)

    def add_visit(
        self, people: Sequence[Person], day: date, kind: ActivityType, author: str, is_ours: bool, is_planned: bool
    ) -> str:
        """Its row; a planned one lies a few days ahead or behind."""
        held_on = self.policy.today + timedelta(days=self.random.randrange(-2, 12)) if is_planned else day
        visit, state = new_id().hex, Interaction.State.PLANNED if is_planned else Interaction.State.DONE
        self.rows.visits.add(
            id=visit, created_at=evening(day), account_id=people[0].account.pk.hex, activity_type_id=kind.pk.hex,
            author_id=author, held_on=held_on, state=state.value, head_count=len(people), is_service=kind.is_service,
            initiative="ours" if is_ours else "theirs",
            summary="" if is_planned else self.random.choice(portfolio.SUMMARIES),
            value_given="" if is_planned else self.random.choice(VALUES),
        )  # fmt: skip
        return visit

    def contact(self, day: date, kind: ActivityType, heads: int, is_ours: bool) -> list[cadence.Contact]:
        """What the visit counts as, by rule 4.6."""
        held = cadence.Held(day, cadence.Counts(kind.counts), False, heads, False, not is_ours, kind.is_service)
        found = cadence.contact_of(held, self.policy.rules)
        return [found] if found else []

    def settle(self, person: Person, contacts: Sequence[cadence.Contact]) -> None:
        """The states that follow, as `relationships.contact_state` would store them; nobody who left has one."""
        if person.has_left:
            return
        line = cadence.stretches(judged(person, self.policy), contacts, self.policy.table, self.policy.rules)
        for stretch in line:
            facts = facts_of(stretch, person.id, person.account.pk.hex, person.is_key or person.is_watched)
            self.rows.states.add(**dict(zip(COLUMNS, facts, strict=True)))


def judged(person: Person, policy: Policy) -> cadence.Person:
    """What rule 4.6 reads of them."""
    known_since = policy.day_of(person.known_at)
    role = cadence.RoleSpan(person.letter, person.account.tier, known_since)
    return cadence.Person(known_since, person.account.tier, (role,) if person.letter else ())


def evening(day: date) -> datetime:
    """When it was written down."""
    return timezone.make_aware(datetime.combine(day, time(18, 30)), timezone.get_default_timezone())
