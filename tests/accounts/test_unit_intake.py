"""Units out of a file: a tree in any order of rows."""

from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.intake import UnitIntake
from accounts.models import OrgUnit
from accounts.trees import place_trees
from records.external_reference import ExternalReference
from tests.examples import tried
from tests.factories import AccountFactory, OrgUnitFactory
from tests.importing import Import, acts, bring, problems, remarks

pytestmark = pytest.mark.django_db
bring_units = partial(bring, UnitIntake)


def ways(account):
    """The tree as lines of names, in its order."""
    lines = OrgUnit.objects.lines_of(OrgUnit.objects.of(account))
    return [
        " / ".join(unit.name for unit in lines[pk]) for pk in OrgUnit.objects.of(account).values_list("pk", flat=True)
    ]


def rows(*pairs):
    return [{"account": "Acme", "name": name, "parent": parent} for name, parent in pairs]


def test_a_tree_comes_in_whatever_the_order_of_its_rows(ann, acme):
    tree = rows(("Network", "IT"), ("IT", "Head office"), ("Finance", "Head office"), ("Head office", ""))

    verdicts = bring_units(*tree, by=ann, chunk=1)

    assert acts(verdicts) == ["create"] * 4
    assert ways(acme) == ["Head office", "Head office / Finance", "Head office / IT", "Head office / IT / Network"]
    assert place_trees(OrgUnit.objects.present(), [acme.pk]) == 0
    assert acts(bring_units(*tree, by=ann, chunk=3)) == ["nothing"] * 4


def test_what_is_made_ahead_of_its_row_is_filled_by_it(ann, acme):
    tree = rows(("Network", "IT"), ("IT", ""))
    tree[1]["function"] = "Keeps it running"

    first, second = bring_units(*tree, by=ann, chunk=1)

    it = OrgUnit.objects.get(name="IT")
    assert it.function == "Keeps it running"
    assert "keeps it running" in it.search_key
    assert first.beside == [("accounts.orgunit", it.pk)]
    assert second.pk == it.pk


def test_a_way_may_stand_in_the_name_or_beside_it(ann, acme):
    bring_units(*rows(("总部 / IT / 网络", ""), ("运维", "总部／IT"), ("R&D/Test", "总部 > IT"), ("总部", "")), by=ann)

    assert sorted(ways(acme)) == sorted(
        ["总部", "总部 / IT", "总部 / IT / 网络", "总部 / IT / 运维", "总部 / IT / R&D/Test"]
    )


def test_a_unit_above_that_never_comes_is_made_and_said(ann, acme):
    [verdict] = bring_units(*rows(("Network", "IT")), by=ann)

    assert ways(acme) == ["IT", "IT / Network"]
    assert "IT" in remarks(verdict)["parent"]
    assert [pk for _label, pk in verdict.beside] == [OrgUnit.objects.get(name="IT").pk]


def test_the_company_itself_as_the_unit_above_is_the_top(ann, acme):
    bring_units(*rows(("IT", "acme")), by=ann)

    assert ways(acme) == ["IT"]


def test_every_branch_has_its_own_finance(ann, acme):
    tree = rows(("North", ""), ("South", ""), ("Finance", "North"), ("Finance", "South"), ("Desk", "South / Finance"))
    bring_units(*tree, by=ann, chunk=2)

    assert ways(acme) == ["North", "North / Finance", "South", "South / Finance", "South / Finance / Desk"]
    assert acts(bring_units(*tree, by=ann)) == ["nothing"] * 5
    assert list(problems(bring_units(*rows(("Till", "Finance")), by=ann)[0])) == ["parent"]


def test_a_loop_is_refused_with_all_below_it(ann, acme):
    tree = rows(("A", "B"), ("B", "C"), ("C", "A"), ("D", "C"), ("E", "E"), ("F", ""))

    verdicts = bring_units(*tree, by=ann, chunk=2)

    assert acts(verdicts) == ["refuse"] * 5 + ["create"]
    assert "Row 4" in problems(verdicts[3])["parent"]
    assert ways(acme) == ["F"]


def test_a_key_renames_and_moves_a_unit_but_not_below_itself(ann, acme):
    tree = [
        {"account": "Acme", "name": "IT", "external_id": "1"},
        {"account": "Acme", "name": "Network", "external_id": "2", "parent": "1"},
        {"account": "Acme", "name": "Works", "external_id": "3"},
    ]
    bring_units(*tree, by=ann, source="hr")

    moved = [tree[1] | {"name": "Networks", "parent": "3"}]
    assert acts(bring_units(*moved, by=ann, source="hr")) == ["change"]
    assert ways(acme) == ["IT", "Works", "Works / Networks"]
    [verdict] = bring_units(tree[2] | {"parent": "2"}, by=ann, source="hr")
    assert list(problems(verdict)) == ["parent"]


def test_bad_rows_are_refused_with_their_column(ann, acme, cleo, south):
    AccountFactory(name="Globex", owner=cleo, team=south)
    bad = [
        ("name", {"account": "Acme"}),
        ("name", {"account": "Acme", "name": "x" * 161}),
        ("function", {"account": "Acme", "name": "A", "function": "x" * 121}),
        ("account", {"name": "A"}),
        ("account", {"account": "Globex", "name": "A"}),
        ("account", {"account": "Nowhere", "name": "A"}),
        ("name", {"account": "Acme", "name": "A", "parent": "x" * 161}),
    ]

    for column, row in bad:
        assert list(problems(bring_units(row, by=ann)[0])) == [column], row
    assert not OrgUnit.objects.exists()


def test_a_unit_below_a_refused_row_is_refused_and_nothing_is_left_of_either(ann, acme):
    tree = rows(("Desk", "IT"), ("IT", "Top"))
    tree[1]["function"] = "x" * 121

    assert acts(bring_units(*tree, by=ann)) == ["refuse", "refuse"]
    assert not OrgUnit.objects.exists()


def test_the_same_unit_twice_in_a_file(ann, acme):
    verdicts = bring_units(*rows(("IT", "Top"), ("Top", ""), ("it", "TOP"), ("Top / IT", "")), by=ann, chunk=1)

    assert acts(verdicts) == ["create", "create", "refuse", "refuse"]
    assert ["Row 2" in problems(verdict)[""] for verdict in verdicts[2:]] == [True, True]


def test_one_account_for_the_whole_file(ann, acme):
    bring_units({"name": "IT"}, by=ann, account=str(acme.pk))

    assert ways(acme) == ["IT"]


def test_many_rows_cost_as_many_queries_as_few(ann, acme):
    AccountFactory(name="Beta", owner=ann)

    def queries(count, prefix):
        tree = [{"account": "Acme", "name": f"{prefix}{n}", "parent": f"{prefix}{n // 2}x"} for n in range(count)]
        tree += [{"account": "Beta", "name": f"{prefix}{n}", "external_id": f"{prefix}{n}"} for n in range(count)]
        run = Import(UnitIntake, tree, by=ann, source="hr")
        with CaptureQueriesContext(connection) as captured:
            run.judge(), run.run()
        return len(captured)

    queries(2, "warm")
    assert queries(3, "a") == queries(60, "b")


def test_taking_back_places_what_is_left(ann, acme):
    top = OrgUnitFactory(account=acme, name="Top")
    below = OrgUnitFactory(account=acme, name="Below", parent=top)
    OrgUnit.objects.filter(pk=below.pk).update(parent=None, name="Other")
    ExternalReference.objects.create(type="accounts.orgunit", object_id=top.pk, source="hr", external_id="1")
    OrgUnit.objects.filter(pk=top.pk).update(removed_at="2026-01-01T00:00Z")

    Import(UnitIntake, [], by=ann).intake.settle([("accounts.orgunit", top.pk), ("accounts.orgunit", below.pk)])

    below.refresh_from_db()
    assert (below.depth, below.sort_key) == (0, "other")
    assert place_trees(OrgUnit.objects.present(), [acme.pk]) == 0
    assert not ExternalReference.objects.exists()


# What stands in the middle of one row's way is no other row's word for a unit above: a check by chunks cannot know it.
NAMES = st.sampled_from(["A", "B", "C", "X / Y", "D"])
FILES = st.lists(st.tuples(NAMES, st.sampled_from(["", "A", "B", "C", "X", "X / Y", "Acme"])), max_size=7)


@tried(100)
@given(FILES, st.integers(1, 4))
def test_a_file_brings_the_same_in_any_chunks_and_nothing_the_second_time(ann, file, chunk):
    with transaction.atomic():
        account, other = AccountFactory(name="Acme", owner=ann), AccountFactory(name="Other", owner=ann)
        tree = rows(*file)
        elsewhere = [row | {"account": "Other", "parent": row["parent"].replace("Acme", "Other")} for row in tree]

        in_chunks = acts(bring_units(*tree, by=ann, chunk=chunk)), ways(account)
        again = Import(UnitIntake, tree, by=ann).run()
        as_a_whole = acts(bring_units(*elsewhere, by=ann)), ways(other)

        assert in_chunks == as_a_whole
        assert (set(acts(again)) <= {"nothing", "refuse"}, ways(account)) == (True, in_chunks[1])
        assert place_trees(OrgUnit.objects.present(), [account.pk, other.pk]) == 0
        transaction.set_rollback(True)
