"""Whoever stands where: a search finds whom the words name through what this reader sees, and nobody else."""

from datetime import date
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OrgUnit
from accounts.search_key import fold, lines_of_name
from stakeholders.derived import refresh_people
from stakeholders.models import Position, Stakeholder
from tests.examples import tried
from tests.factories import AccountFactory, OrgUnitFactory
from users.models import User

NAMES = ["Li Wei", "Ana Board", "王伟", "Head Hunter"]
TITLES = ["", "Head", "Li's clerk", "财务总监"]
UNITS = ["", "Board", "Weights desk", "财务部"]
WORDS = ["li", "wei", "head", "ana", "财务", "board", "clerk", "desk", "w", "ww", "hunter", "zz", "％"]
ENDED = date(2021, 1, 1)

posts = st.tuples(
    st.integers(0, 2), st.sampled_from(TITLES), st.sampled_from(UNITS), st.booleans(), st.integers(0, 4).map(bool)
)
people = st.lists(st.tuples(st.sampled_from(NAMES), st.lists(posts, min_size=1, max_size=3)), min_size=1, max_size=6)
pairs = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(" ".join), min_size=2, max_size=4)


@pytest.fixture
def accounts(ann, cleo, eve):
    """Two that ann sees, and one of cleo's; each with its units."""
    rows = [AccountFactory(name="Acme", owner=ann), AccountFactory(name="Beta", owner=ann)]
    rows.append(AccountFactory(name="Globex", owner=cleo))
    for account in rows:
        for name in filter(None, UNITS):
            OrgUnitFactory(account=account, name=name)
    return rows


def settle(told, accounts) -> list[tuple[Stakeholder, list[Position]]]:
    """People with these posts, each (account, title, unit, ended, present), written and derived by sets."""
    units = {(unit.account_id, unit.name): unit for unit in OrgUnit.objects.all()}
    world = []
    for name, held in told:
        person = Stakeholder(account=accounts[held[0][0]], name=name, sort_key="x")
        rows = [
            Position(
                stakeholder=person, account=accounts[at], title=title, unit=units.get((accounts[at].pk, unit)),
                until=ENDED if ended else None, removed_at=None if present else timezone.now(),
            )
            for at, title, unit, ended, present in held
        ]  # fmt: skip
        world.append((person, rows))
    Stakeholder.objects.bulk_create([person for person, _rows in world])
    Position.objects.bulk_create([row for _person, rows in world for row in rows])
    refresh_people([person.pk for person, _rows in world])
    return world


def fresh(user: User) -> User:
    """The user of another request."""
    return User.objects.get(pk=user.pk)


def is_found(person: Stakeholder, rows: list[Position], text: str, seen: set) -> bool:
    """Every word in a line of the name, or of a post through which the person is seen."""
    present = [row for row in rows if row.removed_at is None]
    has_left = bool(present) and all(row.until for row in present)
    told = [row for row in present if row.account_id in seen and (has_left or not row.until)]
    lines = [*lines_of_name(person.name), *(fold(line) for row in told for line in (row.title, str(row.unit or "")))]
    return all(any(word in line for line in lines) for word in fold(text).split())


@pytest.mark.django_db
@tried(120)
@given(people, pairs)
def test_a_search_finds_whom_the_words_name_through_what_is_seen(accounts, ann, cleo, eve, told, more):
    reach = {ann: {accounts[0].pk, accounts[1].pk}, cleo: {accounts[2].pk}, eve: {row.pk for row in accounts}}
    with transaction.atomic():
        world = settle(told, accounts)

        for reader, text in product(map(fresh, reach), [*WORDS, *more]):
            found = set(Stakeholder.objects.search(text, seen_by=reader))
            assert found == {person for person, rows in world if is_found(person, rows, text, reach[reader])}, text
        transaction.set_rollback(True)
