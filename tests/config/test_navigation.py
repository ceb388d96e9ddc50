"""The menu: everybody finds their way, administrators also to policy and jobs, and the page one is on is marked."""

import re

import pytest
from django.urls import reverse

from config import navigation


def links_of(page):
    """Addresses of the frame's links, and the ones marked as current."""
    anchors = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>', page)
    return set(anchors), set(re.findall(r'<a [^>]*href="([^"]+)"[^>]*aria-current="page"', page))


@pytest.fixture
def page_of(client):
    def page_of(user, address):
        client.force_login(user)
        return client.get(address).content.decode()

    return page_of


@pytest.mark.parametrize("item", [*navigation.TOP_BAR, *navigation.BOTTOM_BAR, *navigation.USER_MENU])
def test_every_item_leads_somewhere(item):
    assert reverse(item.url_name).startswith("/")


def test_a_rep_sees_neither_policy_nor_jobs(page_of, ann):
    links, _ = links_of(page_of(ann, reverse("pages:gallery")))

    assert {reverse("config:home"), reverse("accounts:list"), reverse("relationships:log")} <= links
    assert links.isdisjoint({reverse("config:settings"), reverse("config:jobs")})


def test_an_administrator_sees_both(page_of, ada):
    links, _ = links_of(page_of(ada, reverse("pages:gallery")))

    assert {reverse("config:settings"), reverse("config:jobs")} <= links


def test_the_page_one_is_on_is_marked(page_of, ann):
    _, current = links_of(page_of(ann, reverse("config:home")))

    assert current == {reverse("config:home")}


def test_a_record_marks_the_list_it_belongs_to(page_of, ann, acme):
    _, current = links_of(page_of(ann, acme.get_absolute_url()))

    assert reverse("accounts:list") in current


def test_one_of_two_items_that_lead_here_is_marked(page_of, ada):
    _, current = links_of(page_of(ada, reverse("users:profile")))

    assert current == {reverse("users:profile")}


def test_a_page_inside_an_account_marks_accounts(page_of, ann, acme):
    _, current = links_of(page_of(ann, f"{acme.get_absolute_url()}people/"))

    assert reverse("accounts:list") in current
    assert reverse("relationships:people") not in current


def test_a_stranger_sees_no_menu(client, db):
    page = client.get(reverse("account_login")).content.decode()

    assert "<nav" not in page
