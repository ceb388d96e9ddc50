"""Merging accounts while others work at them: nothing is lost, nothing stands twice, and whoever is late is told."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.merging import bring_over_late, merge, take_apart
from accounts.models import Account, AccountMerge, OrgUnit
from accounts.trees import place_trees
from records.models import JobRun
from relationships.contact_state import rebuild
from relationships.models import Action, Interaction
from stakeholders.models import DecisionRole, Position, Stakeholder
from stakeholders.tasks import suspect_twins
from tests.at_once import meanwhile, together
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, activity, role, visit
from tests.records.engines import needs_postgresql
from tests.stakeholders.merge_world import everything

pytestmark = [needs_postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def holding(ann, north):
    return AccountFactory(name="Acme Holding", owner=ann, team=north)


@pytest.fixture
def li(acme):
    return StakeholderFactory(account=acme, name="Li Na", title="CFO")


@pytest.fixture
def wang(holding):
    return StakeholderFactory(account=holding, name="王伟", title="CIO")


def browser_of(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def send(browser, kept, twin):
    """The merge as the page sends it; the two are looked at beforehand."""
    address = f"/accounts/{kept.pk}/merge/{twin.pk}/"
    preset = {field.name: field.value() for field in browser.get(address).context["form"]}
    return lambda: browser.post(address, preset, follow=True)


def nothing_names(account) -> bool:
    rows = (Interaction, Action, Stakeholder, Position, DecisionRole, OrgUnit)
    return not any(model.objects.present().filter(account=account).exists() for model in rows)


def states_are_right() -> bool:
    return rebuild(list(Stakeholder.objects.values_list("pk", flat=True))) == 0


def test_merged_both_ways_at_once_one_way_counts_and_the_other_is_refused_in_words(acme, holding, ann, ben, li, wang):
    late = send(browser_of(ben), holding, acme)

    def merge_first():
        merge(acme, holding, by=ann)
        yield

    answer = meanwhile(merge_first, late)

    assert answer.redirect_chain == [(f"/accounts/{acme.pk}/", 302)]
    assert "Acme Holding has been removed or merged meanwhile." in answer.content.decode()
    assert AccountMerge.objects.get().kept == acme


def test_pressed_at_the_same_moment_they_are_merged_once(acme, holding, ann, ben, li, wang):
    visit(li, by=ann), visit(wang, by=ann)
    for _round in range(ROUNDS):
        before = everything()
        answers = together(send(browser_of(ann), acme, holding), send(browser_of(ben), holding, acme))

        told = [answer.content.decode() for answer in answers]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert sum("is now part of" in text for text in told) == 1
        assert sum("has been removed or merged meanwhile" in text for text in told) == 1
        assert states_are_right()
        take_apart(AccountMerge.objects.get(), by=ann)
        assert everything() == before


@pytest.mark.parametrize("is_first", [True, False])
def test_a_visit_logged_at_the_twin_meanwhile_is_the_survivors(acme, holding, ann, ben, li, wang, is_first):
    def log_a_visit():
        visit(wang, by=ben)
        yield

    def merge_them():
        merge(acme, holding, by=ann)
        yield

    if is_first:
        meanwhile(log_a_visit, lambda: merge(acme, holding, by=ann))
    else:
        meanwhile(merge_them, lambda: next(log_a_visit()))

    assert Interaction.objects.get().account == acme
    assert nothing_names(holding)
    assert states_are_right()


def test_visits_roles_and_steps_at_both_neither_block_nor_lose_anything(acme, holding, ann, ben, li, wang):
    def log(person, account):
        return lambda: Interaction.log(
            Account.objects.get(pk=account.pk), by=ben, people=[person], activity_type=activity("Call")
        )

    def give_a_role():
        return role(Stakeholder.objects.get(pk=wang.pk), "D")

    for number in range(1, ROUNDS + 1):
        DecisionRole.objects.all().delete()
        done = together(
            log(wang, holding),
            lambda: merge(acme, holding, by=ann),
            log(li, acme),
            lambda: Action.add(holding, "Call", holding.today(), by=ann),
            give_a_role,
        )

        suspect_twins()
        JobRun.objects.all().delete()
        assert nothing_names(holding)
        assert Interaction.objects.filter(account=acme).count() == 2 * number
        assert Action.objects.filter(account=acme).count() == number
        assert DecisionRole.objects.get().account == acme
        assert states_are_right()
        assert bring_over_late() == 0
        take_apart(AccountMerge.objects.get(pk=done[1].pk), by=ann)


def test_a_form_opened_before_the_merge_is_stored_at_the_survivor(acme, holding, ann, ben, wang):
    merge(acme, holding, by=ann)
    sent = {"people": [wang.pk], "when": "now", "activity_type": activity().pk, "account": holding.pk}

    answer = browser_of(ben).post(reverse("relationships:log"), sent)

    assert answer.status_code == 302
    assert Interaction.objects.get().account == acme


def test_a_unit_added_at_the_twin_meanwhile_hangs_at_the_survivor(acme, holding, ann):
    OrgUnitFactory(account=acme, name="IT")

    def merge_them():
        merge(acme, holding, by=ann)
        yield

    with suppress(ValidationError):  # refused in words is as well
        meanwhile(merge_them, lambda: OrgUnit.add(holding, by=ann, name="IT"))
    bring_over_late()

    assert nothing_names(holding)
    assert [unit.name for unit in OrgUnit.objects.of(acme)] == ["IT"]
    assert place_trees(OrgUnit.objects.present(), [acme.pk]) == 0


def test_merged_again_while_it_is_taken_apart_it_waits(acme, holding, ann, ben, li, wang):
    done = merge(acme, holding, by=ann)

    def part_them():
        take_apart(done, by=ann)
        yield

    again = meanwhile(part_them, lambda: merge(acme, holding, by=ben))

    assert AccountMerge.objects.get() == again
    assert nothing_names(holding)
    assert states_are_right()


def test_taken_apart_twice_at_once_one_is_told_so(acme, holding, ann, ben, li, wang):
    before = everything()
    address = f"/accounts/merges/{merge(acme, holding, by=ann).pk}/take-apart/"

    def press(browser):
        return lambda: browser.post(address, follow=True)

    answers = together(press(browser_of(ann)), press(browser_of(ben)))

    assert sum("are two accounts again." in answer.content.decode() for answer in answers) == 1
    assert {answer.status_code for answer in answers} <= {200, 404}
    assert everything() == before
