"""One person of the crowd: name, post, ways to be reached, perhaps a role, and what the product derives from them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from accounts.models import Account
from accounts.search_key import sort_key
from config.demo import names, portfolio
from config.demo.build import level_of
from config.demo.crowd.policy import Policy
from config.demo.crowd.rows import Rows
from records.identity import new_id
from stakeholders.key_person import Facts, Judgement, judge
from stakeholders.search_keys import forms_of_contact, key_of_person, key_of_post

SURNAMES, GIVEN = names.pairs(names.SURNAMES), names.pairs(names.GIVEN)
SINGLE = [pair for pair in GIVEN if len(pair[1]) == 1]
FOREIGN, FOREIGN_GIVEN = names.FOREIGN.split(), names.FOREIGN_GIVEN.split()
ROLES = "SSSSIIIEED"
COMMITTEE = "Advisory committee member"
KNOWN_FOR = timedelta(days=600)


class Seat(NamedTuple):
    """Where somebody sits: account, unit and its name, title, and the post above."""

    account: Account
    unit: str
    unit_name: str
    title: str
    reports_to: str | None


@dataclass(frozen=True)
class Person:
    """As far as their visits and contact states go."""

    id: str
    account: Account
    known_at: datetime
    letter: str
    is_key: bool
    is_watched: bool
    has_left: bool


def name_of(random: Random) -> tuple[str, str]:
    """A name and its Latin form: most in Chinese alone, some in both scripts, some from elsewhere."""
    kind = random.random()
    if kind < 0.1:
        given, last = random.choice(FOREIGN_GIVEN), random.choice(FOREIGN)
        return f"{given} {last}", f"{given}.{last}".lower()
    (last, last_zh), (first, first_zh) = common(random, SURNAMES), common(random, GIVEN)
    if len(first_zh) == 1 and random.random() < 0.6:
        second, second_zh = random.choice(SINGLE)
        first, first_zh = f"{first}{second.lower()}", f"{first_zh}{second_zh}"
    shown = f"{last_zh}{first_zh}" if kind < 0.75 else f"{last} {first} {last_zh}{first_zh}"
    return shown, f"{first}.{last}".lower()


def common(random: Random, known: list[tuple[str, str]]) -> tuple[str, str]:
    """One of these, the first ones more often: 王伟 is the commonest name of all."""
    return known[int(random.random() ** 1.3 * len(known))]


sorted_by = lru_cache(maxsize=20_000)(sort_key)
post_key = lru_cache(maxsize=20_000)(key_of_post)


class People:
    """Adds one after the other."""

    def __init__(self, random: Random, rows: Rows, policy: Policy) -> None:
        self.random, self.rows, self.policy, self.count = random, rows, policy, 0

    def add(self, seat: Seat, *, letter: str, has_left: bool) -> tuple[Person, str]:
        """The person and the id of their post."""
        self.count += 1
        name, latin = name_of(self.random)
        known_at = self.policy.now - self.random.random() * KNOWN_FOR - timedelta(days=2)
        level = level_of(seat.title)
        judged = judge(
            Facts() if has_left else Facts(level == "executive", frozenset(letter)), self.policy.min_strength
        )
        person = Person(
            new_id().hex, seat.account, known_at, letter, judged.is_key, self.random.random() < 0.002,
            has_left,
        )  # fmt: skip
        post = self.add_post(person, seat, level)
        self.add_person(person, seat, level, name, judged, self.add_contacts(person, latin))
        if letter:
            self.add_role(person)
        return person, post

    def add_person(
        self, person: Person, seat: Seat, level: str, name: str, judged: Judgement, contacts: list[str]
    ) -> None:
        """The row, its mirrors, class and keys as `stakeholders.derived` would have them."""
        self.rows.people.add(
            id=person.id, created_at=person.known_at, account_id=seat.account.pk.hex, name=name, unit_id=seat.unit,
            title=seat.title, level=level, has_left=person.has_left, is_watched=person.is_watched,
            key_class=judged.key_class, is_key=judged.is_key, key_rank=judged.rank, key_because=str(judged.because),
            sort_key=sorted_by(name), search_key=key_of_person(name, "", contacts), **self.profile(seat.title),
        )  # fmt: skip

    def profile(self, title: str) -> dict[str, str]:
        """A few facts of one in ten; of the others nothing is known yet."""
        if self.random.random() > 0.1:
            return {}
        return {
            "responsibility": f"Answers for what a {title.lower()} answers for, and for the yearly plan of the unit.",
            "concerns": self.random.choice(portfolio.CONCERNS),
        }

    def add_post(self, person: Person, seat: Seat, level: str) -> str:
        """The post, which whoever left gave up some time ago."""
        post, day = new_id().hex, self.random.randrange
        since = person.known_at.date() - timedelta(day(30, 1500))
        self.rows.posts.add(
            id=post, created_at=person.known_at, stakeholder_id=person.id, account_id=seat.account.pk.hex,
            unit_id=seat.unit, title=seat.title, level=level, reports_to_id=seat.reports_to, is_primary=True,
            since=since,
            until=max(since, self.policy.today - timedelta(day(1, 300))) if person.has_left else None,
            search_key=post_key(seat.title, seat.unit_name),
        )  # fmt: skip
        return post

    def add_second_post(self, person: Person, account: Account) -> None:
        """A seat on a committee of another customer, beside their own post."""
        self.rows.posts.add(
            id=new_id().hex, created_at=person.known_at, stakeholder_id=person.id,
            account_id=account.pk.hex, title=COMMITTEE, since=self.policy.day_of(person.known_at),
            search_key=post_key(COMMITTEE, ""),
        )  # fmt: skip

    def add_contacts(self, person: Person, latin: str) -> list[str]:
        """A mobile number each, an address for every other; in all the forms they are found by."""
        digits = f"1{30 + self.count % 70}{self.count * 7919 % 100_000_000:08}"
        typed = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
        self.add_contact(person, "mobile", typed, f"+86{digits}", is_primary=True)
        found = forms_of_contact(typed, f"+86{digits}", is_phone=True)
        if self.count % 2:
            address = f"{latin}{self.count}@{person.account.region.lower()}.example"
            self.add_contact(person, "email", address, address)
            found += forms_of_contact(address, address, is_phone=False)
        return found

    def add_contact(self, person: Person, kind: str, typed: str, normalised: str, *, is_primary: bool = False) -> None:
        self.rows.contacts.add(
            id=new_id().hex, stakeholder_id=person.id, kind=kind, value=typed,
            normalised=normalised, is_primary=is_primary,
        )  # fmt: skip

    def add_role(self, person: Person) -> None:
        """A role in the account's standing chain, since the day they became known."""
        self.rows.roles.add(
            id=new_id().hex, created_at=person.known_at, stakeholder_id=person.id,
            account_id=person.account.pk.hex, letter=person.letter, power=self.policy.powers[person.letter],
            is_primary=True, since=self.policy.day_of(person.known_at),
        )  # fmt: skip
