"""Planning a contact by its page, and the warning that one more would be too often."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from relationships.models import Interaction
from tests.factories import StakeholderFactory, activity, role, visit

PLAN, TOO_OFTEN = reverse("relationships:plan"), reverse("relationships:too_often")
pytestmark = pytest.mark.django_db


@pytest.fixture
def liu(acme):
    """A decision maker: at most six days with contact in thirty."""
    person = StakeholderFactory(account=acme, name="Liu Yang")
    role(person, "D")
    return person


@pytest.fixture
def as_ann(client, ann):
    client.force_login(ann)
    return client


def sent(person, days_ahead=3, **values) -> dict:
    return {
        "account": person.account_id,
        "activity_type": activity().pk,
        "people": [person.pk],
        "client_id": str(uuid4()),
        "held_on": (person.account.today() + timedelta(days=days_ahead)).isoformat(),
        **values,
    }


def asked(person, **values) -> dict:
    return {name: str(value[0] if isinstance(value, list) else value) for name, value in sent(person, **values).items()}


def seen_six_times(person, by) -> None:
    for days_ago in range(1, 7):
        visit(person, by=by, days_ago=days_ago)


def test_a_plan_stands_on_its_day_with_the_checklist_of_its_kind(as_ann, ann, liu, acme):
    response = as_ann.post(PLAN, sent(liu, objective="Agree on the test", time="14:00"))

    plan = Interaction.objects.get()
    assert response.url == plan.get_absolute_url()
    assert (plan.state, plan.author, plan.objective) == ("planned", ann, "Agree on the test")
    assert plan.held_on == acme.today() + timedelta(days=3)
    assert list(plan.checklist.order_by("place").values_list("text", flat=True)) == activity().checklist


def test_a_day_that_is_over_cannot_be_planned(as_ann, liu):
    response = as_ann.post(PLAN, sent(liu, days_ahead=-1))

    assert response.status_code == 422
    assert "This day is over" in response.content.decode()
    assert not Interaction.objects.exists()


def test_one_more_than_the_ceiling_is_warned_about(as_ann, ann, liu):
    seen_six_times(liu, ann)

    warning = as_ann.get(TOO_OFTEN, asked(liu)).content.decode()

    assert "Liu Yang, 7 days with contact in 30, at most 6" in warning


def test_up_to_the_ceiling_is_no_warning(as_ann, ann, liu):
    for days_ago in range(1, 6):
        visit(liu, by=ann, days_ago=days_ago)

    assert "too often" not in as_ann.get(TOO_OFTEN, asked(liu)).content.decode()


def test_what_is_planned_already_counts(as_ann, ann, liu, acme):
    for days_ago in range(1, 6):
        visit(liu, by=ann, days_ago=days_ago)
    tomorrow = acme.today() + timedelta(days=1)
    Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=tomorrow)

    assert "Liu Yang" in as_ann.get(TOO_OFTEN, asked(liu)).content.decode()


def test_the_plan_being_edited_does_not_count_against_itself(as_ann, ann, liu, acme):
    for days_ago in range(1, 6):
        visit(liu, by=ann, days_ago=days_ago)
    tomorrow = acme.today() + timedelta(days=1)
    plan = Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=tomorrow)

    assert "Liu Yang" not in as_ann.get(TOO_OFTEN, asked(liu, besides=plan.pk)).content.decode()


@pytest.mark.parametrize("light", [{"asked_by_them": "on"}, {"kind": "Training"}, {"kind": "Greeting"}])
def test_what_they_asked_for_service_and_greetings_weigh_nothing(as_ann, ann, liu, light):
    seen_six_times(liu, ann)
    values = {"activity_type": activity(light["kind"]).pk} if "kind" in light else light

    assert "too often" not in as_ann.get(TOO_OFTEN, asked(liu, **values)).content.decode()


def warned_in(page: str) -> list[str]:
    """Whom the form that came back warns about, as it sends them along."""
    return [part[:36] for part in page.split('name="warned" value="')[1:]]


def test_a_plan_is_warned_about_before_it_is_stored_and_then_is_not_blocked(as_ann, ann, liu):
    seen_six_times(liu, ann)

    refused = as_ann.post(PLAN, sent(liu))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Liu Yang, 7 days with contact in 30, at most 6" in page
    assert "Plan it all the same" in page
    assert not Interaction.objects.planned().exists()

    as_ann.post(PLAN, sent(liu, warned=warned_in(page)))

    assert Interaction.objects.planned().count() == 1


def test_whoever_saw_the_warning_beside_the_plan_is_not_asked_again(as_ann, ann, liu):
    seen_six_times(liu, ann)
    beside = as_ann.get(TOO_OFTEN, asked(liu)).content.decode()

    as_ann.post(PLAN, sent(liu, warned=warned_in(beside)))

    assert Interaction.objects.planned().count() == 1


def test_a_warning_about_somebody_else_does_not_do(as_ann, ann, liu, acme):
    seen_six_times(liu, ann)
    zhao = StakeholderFactory(account=acme, name="Zhao Xin")

    assert as_ann.post(PLAN, sent(liu, warned=[zhao.pk, "no-id"])).status_code == 422


def test_an_edit_is_warned_about_where_it_weighs(as_ann, ann, liu, acme):
    far, near = (acme.today() + timedelta(days=days) for days in (60, 3))
    plan = Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=far)
    seen_six_times(liu, ann)
    edit = reverse("relationships:edit", args=[plan.pk])

    moved = as_ann.post(edit, sent(liu, version=plan.version))
    assert moved.status_code == 422
    assert "Plan it all the same" in moved.content.decode()
    as_ann.post(edit, sent(liu, version=plan.version, warned=[liu.pk]))
    plan.refresh_from_db()
    assert plan.held_on == near

    as_ann.post(edit, sent(liu, version=plan.version, place="Their office"))

    plan.refresh_from_db()
    assert plan.place == "Their office"


def test_a_plan_whose_answer_was_lost_is_the_first_when_sent_again(as_ann, ann, liu):
    seen_six_times(liu, ann)
    form = sent(liu, warned=[liu.pk])
    first = as_ann.post(PLAN, form)

    assert as_ann.post(PLAN, form).url == first.url
    assert Interaction.objects.planned().count() == 1


def test_the_chips_say_until_when_somebody_rests(as_ann, ann, liu, acme):
    seen_six_times(liu, ann)

    assert "resting until" in as_ann.get(f"{PLAN}?account={acme.pk}").content.decode()


def test_half_a_form_is_no_warning_and_no_error(as_ann, acme):
    response = as_ann.get(TOO_OFTEN, {"account": acme.pk, "held_on": "soon", "people": "nobody"})

    assert response.status_code == 200
    assert "too often" not in response.content.decode()


def test_a_plan_like_another_has_its_people_and_purpose(as_ann, ann, liu, acme):
    first = visit(liu, by=ann, kind="Call", objective="Hear about the budget")

    page = as_ann.get(f"{PLAN}?interaction={first.pk}").content.decode()

    assert f'value="{liu.pk}" checked' in page
    assert "Hear about the budget" in page


@pytest.mark.parametrize(("name", "status"), [("ann", 302), ("ben", 302), ("cleo", 404), ("eve", 302), ("ada", 403)])
def test_the_team_its_managers_and_executives_may_plan(request, client, liu, name, status):
    client.force_login(request.getfixturevalue(name))

    assert client.post(PLAN, sent(liu)).status_code == status


def test_a_plan_that_would_be_too_often_says_so_on_its_own_page_too(as_ann, ann, liu, acme):
    seen_six_times(liu, ann)
    on = acme.today() + timedelta(days=3)
    plan = Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=on)
    later = Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=on + timedelta(days=60))

    assert "One more would be too often" in as_ann.get(plan.get_absolute_url()).content.decode()
    assert "One more would be too often" not in as_ann.get(later.get_absolute_url()).content.decode()


def test_the_page_of_a_plan_offers_nothing_to_plan(as_ann, ann, liu, acme):
    seen_six_times(liu, ann)
    plan = Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=acme.today())

    page = as_ann.get(plan.get_absolute_url()).content.decode()

    assert "One more would be too often" in page
    assert "You can plan it all the same." not in page
