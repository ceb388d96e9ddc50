"""Duplicates on the screen: seen by who sees both, merged by who may change both, warned of before they are made."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.look_alikes import look_alikes
from stakeholders.merging import merge
from stakeholders.models import PersonMerge, Position, Stakeholder, SuspectedTwins
from stakeholders.suspicion import search
from tests.factories import StakeholderFactory, crowd

pytestmark = pytest.mark.django_db

DUPLICATES = "/people/duplicates/"


@pytest.fixture
def wang(acme):
    contacts = [{"kind": "mobile", "value": "139 0000 0001"}]
    return StakeholderFactory(account=acme, name="王伟", title="CIO", contacts=contacts)


@pytest.fixture
def twin(acme):
    contacts = [{"kind": "mobile", "value": "13900000001"}]
    return StakeholderFactory(account=acme, name="Wang Wei", title="Buyer", contacts=contacts)


def compare(client, kept, twin, **choices):
    """Merge as the page does it."""
    page = client.get(f"/people/{kept.pk}/merge/{twin.pk}/")
    versions = {name: page.context["form"].initial[name] for name in ("kept_version", "twin_version")}
    return client.post(page.request["PATH_INFO"], versions | choices)


# The list


def test_the_list_says_why_and_the_list_of_people_how_many(acme, ann, wang, twin, seen_by):
    search()
    browser = seen_by(ann)

    page = browser.get(DUPLICATES).content.decode()

    assert "Same mobile number, 王伟 / Wang Wei" in page
    assert 'Possible duplicates <span class="count">1</span>' in browser.get(f"{DUPLICATES}count/").content.decode()
    assert DUPLICATES in browser.get("/people/").content.decode()


def test_a_pair_is_shown_to_nobody_who_does_not_see_both(acme, ann, ben, cleo, eve, globex, wang, seen_by):
    hidden = StakeholderFactory(account=globex, name="Wang Wei", contacts=[{"kind": "mobile", "value": "13900000001"}])
    search()
    pair = SuspectedTwins.objects.get()

    for user in (ann, ben, cleo, eve):
        browser = seen_by(user)
        assert "Wang Wei" not in browser.get(DUPLICATES).content.decode()
        assert not browser.get(f"{DUPLICATES}count/").content.strip()
    assert seen_by(ann).post(f"{DUPLICATES}{pair.pk}/tell-apart/").status_code == 404
    assert seen_by(eve).post(f"{DUPLICATES}{pair.pk}/tell-apart/").status_code == 403
    assert seen_by(ann).get(f"/people/{wang.pk}/merge/{hidden.pk}/").status_code == 404
    assert b"perhaps the same person" not in seen_by(ann).get(f"/people/{wang.pk}/").content


def test_the_list_costs_the_same_for_many_as_for_few(acme, ann, seen_by):
    crowd(acme, [{"name": "王伟"}, {"name": "Wang Wei"}])
    search()
    browser = seen_by(ann)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(DUPLICATES)
        return len(queries)

    asked()
    few = asked()
    crowd(acme, [{"name": f"{name}{letter * 4}"} for letter in "abcdefgh" for name in ("Katherine ", "Catherine ")])
    search()

    assert SuspectedTwins.objects.count() == 9
    assert asked() == few <= 14


def test_told_apart_they_leave_the_list_and_undo_brings_them_back(acme, ann, wang, twin, seen_by):
    search()
    pair, browser = SuspectedTwins.objects.get(), seen_by(ann)

    told = browser.post(f"{DUPLICATES}{pair.pk}/tell-apart/", follow=True).content.decode()
    assert "王伟 and Wang Wei are not the same person" in told or "Wang Wei and 王伟 are not the same person" in told
    assert not browser.get(DUPLICATES).context["pairs"]

    browser.post(f"{DUPLICATES}{pair.pk}/ask-again/")
    assert len(browser.get(DUPLICATES).context["pairs"]) == 1


# Side by side


def test_the_page_asks_only_where_both_say_something_else(ann, wang, twin, seen_by):
    wang.change(by=ann, stage="know", concerns="Price")
    twin.change(by=ann, stage="trust", pastimes="Go")

    form = seen_by(ann).get(f"/people/{wang.pk}/merge/{twin.pk}/").context["form"]

    assert [field.name for field in form.contested] == ["name", "stage"]
    assert {field.name: field.value() for field in form.filled} == {"concerns": "kept", "pastimes": "twin"}


def test_what_one_of_them_says_may_be_left_out(ann, wang, twin, seen_by):
    wang.change(by=ann, concerns="Price")
    twin.change(by=ann, pastimes="Go", is_watched=True)

    compare(seen_by(ann), wang, twin, name="kept", concerns="twin", is_watched="kept")

    wang.refresh_from_db()
    assert (wang.concerns, wang.pastimes, wang.is_watched) == ("", "Go", False)


def test_a_merge_is_told_with_an_undo_that_takes_it_apart(ann, wang, twin, seen_by):
    browser = seen_by(ann)

    page = compare(browser, wang, twin, name="kept")

    done = PersonMerge.objects.get()
    assert page.url == f"/people/{wang.pk}/"
    told = browser.get(page.url).content.decode()
    assert "Wang Wei is now part of 王伟." in told
    assert f"/people/merges/{done.pk}/take-apart/" in told
    assert browser.get(f"/people/{twin.pk}/").url == f"/people/{wang.pk}/"

    told = browser.post(f"/people/merges/{done.pk}/take-apart/", follow=True).content.decode()
    assert "王伟 and Wang Wei are two people again." in told
    assert browser.get(f"/people/{twin.pk}/").status_code == 200


def test_a_form_looked_at_before_a_change_is_refused_once(ann, wang, twin, seen_by):
    browser = seen_by(ann)
    page = browser.get(f"/people/{wang.pk}/merge/{twin.pk}/")
    versions = {name: page.context["form"].initial[name] for name in ("kept_version", "twin_version")}
    Stakeholder.objects.get(pk=twin.pk).change(by=ann, concerns="Time")

    again = browser.post(page.request["PATH_INFO"], versions | {"name": "kept"})

    assert again.status_code == 422
    assert "Wang Wei was changed since you opened this page" in again.content.decode()
    assert not PersonMerge.objects.exists()
    form = again.context["form"]
    sent = {name: form[name].value() for name in ("kept_version", "twin_version")} | {"name": "kept"}
    assert browser.post(page.request["PATH_INFO"], sent).status_code == 302


def test_what_was_changed_since_is_named(ann, wang, twin, seen_by):
    browser = seen_by(ann)
    compare(browser, wang, twin, name="kept")
    Stakeholder.objects.get(pk=wang.pk).change(by=ann, other_names="Boss Wang")

    told = browser.post(f"/people/merges/{PersonMerge.objects.get().pk}/take-apart/", follow=True).content.decode()

    assert "Changed since the merge, and left as it is: 王伟 (other names)." in told


@pytest.mark.parametrize("choices", [{}, {"name": "nobody"}, {"name": "kept", "kept_version": "NaN"}])
def test_what_is_no_choice_is_marked(ann, wang, twin, choices, seen_by):
    page = compare(seen_by(ann), wang, twin, **choices)

    assert page.status_code == 422


def test_nobody_is_merged_with_themselves(ann, wang, seen_by):
    assert seen_by(ann).get(f"/people/{wang.pk}/merge/{wang.pk}/").status_code == 404


def test_the_survivor_shows_what_was_merged_and_the_twin_cannot_be_brought_back_beside_it(ann, wang, twin, seen_by):
    merge(wang, twin, by=ann)
    browser = seen_by(ann)

    page = browser.get(f"/people/{wang.pk}/").content.decode()

    assert "Merged into this person" in page
    assert "Take apart" in page
    assert browser.post(f"/people/{twin.pk}/restore/").status_code == 404
    assert "Wang Wei" in browser.get(f"/people/{wang.pk}/history/").content.decode()


def test_the_twins_address_leads_nowhere_for_who_does_not_see_the_survivor(ann, cleo, wang, twin, seen_by):
    merge(wang, twin, by=ann)

    assert seen_by(cleo).get(f"/people/{twin.pk}/").status_code == 404


def test_the_other_record_is_found_by_typing(ann, wang, twin, seen_by):
    browser = seen_by(ann)

    page = browser.post(f"/people/{wang.pk}/merge/", {"twin": str(twin.pk)})

    assert page.url == f"/people/{wang.pk}/merge/{twin.pk}/"
    assert "Wang Wei" in browser.get(f"/people/{wang.pk}/merge/choices/?q=wangw").content.decode()


# Before a twin is made


def newcomer(**values) -> dict:
    return {"name": "Wang Wei", "level": "staff", "rows": ["0"], "0-kind": "mobile", "0-value": ""} | values


def test_a_newcomer_like_somebody_here_is_asked_about_once(acme, ann, wang, seen_by):
    browser = seen_by(ann)

    asked = browser.post(f"/accounts/{acme.pk}/people/new/", newcomer())

    assert asked.status_code == 422
    assert [each.row["name"] for each in asked.context["look_alikes"]] == ["王伟"]
    assert "It is somebody else, add them" in asked.content.decode()
    assert Stakeholder.objects.count() == 1

    sent = browser.post(f"/accounts/{acme.pk}/people/new/", newcomer(told_of=str(wang.pk)))
    assert sent.status_code == 302
    assert Stakeholder.objects.count() == 2


def test_a_number_somebody_has_is_asked_about_under_any_name(acme, ann, wang, seen_by):
    values = newcomer(name="Li Na", **{"0-value": "+86 139 0000 0001"})

    asked = seen_by(ann).post(f"/accounts/{acme.pk}/people/new/", values)

    assert [each.why for each in asked.context["look_alikes"]] == ["Same mobile number"]


def test_somebody_out_of_sight_is_never_named(acme, ann, globex, seen_by):
    StakeholderFactory(account=globex, name="Wang Wei", contacts=[{"kind": "mobile", "value": "13900000001"}])

    sent = seen_by(ann).post(f"/accounts/{acme.pk}/people/new/", newcomer(**{"0-value": "13900000001"}))

    assert sent.status_code == 302


def test_of_a_guest_only_the_post_in_sight_is_told(acme, ann, globex, cleo, seen_by):
    guest = StakeholderFactory(account=globex, name="Wang Wei", title="Secret chief")
    Position.begin(guest, acme, by=cleo, title="Adviser")

    asked = seen_by(ann).post(f"/accounts/{acme.pk}/people/new/", newcomer()).content.decode()

    assert "Adviser" in asked
    assert "Secret" not in asked


def test_looking_costs_two_queries_where_nobody_is_like_them(acme, ann, wang):
    ways = [{"kind": "mobile", "value": "13900000009"}]
    assert look_alikes(acme, ann, "Zhao Yun") == []  # the page has asked by now which teams ann leads

    with CaptureQueriesContext(connection) as asked:
        assert look_alikes(acme, ann, "Zhao Yun", ways=ways) == []

    assert len(asked) <= 2  # and one of them which day it is at each account


def test_while_somebody_types_nothing_is_stored(acme, ann, wang, seen_by):
    told = seen_by(ann).post(f"/accounts/{acme.pk}/people/new/look-alikes/", newcomer()).content.decode()

    assert "Here already?" in told
    assert "told_of" not in told
    assert Stakeholder.objects.count() == 1
