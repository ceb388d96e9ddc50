"""Gathering the crowd: customer by customer, everybody in it, and what happened; then its history, and a look at a few
whether the product would derive the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, cycle, islice
from random import Random
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef

from accounts.models import Account, AccountMember, OrgUnit
from accounts.tree_key import Node, Place, place_below
from accounts.trees import place_trees
from config.demo.crowd.customers import OTHERS, Organisation, Unit, organisations
from config.demo.crowd.people import KNOWN_FOR, ROLES, People, Person, Seat
from config.demo.crowd.policy import Policy
from config.demo.crowd.rows import Rows
from config.demo.crowd.visits import Visits
from records.history import history_model, record_set
from records.identity import new_id
from relationships.contact_state import rebuild
from stakeholders.derived import find_everybody_anew, refresh_people
from stakeholders.models import DecisionRole, Position, Stakeholder
from users.models import User

PEOPLE_AN_ACCOUNT, MOST_ACCOUNTS = 50, 2_000
TIERS = ("strategic", "key", "key", *["standard"] * 7)
BECAUSE = "demo_begun"
# PostgreSQL would keep every key in memory to check it at the end, and SQLite next to no page at all.
AHEAD = {"postgresql": "SET CONSTRAINTS ALL IMMEDIATE", "sqlite": "PRAGMA cache_size = -200000"}
# Visits are too many for a trail of their own: each says itself who wrote it and when.
IN_HISTORY = (Account, AccountMember, OrgUnit, Stakeholder, Position, DecisionRole)


def accounts_for(people: int) -> int:
    """How many customers so many people are spread over."""
    return min(MOST_ACCOUNTS, max(1, people // PEOPLE_AN_ACCOUNT))


class Gathering:
    """So many people, spread over accounts, these over reps in turn; the first accounts are the largest."""

    def __init__(self, people: int, reps: Sequence[User], supporters: Sequence[User] = (), seed: int = 20) -> None:
        self.random, self.rows, self.reps, self.supporters = Random(seed), Rows(), reps, supporters
        self.policy = Policy()
        self.people = People(self.random, self.rows, self.policy)
        self.visits = Visits(self.random, self.rows, self.policy)
        self.accounts, self.size = accounts_for(people), people
        self.last: Account | None = None

    def run(self) -> Iterator[int]:
        """How many people there are after each customer."""
        with connection.cursor() as cursor:
            cursor.execute(AHEAD[connection.vendor])
        for number, organisation in enumerate(organisations(self.accounts, self.size)):
            self.open(number, organisation)
            yield self.people.count
        self.rows.pour()
        find_everybody_anew()

    def open(self, number: int, organisation: Organisation) -> None:
        """A customer with its units, its people and their visits."""
        owner = self.reps[number % len(self.reps)]
        account = self.add_account(organisation, owner, TIERS[number * 7 % len(TIERS)])
        team = self.add_team(account, number)
        above: list[Standing] = []
        pair, place = list[Person](), count()
        for unit, size in zip(organisation.units, shared_out(organisation), strict=True):
            above = above[: unit.depth]
            standing = self.add_unit(account, unit, above[-1] if above else None)
            for title in islice(chain(unit.titles, cycle(OTHERS)), size):
                pair.append(self.add_person(account, standing, unit, title, next(place)))
                if len(pair) == 2:
                    self.visits.tell(pair, team)
                    pair = []
                    self.rows.pour_if_many()
            above.append(standing)
        self.visits.tell(pair, team)
        self.last = account

    def add_account(self, organisation: Organisation, owner: User, tier: str) -> Account:
        """Its row, written at once since everything else names it."""
        account = Account(
            name=organisation.name, short_name=organisation.short_name, industry=organisation.industry, tier=tier,
            region=organisation.city, owner=owner, team=owner.team, created_at=self.policy.now - KNOWN_FOR,
        )  # fmt: skip
        account.derive()
        return Account.objects.bulk_create([account])[0]

    def add_team(self, account: Account, number: int) -> list[UUID]:
        """Who of ours works on it: its first responsible, and on every third one somebody for solutions."""
        function = AccountMember.Function
        team = {account.owner_id: function.ACCOUNT_MANAGER}
        if self.supporters and number % 3 == 0:
            team.setdefault(self.supporters[number // 3 % len(self.supporters)].pk, function.SOLUTION)
        for user, does in team.items():
            self.rows.members.add(
                id=new_id().hex, created_at=account.created_at, account_id=account.pk.hex,
                user_id=user.hex, function=does.value,
            )  # fmt: skip
        return list(team)

    def add_unit(self, account: Account, unit: Unit, above: "Standing | None") -> "Standing":
        """A unit at its place in the tree."""
        made = OrgUnit(account=account, name=unit.name)
        made.derive()
        node = Node(made.pk, above and above.node.id, made.sort_key)
        place = place_below(above and above.place, node)
        self.rows.units.add(
            id=made.pk.hex, created_at=account.created_at, account_id=account.pk.hex, name=made.name,
            parent_id=node.parent and node.parent.hex, sort_key=made.sort_key, search_key=made.search_key,
            tree_key=place.key, depth=place.depth,
        )  # fmt: skip
        return Standing(node, place, above and above.head)

    def add_person(self, account: Account, standing: "Standing", unit: Unit, title: str, place: int) -> Person:
        """Somebody in this unit; the first one heads it, and reports to the head above."""
        letter = "ADES"[place] if place < 4 else self.random.choice(ROLES) if self.random.random() < 0.04 else ""
        seat = Seat(account, standing.node.id.hex, unit.name, title, standing.head)
        person, post = self.people.add(seat, letter=letter, has_left=not letter and self.random.random() < 0.03)
        if not standing.has_head:
            standing.head, standing.has_head = post, True
        if self.last and not person.has_left and self.random.random() < 0.01:
            self.people.add_second_post(person, self.last)
        return person


@dataclass
class Standing:
    """A unit as those below it see it: its place, and the post they report to."""

    node: Node
    place: Place
    head: str | None
    has_head: bool = False


def shared_out(organisation: Organisation) -> list[int]:
    """How many people each unit has: a head first, then as many everywhere."""
    each, over = divmod(organisation.people, len(organisation.units))
    return [each + (number < over) for number in range(len(organisation.units))]


def sign(by: User) -> None:
    """Let the history begin with the crowd: a row of each record that has none, on the day it was made."""
    for model in IN_HISTORY:
        told = history_model(model).objects
        record_set(model.objects.filter(~Exists(told.filter(id=OuterRef("pk")))), by=by, because=BECAUSE, type="+")
        told.filter(history_change_reason=BECAUSE).update(history_date=F("created_at"))


def wrong_among(number: int, seed: int = 1) -> int:
    """How many rows the product derives otherwise, looking at some of the people and the trees of their accounts."""
    ids = list(Stakeholder.objects.order_by("pk").values_list("pk", flat=True))
    some = Random(seed).sample(ids, min(number, len(ids)))
    accounts = set(Stakeholder.objects.filter(pk__in=some).values_list("account_id", flat=True))
    return refresh_people(some) + rebuild(some) + place_trees(OrgUnit.objects.present(), accounts)
