"""Merging while others work on the same people: nothing is lost, nothing stands twice, and whoever is late is told."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from relationships.contact_state import rebuild
from relationships.models import Interaction, Participant
from stakeholders.merging import bring_over_late, merge, take_apart
from stakeholders.models import PersonMerge, Stakeholder
from tests.at_once import meanwhile, together
from tests.factories import StakeholderFactory, activity, visit
from tests.records.engines import needs_postgresql
from tests.stakeholders.merge_world import everything

pytestmark = [needs_postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


@pytest.fixture
def wang(acme, ann):
    return StakeholderFactory(account=acme, name="王伟", title="CIO", by=ann)


@pytest.fixture
def twin(acme, ann):
    return StakeholderFactory(account=acme, name="Wang Wei", title="Buyer", by=ann)


def browser_of(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def send(browser, kept, twin):
    """The merge as the page sends it; the two are looked at beforehand."""
    address = f"/people/{kept.pk}/merge/{twin.pk}/"
    form = browser.get(address).context["form"]
    preset = {field.name: field.value() for field in form}
    return lambda: browser.post(address, preset, follow=True)


def all_is_well(people) -> None:
    """Every participant stands once on each visit, names somebody who is there, and is counted."""
    assert not Participant.objects.filter(stakeholder__removed_at__isnull=False).exists()
    assert rebuild([person.pk for person in people]) == 0
    for held in Interaction.objects.all():
        assert held.head_count == held.participants.count() > 0


# The same pair, both ways


def test_merged_both_ways_at_once_one_way_counts_and_the_other_is_refused_in_words(acme, ann, ben, wang, twin):
    visit(wang, by=ann, people=[wang, twin])
    late = send(browser_of(ben), twin, wang)

    def merge_first():
        merge(wang, twin, by=ann)
        yield

    answer = meanwhile(merge_first, late)

    assert answer.redirect_chain == [(f"/people/{wang.pk}/", 302)]
    assert "Wang Wei has been removed or merged meanwhile." in answer.content.decode()
    assert PersonMerge.objects.get().kept == wang
    all_is_well([wang, twin])


def test_pressed_at_the_same_moment_they_are_merged_once(acme, ann, ben, wang, twin):
    for _round in range(ROUNDS):
        before = everything()
        answers = together(send(browser_of(ann), wang, twin), send(browser_of(ben), twin, wang))

        told = [answer.content.decode() for answer in answers]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert sum("is now part of" in text for text in told) == 1
        assert sum("has been removed or merged meanwhile" in text for text in told) == 1
        all_is_well([wang, twin])
        done = PersonMerge.objects.get()
        take_apart(done, by=ann)
        assert everything() == before


# While a visit is logged


@pytest.mark.parametrize("is_first", [True, False])
def test_a_visit_logged_with_the_twin_meanwhile_is_the_survivors(acme, ann, ben, wang, twin, is_first):
    def log_a_visit():
        visit(twin, by=ben, people=[twin, wang])
        visit(twin, by=ben, days_ago=3)
        yield

    def merge_them():
        merge(wang, twin, by=ann)
        yield

    if is_first:
        meanwhile(log_a_visit, lambda: merge(wang, twin, by=ann))
    else:
        meanwhile(merge_them, lambda: next(log_a_visit()))

    assert Interaction.objects.with_person(wang).count() == 2
    assert bring_over_late() == 0
    all_is_well([wang, twin])


def test_visits_with_both_in_any_order_neither_block_nor_lose_anything(acme, ann, ben, wang, twin):
    """Whoever ticks the twin first, then the survivor, locks them the other way round."""
    ids = [wang.pk, twin.pk]

    def log(people):
        return lambda: visit(Stakeholder.objects.get(pk=ids[0]), by=ben, people=people).pk

    for number in range(1, ROUNDS + 1):
        done = together(
            log([twin, wang]), log([wang, twin]), lambda: merge(wang, twin, by=ann), log([twin]), log([wang])
        )

        assert Interaction.objects.count() == 4 * number
        assert Interaction.objects.with_person(wang).count() == 4 * number
        all_is_well([wang, twin])
        take_apart(PersonMerge.objects.get(pk=done[2].pk), by=ann)
        assert {person.pk for person in Stakeholder.objects.present()} == set(ids)


def test_a_form_opened_before_the_merge_is_stored_for_the_survivor(acme, ann, ben, wang, twin):
    merge(wang, twin, by=ann)
    sent = {"people": [twin.pk, wang.pk], "spoken_to": [twin.pk], "when": "now", "activity_type": activity().pk}

    answer = browser_of(ben).post(reverse("relationships:log"), sent | {"account": acme.pk})

    assert answer.status_code == 302, answer.context["form"].errors
    held = Interaction.objects.get()
    assert answer.url == f"/interactions/{held.pk}/after/"
    there = held.participants.get()
    assert (there.stakeholder, there.was_spoken_to, held.head_count) == (wang, True, 1)


# While it is taken apart


def test_merged_again_while_it_is_taken_apart_it_waits_and_looks_at_both_once_more(acme, ann, ben, wang, twin):
    done = merge(wang, twin, by=ann)

    def part_them():
        take_apart(done, by=ann)
        yield

    again = meanwhile(part_them, lambda: merge(wang, twin, by=ben))

    assert PersonMerge.objects.get() == again
    all_is_well([wang, twin])


def test_taken_apart_twice_at_once_one_is_told_so(acme, ann, ben, wang, twin):
    before = everything()
    address = f"/people/merges/{merge(wang, twin, by=ann).pk}/take-apart/"

    def press(browser):
        return lambda: browser.post(address, follow=True)

    answers = together(press(browser_of(ann)), press(browser_of(ben)))

    told = [answer.content.decode() for answer in answers]
    assert sum("are two people again." in text for text in told) == 1
    assert {answer.status_code for answer in answers} <= {200, 404}
    assert everything() == before


def test_a_merge_that_came_first_is_not_taken_out_from_below_a_later_one(acme, ann, ben, wang, twin):
    third = StakeholderFactory(account=acme, name="W. Wang")
    first = merge(wang, twin, by=ann)

    def merge_another():
        merge(wang, third, by=ben)
        yield

    with pytest.raises(ValidationError, match="W. Wang"):
        meanwhile(merge_another, lambda: take_apart(PersonMerge.objects.get(pk=first.pk), by=ann))

    assert PersonMerge.objects.count() == 2


def test_a_chain_of_merges_at_once_ends_in_one_survivor_or_a_refusal(acme, ann, ben, wang, twin):
    """The twin takes in a third one while it becomes part of somebody else itself."""
    third = StakeholderFactory(account=acme, name="W. Wang")
    met = [visit(person, by=ann) for person in (wang, twin, third)]

    def attempt(kept, goes, by):
        def act():
            try:
                return merge(kept, goes, by=by)
            except ValidationError as refusal:
                return " ".join(refusal.messages)

        return act

    for _round in range(ROUNDS):
        before = everything()
        done = together(attempt(wang, twin, ann), attempt(twin, third, ben))

        refused = [each for each in done if isinstance(each, str)]
        assert refused in ([], ["Wang Wei has been removed or merged meanwhile."])
        assert all(each.participants.get().stakeholder.removed_at is None for each in met)
        for each in PersonMerge.objects.order_by("-merged_at"):
            take_apart(each, by=ann)
        assert everything() == before
