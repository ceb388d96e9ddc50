"""Whoever stands where: a search finds whom the words name through what this reader sees, and nobody else, and puts the
likeliest first: the same on either engine as a few lines of Python say."""

from datetime import date
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OrgUnit
from accounts.search_key import fold, is_han, lines_of_name, spoken
from stakeholders import likeliest
from stakeholders.derived import refresh_people
from stakeholders.models import Position, Stakeholder
from stakeholders.sight import Sight
from tests.examples import tried
from tests.factories import AccountFactory, OrgUnitFactory
from users.models import User

NAMES = ["Li Wei", "Ana Board", "王伟", "Head Hunter", "Weir", "魏力", "Li", "王"]
TITLES = ["", "Head", "Li's clerk", "财务总监"]
UNITS = ["", "Board", "Weights desk", "财务部"]
WORDS = ["li", "wei", "head", "ana", "财务", "board", "clerk", "desk", "w", "ww", "王", "wl", "liw", "zz", "％"]
ENDED = date(2021, 1, 1)

posts = st.tuples(
    st.integers(0, 2), st.sampled_from(TITLES), st.sampled_from(UNITS), st.booleans(), st.integers(0, 4).map(bool),
    st.sampled_from(["staff", "executive"]),
)  # fmt: skip
people = st.lists(st.tuples(st.sampled_from(NAMES), st.lists(posts, min_size=1, max_size=3)), min_size=1, max_size=6)
words = st.sampled_from(WORDS)
texts = st.lists(words | st.tuples(words, words).map(" ".join), min_size=4, max_size=6, unique=True)


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
    """People with these posts, each (account, title, unit, ended, present, level), written and derived by sets."""
    units = {(unit.account_id, unit.name): unit for unit in OrgUnit.objects.all()}
    world = []
    for name, held in told:
        person = Stakeholder(account=accounts[held[0][0]], name=name, sort_key="x")
        rows = [
            Position(
                stakeholder=person, account=accounts[at], title=title, unit=units.get((accounts[at].pk, unit)),
                until=ENDED if ended else None, removed_at=None if present else timezone.now(), level=level,
            )
            for at, title, unit, ended, present, level in held
        ]  # fmt: skip
        world.append((person, rows))
    Stakeholder.objects.bulk_create([person for person, _rows in world])
    Position.objects.bulk_create([row for _person, rows in world for row in rows])
    refresh_people([person.pk for person, _rows in world])
    stored = Stakeholder.objects.select_related("unit").in_bulk([person.pk for person, _rows in world])
    return [(stored[person.pk], rows) for person, rows in world]


def fresh(user: User) -> User:
    """The user of another request."""
    return User.objects.get(pk=user.pk)


def entries(person: Stakeholder, rows: list[Position], seen: set) -> list[tuple[int, list[str]]]:
    """How a person stands, and in which lines, through the own account and through each post held now."""
    held = [(row.account_id, row.title, row.unit) for row in rows if not row.removed_at and not row.until]
    told = []
    for account, title, unit in [(person.account_id, person.title, person.unit), *held]:
        standing = (person.key_rank if account == person.account_id else 9) + 10 * person.has_left
        if account in seen:
            told.append((standing, [*lines_of_name(person.name), fold(title), fold(str(unit or ""))]))
    return told


def place(name: str, lines: list[str], text: str) -> int:
    """How well a name and these lines fit."""
    sound, initials = spoken(name)
    typed = [(fold(name), text)]
    typed += [] if is_han(text) else [(sound, text.replace(" ", "")), (initials, text.replace(" ", ""))]
    steps = [any(told == asked for told, asked in typed[:2]), *(told.startswith(asked) for told, asked in typed)]
    steps.append(any(line.startswith(text.split()[0]) for line in lines))
    return steps.index(True) if True in steps else len(steps)


def expected(world, text: str, seen: set) -> list:
    """Whom a text finds, the likeliest first."""
    text, found = fold(text), {}
    for person, rows in world:
        for standing, lines in entries(person, rows, seen):
            if all(any(word in line for line in lines) for word in text.split()):
                here = (place(person.name, lines, text), standing)
                best = found.get(person.pk, (*here, person.sort_key, person.pk))
                found[person.pk] = tuple(map(min, best, (*here, person.sort_key, person.pk)))
    return sorted(found, key=found.get)


@pytest.mark.django_db
@tried(120)
@given(people, texts)
def test_a_search_finds_whom_the_words_name_through_what_is_seen(accounts, ann, cleo, eve, told, texts):
    reach = {ann: {accounts[0].pk, accounts[1].pk}, cleo: {accounts[2].pk}, eve: {row.pk for row in accounts}}
    with transaction.atomic(), pytest.MonkeyPatch.context() as limits:
        world = settle(told, accounts)

        for reader, text in product(map(fresh, reach), texts):
            wanted = expected(world, text, reach[reader])
            found = Stakeholder.objects.visible_to(reader).search(text, seen_by=reader)
            assert set(found.values_list("pk", flat=True)) == set(wanted), text
            limits.setattr(likeliest, "FEW", 5000)
            assert likeliest.likeliest(text, Sight(reader), 30) == wanted, text
            limits.setattr(likeliest, "FEW", -1)  # so many that they are asked for tier by tier
            assert likeliest.likeliest(text, Sight(reader), 30) == wanted, text
            assert likeliest.likeliest(text, Sight(reader), 2) == wanted[:2], text
        transaction.set_rollback(True)
