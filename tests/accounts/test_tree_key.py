"""A unit's stored place: sorted by it, units stand as the outline draws them, whatever was done to the tree."""

from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import OrgUnit
from accounts.outline import outline
from accounts.tree_key import LONGEST, PART, Node, beginning, behind, ids_in, is_deep, places
from accounts.trees import place_trees
from tests.examples import tried
from tests.factories import AccountFactory, OrgUnitFactory

names = st.one_of(
    st.sampled_from(["IT", "it", "IT 2", "it-b", "信息科技部", "信息科", "Finance", "财务部", "…", "国" * 60 + "甲"]),
    st.text("a B-é中\U00020000", max_size=9).map(lambda text: f"Unit {text}".strip()),
)
trees = st.lists(st.tuples(names, st.integers(0, 40)), min_size=6, max_size=20)
deeds = st.tuples(
    st.sampled_from(["add", "rename", "move", "to_top", "close", "reopen"]),
    st.integers(0, 99),
    st.integers(0, 99),
    names,
)


def node(number: int, parent: int | None, name: str) -> Node:
    return Node(UUID(int=number), None if parent is None else UUID(int=parent), name)


def chain(length: int, name: str = "unit") -> list[Node]:
    """A unit below a unit below a unit …"""
    return [node(number, number - 1 if number else None, name) for number in range(length)]


def in_order(nodes: list[Node]) -> list[int]:
    placed = places(nodes)
    return [pk.int for pk in sorted(placed, key=lambda pk: placed[pk].key.encode())]


def test_each_unit_stands_before_those_below_it_and_brothers_by_name():
    nodes = [
        node(1, None, "b"),
        node(2, 1, "z"),
        node(3, 2, "a"),
        node(4, 1, "a"),
        node(5, None, "a b"),
        node(6, None, "a"),
    ]

    assert in_order(nodes) == [6, 5, 1, 4, 2, 3]


def test_brothers_of_one_name_keep_apart_with_all_below_them():
    nodes = [node(1, None, "same"), node(2, None, "same"), node(3, 1, "z"), node(4, 2, "a")]

    assert in_order(nodes) == [1, 3, 2, 4]


def test_a_key_tells_the_way_from_the_root():
    placed = places(chain(4))

    assert [pk.int for pk in ids_in(placed[UUID(int=3)].key)] == [0, 1, 2, 3]
    assert placed[UUID(int=3)].depth == 3


def test_a_level_takes_only_whole_characters():
    assert beginning("国" * 100) == "国" * (PART // 3)
    assert len(beginning("a国" * 100).encode()) <= PART


@pytest.mark.parametrize("name", ["unit", "国" * 200, "\U00020000" * 200])
def test_a_tree_however_deep_has_keys_of_bounded_length(name):
    placed = places(chain(400, name))

    assert max(len(place.key.encode()) for place in placed.values()) <= LONGEST
    assert [placed[UUID(int=number)].depth for number in range(400)] == list(range(400))
    assert len({place.key for place in placed.values()}) == 400


def test_twelve_levels_of_the_longest_names_have_room():
    placed = places(chain(14, "国" * 200))

    assert [is_deep(placed[UUID(int=number)].key) for number in range(14)] == [False] * 12 + [True] * 2


def test_what_is_too_deep_stands_below_the_last_that_had_room_level_by_level():
    deep = [node(number, number - 1 if number else None, "国" * 200) for number in range(16)]
    beside = [node(100, 14, "国"), node(101, 13, "a"), node(200, 0, "a"), node(201, 0, "龘")]

    ordered = in_order([*deep, *beside])

    assert ordered == [0, 200, *range(1, 13), 13, 14, 101, 15, 100, 201]


def test_below_a_key_stands_what_begins_with_it():
    placed = places([*chain(3), node(9, None, "unit"), node(10, 9, "unit")])
    top = placed[UUID(int=0)].key

    within = {pk.int for pk, place in placed.items() if top <= place.key < behind(top)}

    assert within == {0, 1, 2}


def by_key(account) -> list[tuple[UUID, int]]:
    return list(OrgUnit.objects.of(account).values_list("pk", "depth"))


def as_drawn(account) -> list[tuple[UUID, int]]:
    """By parents and names alone."""
    units = OrgUnit.objects.present().filter(account=account)
    brothers = sorted(units, key=lambda unit: (beginning(unit.sort_key), unit.pk))
    return [(line.unit.pk, line.depth) for line in outline(brothers)]


def do(account, deed, number, other, name) -> None:
    """One verb; what it refuses leaves nothing behind."""
    rows = list(OrgUnit.objects.filter(account=account).order_by("pk"))
    standing = [row for row in rows if not row.is_removed]
    if deed == "reopen":
        return rows[number % len(rows)].reopen(by=None)
    if deed == "add" or not standing:
        parent = standing[other % len(standing)] if standing and other % 4 else None
        return OrgUnit.add(account, by=None, name=name, parent=parent)
    unit, second = standing[number % len(standing)], standing[other % len(standing)]
    if deed == "close":
        return unit.close(by=None)
    values = {"rename": {"name": name}, "move": {"parent": second}, "to_top": {"parent": None}}[deed]
    return unit.change(by=None, **values)


@pytest.mark.django_db
@tried(200)
@given(trees, st.lists(deeds, min_size=6, max_size=12))
def test_sorted_by_the_stored_key_a_tree_is_its_outline(tree, history):
    with transaction.atomic():
        account, units = AccountFactory(), []
        for name, parent in tree:
            above = units[parent % len(units)] if units and parent % 5 else None
            units.append(OrgUnit.add(account, by=None, name=name, parent=above))
        for deed in history:
            try:
                with transaction.atomic():
                    do(account, *deed)
            except ValidationError:
                continue
            assert by_key(account) == as_drawn(account), deed
            assert place_trees(OrgUnit.objects.present(), [account.pk]) == 0, deed

        assert by_key(account) == as_drawn(account)
        transaction.set_rollback(True)


def test_a_move_writes_those_beneath_in_one_statement_and_nobody_else(acme, ann, django_assert_max_num_queries):
    root, other = OrgUnitFactory(account=acme, name="Root"), OrgUnitFactory(account=acme, name="Other")
    moved = OrgUnitFactory(account=acme, name="Moved", parent=root)
    beneath = [OrgUnitFactory(account=acme, parent=moved, name=f"Unit {number}") for number in range(30)]
    apart = OrgUnitFactory(account=acme, parent=other, name="Apart")

    with django_assert_max_num_queries(30):
        moved.change(by=ann, parent=other)

    assert {unit.version for unit in OrgUnit.objects.filter(pk__in=[unit.pk for unit in beneath])} == {2}
    assert [OrgUnit.objects.get(pk=unit.pk).version for unit in (root, other, apart)] == [1, 1, 1]
    assert by_key(acme) == as_drawn(acme)


def test_rows_written_past_the_verbs_get_their_place_with_the_next_verb(acme, ann):
    OrgUnit.objects.bulk_create([OrgUnit(account=acme, name="Imported", sort_key="imported")])

    OrgUnit.add(acme, by=ann, name="Added", parent=OrgUnit.objects.get(name="Imported"))

    assert by_key(acme) == as_drawn(acme)


def test_the_line_of_a_unit_is_one_query_however_deep_it_stands(acme, django_assert_num_queries):
    unit = None
    for number in range(12):
        unit = OrgUnitFactory(account=acme, name=f"Level {number}", parent=unit)

    with django_assert_num_queries(1):
        line = unit.line()

    assert [each.name for each in line] == [f"Level {number}" for number in range(12)]


def test_the_line_of_a_unit_too_deep_for_a_path_is_whole(acme):
    unit = None
    for number in range(20):
        unit = OrgUnitFactory(account=acme, name=f"{number:02}" + "国" * 100, parent=unit)

    assert is_deep(unit.tree_key)
    assert [each.name[:2] for each in unit.line()] == [f"{number:02}" for number in range(20)]


@pytest.mark.django_db
def test_the_migration_fills_rows_that_exist(acme):
    root = OrgUnitFactory(account=acme, name="总部")
    below = OrgUnitFactory(account=acme, name="Below", parent=root, other_names="Old name", function="Network")
    wanted = list(OrgUnit.objects.order_by("pk").values_list("tree_key", "depth", "search_key"))
    OrgUnit.objects.update(tree_key="", depth=0, search_key="")
    migration = __import__("accounts.migrations.0003_place_units_in_their_tree", fromlist=["Migration"])

    migration.place(apps, None)
    migration.make_findable(apps, None)

    assert list(OrgUnit.objects.order_by("pk").values_list("tree_key", "depth", "search_key")) == wanted
    assert OrgUnit.objects.search("zb").get() == root
    assert OrgUnit.objects.search("old network").get() == below


def test_what_is_derived_leaves_no_trace_in_history(acme, ann):
    unit = OrgUnitFactory(account=acme, name="Head office")

    columns = {field.name for field in unit.history.model._meta.fields}

    assert not columns & {"tree_key", "depth", "search_key", "sort_key"}
