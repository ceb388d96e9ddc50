"""Who is a key person, read from the rows: facts for rule 4.2, for however many people in five queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from stakeholders.departures import Departures, departures
from stakeholders.in_force import holds_on
from stakeholders.key_person import Edge, Facts, Judgement, Override, deciding_class, judge
from stakeholders.models import DecisionRole, Influence, KeyPersonPolicy, Level, Position, Stakeholder

Place = tuple[UUID, UUID]  # a person at an account: key status is judged per account


class Days:
    """Today at each account (rule 4.0), at one moment for all of them."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.by_zone: dict[str, date] = {}

    def in_zone(self, name: str) -> date:
        """The calendar day in a time zone; empty is the installation's."""
        if name not in self.by_zone:
            self.by_zone[name] = self.now.astimezone(ZoneInfo(name or settings.TIME_ZONE)).date()
        return self.by_zone[name]


def judgements(people: Mapping[UUID, Stakeholder]) -> dict[UUID, Judgement]:
    """Rule 4.2 for each person at their own account."""
    policy, days = KeyPersonPolicy.load(), Days(timezone.now())
    edges = edges_from(people, days)
    around = {*people, *(target for targets in edges.values() for target, _ in targets)}
    executives, there = posts_of(around, days)
    letters = letters_of(around, departures(around), days)
    found = {}
    for pk, person in people.items():
        if person.removed_at or pk not in there:
            found[pk] = judge(Facts(), policy.min_influence_strength)  # whoever left counts nowhere
            continue
        pulls = (
            Edge(strength, target in there and is_deciding((target, person.account_id), executives, letters))
            for target, strength in edges[pk]
        )
        found[pk] = judge(facts_of(person, executives, letters, tuple(pulls)), policy.min_influence_strength)
    return found


def facts_of(
    person: Stakeholder, executives: set[Place], letters: Mapping[Place, set[str]], edges: tuple[Edge, ...]
) -> Facts:
    """The person as rule 4.2 reads them, at their own account."""
    place = (person.pk, person.account_id)
    return Facts(
        is_executive=place in executives,
        letters=frozenset(letters.get(place, ())),
        edges=edges,
        is_rising=person.is_rising,
        override=Override(person.key_override),
    )


def is_deciding(place: Place, executives: set[Place], letters: Mapping[Place, set[str]]) -> bool:
    """Class 1 or 2 at that account."""
    return deciding_class(Facts(is_executive=place in executives, letters=frozenset(letters.get(place, ())))) > 0


def edges_from(people: Collection[UUID], days: Days) -> dict[UUID, list[tuple[UUID, int]]]:
    """Positive edges in force from these people: onto whom, how strong."""
    rows = Influence.objects.present().filter(
        source__in=people, tone=Influence.Tone.POSITIVE, target__removed_at=None
    ).values_list("source_id", "target_id", "strength", "since", "until", "source__account__time_zone")  # fmt: skip
    edges = defaultdict(list)
    for source, target, strength, since, until, zone in rows:
        if holds_on(since, until, days.in_zone(zone)):
            edges[source].append((target, strength))
    return edges


def posts_of(ids: Collection[UUID], days: Days) -> tuple[set[Place], set[UUID]]:
    """Who holds a post of level executive where, and who holds any post at all."""
    rows = Position.objects.present().filter(stakeholder__in=ids)
    executives, there = set(), set()
    for person, account, level, since, until, zone in rows.values_list(
        "stakeholder_id", "account_id", "level", "since", "until", "account__time_zone"
    ):
        if holds_on(since, until, days.in_zone(zone)):
            there.add(person)
            if level == Level.EXECUTIVE:
                executives.add((person, account))
    return executives, there


def letters_of(ids: Collection[UUID], gone: Departures, days: Days) -> dict[Place, set[str]]:
    """Letters each person holds at each account: standing, or in an opportunity still open."""
    rows = DecisionRole.objects.present().filter(
        Q(opportunity=None) | Q(opportunity__outcome="", opportunity__removed_at=None), stakeholder__in=ids
    )
    letters: dict[Place, set[str]] = defaultdict(set)
    for person, account, letter, since, until, zone in rows.values_list(
        "stakeholder_id", "account_id", "letter", "since", "until", "account__time_zone"
    ):
        day, gone_on = days.in_zone(zone), gone.get((person, account))
        has_left = gone_on is not None and since < gone_on <= day
        if holds_on(since, until, day) and not has_left:
            letters[person, account].add(letter)
    return letters
