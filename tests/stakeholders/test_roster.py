"""The people of an account in the order of its tree: page after page, at a cost that no tree changes."""

from itertools import groupby

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OrgUnit
from accounts.outline import outline
from pages.keyset import keyset
from stakeholders import roster
from stakeholders.models import Position
from tests.examples import tried
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory

names = st.sampled_from(["IT", "IT 2", "信息科技部", "Finance", "Audit"])
trees = st.lists(st.tuples(names, st.integers(0, 9)), min_size=1, max_size=8)


def walked(account, size: int) -> list[Position]:
    """Every page of the People tab, one behind the other."""
    rows, cursor = [], ""
    while cursor is not None:
        page = keyset(roster.posts(account), roster.ORDERS["unit"], cursor, size)
        rows, cursor = rows + page.rows, page.next
    return rows


@tried(100)
@given(tree=trees, seats=st.lists(st.integers(0, 9), min_size=1, max_size=10), size=st.integers(1, 4))
def test_page_after_page_people_follow_the_outline(db, tree, seats, size):
    with transaction.atomic():
        account, units = AccountFactory(), []
        for name, parent in tree:
            above = units[parent % len(units)] if units and parent % 4 else None
            units.append(OrgUnitFactory(account=account, name=name, parent=above))
        for seat in seats:
            StakeholderFactory(account=account, unit=[*units, None][seat % (len(units) + 1)])

        rows = walked(account, size)

        order = [line.unit.pk for line in outline(OrgUnit.objects.of(account))] + [None]
        shown = [unit for unit, _ in groupby(rows, key=lambda post: post.unit_id)]
        assert len({post.pk for post in rows}) == len(rows) == len(seats)
        assert shown == [unit for unit in order if unit in shown]
        transaction.set_rollback(True)


def test_a_closed_unit_has_no_place_and_its_people_come_last(acme, ann, seen_by):
    audit, later = (OrgUnitFactory(account=acme, name=name) for name in ("Audit", "Zoo"))
    StakeholderFactory(account=acme, name="In the closed one", unit=audit)
    StakeholderFactory(account=acme, name="At the zoo", unit=later)
    StakeholderFactory(account=acme, name="Nowhere")
    OrgUnit.objects.filter(pk=audit.pk).update(removed_at=timezone.now())

    groups = seen_by(ann).get(f"/accounts/{acme.pk}/people/").context["groups"]

    told = [(group["path"], [row["name"] for row in group["rows"]]) for group in groups]
    assert told == [("Zoo", ["At the zoo"]), ("", ["In the closed one", "Nowhere"])]


def test_what_is_asked_of_the_database_does_not_grow_with_the_tree(acme, ann, seen_by):
    client, address = seen_by(ann), f"/accounts/{acme.pk}/people/"
    root = OrgUnitFactory(account=acme, name="Root")
    for number in range(3):
        StakeholderFactory(account=acme, unit=OrgUnitFactory(account=acme, parent=root), name=f"Person {number}")

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen), max(len(query["sql"]) for query in seen)

    few = asked()
    for number in range(100):
        OrgUnitFactory(account=acme, parent=root, name=f"Unit {number}")

    assert asked() == few
