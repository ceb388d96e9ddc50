"""Who is a key person, read from the rows: facts for rule 4.2, for however many people in five queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from accounts.calendar import Today
from stakeholders.departures import Departures, departures
from stakeholders.in_force import holds_on
from stakeholders.key_person import Edge, Facts, Judgement, Override, deciding_class, judge
from stakeholders.models import DecisionRole, Influence, KeyPersonPolicy, Level, Position, Stakeholder

Place = tuple[UUID, UUID]  # a person at an account: key status is judged per account


@dataclass(frozen=True)
class Ground:
    """What the rows say of some people, and of those whom they influence."""

    edges: Mapping[UUID, list[tuple[UUID, int]]]
    executives: set[Place]
    there: set[UUID]
    letters: Mapping[Place, set[str]]

    @classmethod
    def under(cls, people: Mapping[UUID, Stakeholder]) -> "Ground":
        """Read for all of them at once."""
        today = Today()
        edges = edges_from(people, today)
        around = {*people, *(target for targets in edges.values() for target, _ in targets)}
        executives, there = posts_of(around, today)
        return cls(edges, executives, there, letters_of(around, departures(around), today))

    def facts_of(self, person: Stakeholder) -> Facts:
        """The person as rule 4.2 reads them at their own account; whoever left counts nowhere."""
        if person.removed_at or person.pk not in self.there:
            return Facts()
        place = (person.pk, person.account_id)
        onto = self.edges.get(person.pk, ())
        pulls = (Edge(strength, self.is_deciding(target, person.account_id)) for target, strength in onto)
        return Facts(
            is_executive=place in self.executives,
            letters=frozenset(self.letters.get(place, ())),
            edges=tuple(pulls),
            is_rising=person.is_rising,
            override=Override(person.key_override),
        )

    def is_deciding(self, person: UUID, account: UUID) -> bool:
        """Of class 1 or 2 at that account, and still with us."""
        place = (person, account)
        facts = Facts(is_executive=place in self.executives, letters=frozenset(self.letters.get(place, ())))
        return person in self.there and deciding_class(facts) > 0


def judgements(people: Mapping[UUID, Stakeholder]) -> dict[UUID, Judgement]:
    """Rule 4.2 for each person at their own account."""
    min_strength, ground = KeyPersonPolicy.load().min_influence_strength, Ground.under(people)
    return {pk: judge(ground.facts_of(person), min_strength) for pk, person in people.items()}


def judgements_at(account: UUID, people: Iterable[Stakeholder]) -> dict[UUID, Judgement]:
    """The same at one account, where they may hold a post beside their own: nothing of it is stored."""
    there = {person.pk: copy(person) for person in people}
    for person in there.values():
        person.account_id = account
    return judgements(there)


def edges_from(people: Collection[UUID], today: Today) -> dict[UUID, list[tuple[UUID, int]]]:
    """Positive edges in force from these people: onto whom, how strong."""
    rows = Influence.objects.present().filter(
        source__in=people, tone=Influence.Tone.POSITIVE, target__removed_at=None
    ).values_list("source_id", "target_id", "strength", "since", "until", "source__account__time_zone")  # fmt: skip
    edges = defaultdict(list)
    for source, target, strength, since, until, zone in rows:
        if holds_on(since, until, today.in_zone(zone)):
            edges[source].append((target, strength))
    return edges


def posts_of(ids: Collection[UUID], today: Today) -> tuple[set[Place], set[UUID]]:
    """Who holds a post of level executive where, and who holds any post at all."""
    rows = Position.objects.present().filter(stakeholder__in=ids)
    executives, there = set(), set()
    for person, account, level, since, until, zone in rows.values_list(
        "stakeholder_id", "account_id", "level", "since", "until", "account__time_zone"
    ):
        if holds_on(since, until, today.in_zone(zone)):
            there.add(person)
            if level == Level.EXECUTIVE:
                executives.add((person, account))
    return executives, there


def letters_of(ids: Collection[UUID], gone: Departures, today: Today) -> dict[Place, set[str]]:
    """Letters each person holds at each account: standing, or in an opportunity still open."""
    rows = DecisionRole.objects.present().filter(
        Q(opportunity=None) | Q(opportunity__outcome="", opportunity__removed_at=None), stakeholder__in=ids
    )
    letters: dict[Place, set[str]] = defaultdict(set)
    for person, account, letter, since, until, zone in rows.values_list(
        "stakeholder_id", "account_id", "letter", "since", "until", "account__time_zone"
    ):
        day, gone_on = today.in_zone(zone), gone.get((person, account))
        has_left = gone_on is not None and since <= gone_on <= day
        if holds_on(since, until, day) and not has_left:
            letters[person, account].add(letter)
    return letters
