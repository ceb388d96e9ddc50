"""A large tree is shown in parts: its upper levels, what is opened, one branch, or what is searched for."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import branches
from accounts.models import OrgUnit
from accounts.tree_key import is_deep
from accounts.trees import place_trees
from tests.factories import OrgUnitFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def small_parts(monkeypatch):
    """As if six units were too many to draw at once, and four filled a page."""
    for name, number in {"WHOLE": 5, "SHOWN": 4, "EXCERPT": 3}.items():
        monkeypatch.setattr(branches, name, number)


@pytest.fixture
def tree(acme, small_parts):
    """Two heads with three departments each, two of those with three teams each, one team with a desk."""
    made = {}

    def put(name, parent=None, **values):
        made[name] = OrgUnitFactory(account=acme, name=name, parent=made.get(parent), **values)

    for head in ("North", "South"):
        put(head)
        for number in range(3):
            put(f"{head} {number}", head)
    for department in ("North 1", "South 2"):
        for letter in "abc":
            put(f"{department}{letter}", department)
    put("信息科技台", "South 2b", other_names="IT desk", function="Help")
    return made


def read(client, address, target="") -> str:
    answer = client.get(address, headers=HTMX | {"HX-Target": target} if target else {})
    assert answer.status_code == 200
    return answer.content.decode()


def shown(page: str) -> list[str]:
    """The units drawn, in their order, with how many are told to be beneath."""
    found = re.findall(r'<summary><b>([^<]+)</b>(?:.*?class="beneath">(\d+))?|class="leaf">([^<]+?)(?= <|<)', page)
    return [f"{name} ({number})" if number else name or leaf for name, number, leaf in found]


def next_page(page: str) -> str:
    return unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])


def test_a_small_tree_is_drawn_whole_on_both_pages(acme, ann, seen_by, url, small_parts):
    top = OrgUnitFactory(account=acme, name="Head office")
    below = OrgUnitFactory(account=acme, name="IT", parent=top)
    OrgUnitFactory(account=acme, name="Network", parent=below)

    for page in (read(seen_by(ann), url()), read(seen_by(ann), url("units/"))):
        assert shown(page) == ["Head office", "IT", "Network"]
        assert "units-q" not in page


def test_of_a_large_tree_the_upper_levels_are_shown_with_the_number_below(ann, tree, seen_by, url):
    client = seen_by(ann)

    first = read(client, url("units/"))
    second = read(client, url("units/") + next_page(first))

    assert shown(first) == ["North", "North 0", "North 1 (3)", "North 2"]
    assert shown(second) == ["South", "South 0", "South 1", "South 2 (4)"]
    assert "units-q" in first


def test_a_page_that_begins_inside_a_unit_names_it_again(acme, ann, tree, seen_by, url, monkeypatch):
    monkeypatch.setattr(branches, "SHOWN", 6)
    client = seen_by(ann)

    second = read(client, url("units/") + next_page(read(client, url("units/"))))

    assert shown(second) == ["South", "South 1", "South 2 (4)"]


def test_a_unit_that_is_opened_shows_those_right_below_page_by_page(acme, ann, tree, seen_by, url):
    for number in range(3):
        OrgUnitFactory(account=acme, name=f"South 2d{number}", parent=tree["South 2"])
    unit = tree["South 2"].pk
    client = seen_by(ann)

    first = read(client, url(f"units/?below={unit}"), f"below-{unit}")
    more = unescape(re.search(rf'hx-get="([^"]+)" hx-target="#below-{unit}-more"', first)[1])
    second = read(client, more, f"below-{unit}-more")

    assert shown(first) == ["South 2a", "South 2b (1)", "South 2c", "South 2d0"]
    assert shown(second) == ["South 2d1", "South 2d2"]
    assert "<html" not in first
    assert f"below-{unit}-more" not in second


def test_a_branch_has_a_page_of_its_own_with_the_way_to_it(ann, tree, seen_by, url):
    page = read(seen_by(ann), url(f"units/?below={tree['South 2'].pk}"))

    assert shown(page) == ["South 2a", "South 2b", "信息科技台", "South 2c"]
    way = re.search(r'<nav class="way".*?</nav>', page, re.S)[0]
    assert re.findall(r">([^<>›]+)</(?:a|b)>", way) == ["All departments", "South", "South 2"]


@pytest.mark.parametrize("text", ["it desk", "信息", "xxkjt", "xinxi", "HELP"])
def test_a_department_is_found_by_its_names_and_shown_with_the_way_to_it(ann, tree, seen_by, url, text):
    page = read(seen_by(ann), url(f"units/?q={text}"))

    assert shown(page) == ["信息科技台"]
    assert re.findall(r"<a[^>]+>([^<]+)</a>", re.search(r'<p class="way.*?</p>', page)[0]) == [
        "South",
        "South 2",
        "South 2b",
    ]


def test_what_is_found_comes_in_the_order_of_the_tree_page_by_page(ann, tree, seen_by, url):
    client = seen_by(ann)

    first = read(client, url("units/?q=south"), "org-units")
    second = read(client, url("units/") + next_page(first), "org-units")

    assert shown(first) + shown(second) == [
        "South (7)",
        "South 0",
        "South 1",
        "South 2 (4)",
        "South 2a",
        "South 2b (1)",
        "South 2c",
    ]


def test_nothing_found_says_so(ann, tree, seen_by, url):
    assert "No department matches" in read(seen_by(ann), url("units/?q=zzz"))


def test_the_overview_shows_the_beginning_and_leads_to_the_whole(ann, tree, seen_by, url):
    client = seen_by(ann)

    for page in (read(client, url()), read(client, url("units/"), "units-excerpt")):
        assert shown(page) == ["North", "North 0", "North 1 (3)"]
        assert f'href="{url("units/")}">All 15 departments' in page


@pytest.mark.parametrize("below", ["nonsense", "00000000-0000-7000-8000-000000000000"])
def test_a_branch_that_is_not_there_is_not_found(ann, tree, seen_by, url, below):
    assert seen_by(ann).get(url(f"units/?below={below}")).status_code == 404


def test_a_branch_of_another_account_is_not_found(ann, tree, seen_by, url):
    assert seen_by(ann).get(url(f"units/?below={OrgUnitFactory().pk}")).status_code == 404


def test_after_a_change_the_same_part_is_asked_for_again(ann, tree, seen_by, url):
    address = url(f"units/?below={tree['South'].pk}")

    assert f'hx-get="{address}" hx-trigger="units-changed' in read(seen_by(ann), address)


def test_where_paths_end_units_are_opened_level_by_level(acme, ann, seen_by, url, small_parts):
    unit = None
    for number in range(16):
        unit = OrgUnitFactory(account=acme, name=f"{number:02}" + "国" * 100, parent=unit)
    names = dict(OrgUnit.objects.values_list("name", "pk"))
    deep = next(each for each in OrgUnit.objects.of(acme) if is_deep(each.tree_key))

    page = read(seen_by(ann), url(f"units/?below={deep.pk}"))

    below = int(deep.name[:2]) + 1
    assert shown(page) == [next(name for name in names if name.startswith(f"{below:02}")) + " (1)"]


@pytest.mark.parametrize("query", ["", "?q=South", "?below="])
def test_no_part_costs_more_than_twelve_queries_whatever_the_tree(ann, tree, seen_by, url, query):
    client = seen_by(ann)
    query += str(tree["South"].pk) if query == "?below=" else ""

    with CaptureQueriesContext(connection) as seen:
        read(client, url(f"units/{query}"))

    assert len(seen) <= 12


def test_a_page_holds_forty_units_however_many_there_are(acme, ann, seen_by, url):
    OrgUnit.objects.bulk_create([OrgUnit(account=acme, name=f"Unit {n:03}", sort_key=f"{n:03}") for n in range(300)])
    place_trees(OrgUnit.objects.present(), [acme.pk])
    client = seen_by(ann)

    assert len(shown(read(client, url("units/")))) == 40
    assert len(shown(read(client, url()))) == 12
