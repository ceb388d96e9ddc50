"""The departments of an account: a tree one can change without losing anybody."""

import pytest

from accounts.models import OrgUnit
from accounts.outline import outline
from tests.factories import OrgUnitFactory, StakeholderFactory


@pytest.fixture
def tree(acme):
    """Head office > IT > Data centre > Network, and Branches."""
    units, parent = {}, None
    for name in ("Head office", "IT", "Data centre", "Network"):
        parent = units[name] = OrgUnitFactory(account=acme, name=name, parent=parent)
    units["Branches"] = OrgUnitFactory(account=acme, name="Branches")
    return units


def drawn(account) -> list[tuple[str, int]]:
    return [(line.unit.name, line.depth) for line in outline(OrgUnit.objects.of(account))]


def test_the_tree_is_drawn_from_the_top_down(acme, tree):
    assert drawn(acme) == [("Branches", 0), ("Head office", 0), ("IT", 1), ("Data centre", 2), ("Network", 3)]


def test_a_circle_that_slipped_in_hides_nobody(acme, tree):
    OrgUnit.objects.filter(name="Head office").update(parent=tree["Network"])

    assert {name for name, _ in drawn(acme)} == set(tree)


def test_a_unit_is_added_renamed_and_moved(acme, ann, tree, seen_by, url):
    client = seen_by(ann)

    client.post(url("units/add/"), {"name": "Storage", "parent": tree["IT"].pk})
    client.post(url(f"units/{tree['Data centre'].pk}/"), {"name": "Data centres", "parent": tree["Branches"].pk})

    assert drawn(acme) == [
        ("Branches", 0),
        ("Data centres", 1),
        ("Network", 2),
        ("Head office", 0),
        ("IT", 1),
        ("Storage", 2),
    ]


def test_a_loop_is_refused_in_words(acme, ann, tree, seen_by, url):
    answer = seen_by(ann).post(url(f"units/{tree['IT'].pk}/"), {"name": "IT", "parent": tree["Network"].pk})

    assert answer.status_code == 422
    assert "“Network” stands below this unit" in answer.content.decode()
    assert OrgUnit.objects.get(name="IT").parent == tree["Head office"]


def test_a_unit_of_another_account_is_no_choice(acme, ann, seen_by, url):
    foreign = OrgUnitFactory(name="Foreign")

    answer = seen_by(ann).post(url("units/add/"), {"name": "Ours", "parent": foreign.pk})

    assert answer.status_code == 422
    assert "Foreign" not in answer.content.decode()


def test_closing_moves_the_units_below_up_and_undo_takes_them_back(acme, ann, tree, seen_by, url):
    client = seen_by(ann)

    answer = client.post(url(f"units/{tree['IT'].pk}/close/"), follow=True)
    assert ("Data centre", 1) in drawn(acme)
    undo = next(iter(answer.context["messages"])).extra_tags
    client.post(undo)

    assert drawn(acme) == [("Branches", 0), ("Head office", 0), ("IT", 1), ("Data centre", 2), ("Network", 3)]


def test_a_unit_with_people_is_not_closed_and_says_why(acme, ann, tree, seen_by, url):
    StakeholderFactory(account=acme, unit=tree["Network"])

    answer = seen_by(ann).post(url(f"units/{tree['Network'].pk}/close/"), follow=True)

    assert "“Network” is still in use" in answer.content.decode()
    assert OrgUnit.objects.get(name="Network").removed_at is None


def test_two_tabs_on_one_unit_are_shown_both_versions(acme, ann, ben, tree, seen_by, url):
    address, version = url(f"units/{tree['IT'].pk}/"), tree["IT"].version
    values = {"parent": tree["Head office"].pk, "version": version}
    seen_by(ben).post(address, values | {"name": "Information technology"})

    answer = seen_by(ann).post(address, values | {"name": "IT and security"})

    assert answer.status_code == 409
    assert "Information technology" in answer.content.decode()
    assert "IT and security" in answer.content.decode()


def test_who_may_only_look_gets_no_way_to_change(acme, eve, tree, seen_by, url):
    text = seen_by(eve).get(url("units/")).content.decode()

    assert "Data centre" in text
    assert "/close/" not in text
    assert seen_by(eve).post(url(f"units/{tree['IT'].pk}/close/")).status_code == 403


def test_sixty_units_cost_as_many_queries_as_three(acme, ann, seen_by, url, django_assert_max_num_queries):
    parent = None
    for number in range(60):
        parent = OrgUnitFactory(account=acme, name=f"Unit {number:03}", parent=parent if number % 5 else None)
    client = seen_by(ann)

    with django_assert_max_num_queries(7):
        answer = client.get(url("units/"))

    assert answer.content.decode().count("<li>\n") == 60
