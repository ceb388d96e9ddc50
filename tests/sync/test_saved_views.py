"""Saved views: who sees them, what they ask for, and how the list opens with one."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from sync.models import SavedView
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def save(user, name="Key ones", query="tier=key", listing="accounts", **values) -> SavedView:
    values = {"shared": "nobody"} | values
    return SavedView.save_as(listing, QueryDict(query), by=user, name=name, **values)


def names(user) -> list[str]:
    page = browser(user).get(reverse("sync:views", args=["accounts"])).context["views"]
    return [view.name for view in page]


def test_a_view_keeps_filters_order_and_columns_apart(ann):
    view = save(ann, query="tier=key&sort=-tier&columns=name,owner&cursor=x&view=y&from=b")

    assert (view.query, view.sort, view.columns) == ("tier=key", "-tier", ["name", "owner"])
    asked = QueryDict(view.question)
    assert (asked["tier"], asked["sort"], asked["columns"], asked["view"]) == (
        "key",
        "-tier",
        "name,owner",
        str(view.pk),
    )


def test_it_is_ones_own_until_it_is_shared(acme, ann, ben, cleo, eve):
    save(ann, "Mine")
    save(ann, "Team", shared="team")
    save(ann, "All", shared="everybody")

    assert names(ann) == ["All", "Mine", "Team"]
    assert names(ben) == ["All", "Team"]
    assert names(cleo) == names(eve) == ["All"]


def test_others_open_it_with_their_own_sight_and_change_nothing(acme, ann, cleo):
    acme.change(by=None, tier="key")
    view = save(ann, shared="everybody")
    client = browser(cleo)

    opened = client.get(reverse("sync:open_view", args=[view.pk]), follow=True)

    assert opened.context["list"].page.rows == []
    for route in ("change_view", "delete_view", "restore_view"):
        assert client.post(reverse(f"sync:{route}", args=[view.pk])).status_code == 404


def test_a_private_view_does_not_exist_for_others(ann, cleo):
    view = save(ann)

    assert browser(cleo).get(reverse("sync:open_view", args=[view.pk])).status_code == 404


def test_it_is_saved_from_the_list_and_saved_over(acme, ann):
    client = browser(ann)
    address = reverse("sync:save_view", args=["accounts"])

    client.post(f"{address}?tier=key", {"name": "Key  ones", "shared": "nobody"})
    view = SavedView.objects.get()
    client.post(f"{address}?tier=strategic&view={view.pk}", {"over": "yes"})

    view.refresh_from_db()
    assert (view.name, view.query) == ("Key ones", "tier=strategic")
    assert client.post(address, {"name": "Key ones", "shared": "nobody"}).status_code == 422


def test_the_list_opens_with_the_chosen_view_until_it_is_gone(acme, ann, north):
    AccountFactory(owner=ann, team=north, name="Bravo", tier="key")
    view, client = save(ann), browser(ann)
    client.post(reverse("sync:start_with", args=["accounts"]), {"view": str(view.pk)})

    opened = client.get("/accounts/", follow=True)
    assert [row["name"] for row in opened.context["list"].page.rows] == ["Bravo"]
    assert len(client.get("/accounts/?view=all").context["list"].page.rows) == 2

    client.post(reverse("sync:delete_view", args=[view.pk]))
    opened = client.get("/accounts/", follow=True)
    assert len(opened.context["list"].page.rows) == 2


def test_a_deleted_view_comes_back_beside_its_successor(ann):
    view, client = save(ann), browser(ann)
    client.post(reverse("sync:delete_view", args=[view.pk]))
    save(ann)

    client.post(reverse("sync:restore_view", args=[view.pk]))

    assert names(ann) == ["Key ones", "Key ones (2)"]


@pytest.mark.parametrize("what", ["", "garbage", "00000000-0000-0000-0000-000000000000"])
def test_a_list_that_shall_open_with_no_view_there_is_opens_with_all(acme, ann, what):
    answer = browser(ann).post(reverse("sync:start_with", args=["accounts"]), {"view": what})

    assert answer.status_code == 302
    assert browser(ann).get("/accounts/").context["list"].question.query.get("view") is None


def test_counts_are_each_readers_own_and_capped(acme, ann, cleo, monkeypatch):
    save(ann, "All", query="", shared="everybody")
    address = reverse("sync:view_counts", args=["accounts"])

    assert browser(ann).get(address).context["counts"][0][1] == "1"
    assert browser(cleo).get(address).context["counts"][0][1] == "0"
    monkeypatch.setattr("sync.views.saved_views.COUNTED", 0)
    assert browser(ann).get(address).context["counts"][0][1] == "0+"


def test_columns_are_chosen_in_an_order_and_remembered(acme, ann):
    client = browser(ann)
    address = reverse("sync:list_columns", args=["accounts"])

    client.post(address, {"show-tier": "on", "place-tier": "2", "show-region": "on", "place-region": "1"})
    shown = [column.name for column in client.get("/accounts/").context["list"].question.columns]
    client.post(address, {"usual": "yes"})

    assert shown == ["name", "region", "tier"]
    assert "owner" in client.get("/accounts/").context["list"].shows


def test_a_list_nobody_declared_is_not_there(ann):
    assert browser(ann).get(reverse("sync:views", args=["secrets"])).status_code == 404
