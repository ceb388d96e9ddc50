"""One interaction by its pages: read, correct, complete, call off, tick, take away."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from relationships.models import ContactState, Interaction
from stakeholders import leaving
from tests.factories import AccountFactory, StakeholderFactory, activity, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def liu(acme):
    return StakeholderFactory(account=acme, name="Liu Yang")


@pytest.fixture
def zhao(acme):
    return StakeholderFactory(account=acme, name="Zhao Xin")


@pytest.fixture
def seen(liu, ann):
    """A visit to liu, ten days ago."""
    return visit(liu, by=ann, days_ago=10)


@pytest.fixture
def plan(liu, ann, acme):
    """A plan for the day before yesterday that nobody answered."""
    day = acme.today() - timedelta(days=2)
    return Interaction.plan(acme, by=ann, people=[liu], activity_type=activity(), held_on=day, objective="The budget")


@pytest.fixture
def as_ann(client, ann):
    client.force_login(ann)
    return client


def url(name, interaction, *more):
    return reverse(f"relationships:{name}", args=[interaction.pk, *more])


def corrected(interaction, *people, **values) -> dict:
    """The edit form with these people."""
    return {
        "version": Interaction.objects.get(pk=interaction.pk).version,
        "activity_type": interaction.activity_type_id,
        "people": [person.pk for person in people],
        "when": "pick",
        "held_on": interaction.held_on.isoformat(),
        **values,
    }


def last_contact(person):
    return ContactState.objects.filter(stakeholder=person).values_list("last_contact_on", flat=True).first()


@pytest.mark.parametrize(("name", "status"), [("ann", 200), ("ben", 200), ("cleo", 404), ("eve", 200), ("ada", 200)])
def test_who_sees_the_account_sees_its_interactions(request, client, seen, name, status):
    client.force_login(request.getfixturevalue(name))

    assert client.get(seen.get_absolute_url()).status_code == status


@pytest.mark.parametrize("page", ["edit", "after"])
@pytest.mark.parametrize(("name", "status"), [("ann", 200), ("ben", 200), ("cleo", 404), ("eve", 403), ("ada", 403)])
def test_its_author_and_managers_above_change_it(request, client, seen, page, name, status):
    client.force_login(request.getfixturevalue(name))

    assert client.get(url(page, seen)).status_code == status


def test_a_colleague_on_the_team_does_not_change_anothers(client, seen, acme, cleo):
    acme.admit(cleo, by=None)
    client.force_login(cleo)

    assert client.get(seen.get_absolute_url()).status_code == 200
    assert client.post(url("delete", seen)).status_code == 403


def test_correcting_the_people_judges_old_and_new_ones_anew(as_ann, seen, liu, zhao):
    as_ann.post(url("edit", seen), corrected(seen, zhao))

    assert (last_contact(liu), last_contact(zhao)) == (None, seen.held_on)


def test_correcting_the_day_moves_the_last_contact(as_ann, seen, liu):
    earlier = seen.held_on - timedelta(days=20)

    as_ann.post(url("edit", seen), corrected(seen, liu, held_on=earlier.isoformat()))

    assert last_contact(liu) == earlier


def test_correcting_the_kind_to_a_greeting_makes_it_no_contact(as_ann, seen, liu):
    as_ann.post(url("edit", seen), corrected(seen, liu, activity_type=activity("Greeting").pk))

    assert last_contact(liu) is None


def test_two_tabs_lose_nothing(as_ann, seen, liu):
    stale = corrected(seen, liu, summary="second")
    as_ann.post(url("edit", seen), corrected(seen, liu, summary="first"))

    response = as_ann.post(url("edit", seen), stale)

    page = response.content.decode()
    assert response.status_code == 409
    assert "first" in page
    assert "second" in page
    assert Interaction.objects.get().summary == "first"


def test_deleting_takes_the_contact_along_and_undo_brings_it_back(as_ann, seen, liu):
    as_ann.post(url("delete", seen))
    gone = last_contact(liu)
    assert as_ann.get(seen.get_absolute_url()).status_code == 404

    as_ann.post(url("restore", seen))

    assert (gone, last_contact(liu)) == (None, seen.held_on)


def test_a_stranger_cannot_bring_it_back(client, seen, ann, cleo):
    seen.erase(by=ann)
    client.force_login(cleo)

    assert client.post(url("restore", seen)).status_code == 404


# What was planned ----------------------------------------------------------------------------------------------------


def test_a_plan_nobody_answered_asks_what_happened(as_ann, plan, acme):
    assert "What happened?" in as_ann.get(plan.get_absolute_url()).content.decode()
    assert "What happened?" in as_ann.get(reverse("relationships:activity", args=[acme.pk])).content.decode()


def test_it_took_place_on_its_own_day(as_ann, plan, liu):
    page = as_ann.get(url("complete", plan)).content.decode()
    assert f'value="{plan.held_on.isoformat()}"' in page

    as_ann.post(url("complete", plan), corrected(plan, liu, objective=plan.objective))

    done = Interaction.objects.get()
    assert (done.state, done.held_on, done.objective) == ("done", plan.held_on, "The budget")
    assert last_contact(liu) == plan.held_on


def test_logging_from_a_plan_completes_it(as_ann, plan):
    response = as_ann.get(reverse("relationships:log") + f"?interaction={plan.pk}")

    assert response.url == url("complete", plan)


def test_it_did_not_happen_says_who_and_how(as_ann, plan):
    as_ann.post(
        url("missed", plan),
        {"called_off_by": "theirs", "miss": "refused", "reason": "No time", "version": plan.version},
    )

    missed = Interaction.objects.get()
    assert (missed.state, missed.called_off_by, missed.miss, missed.summary) == (
        "missed",
        "theirs",
        "refused",
        "No time",
    )
    assert "Find a new date" in as_ann.get(plan.get_absolute_url()).content.decode()


def test_it_did_not_happen_without_saying_who_is_refused(as_ann, plan):
    response = as_ann.post(url("missed", plan), {"miss": "refused"})

    assert response.status_code == 422
    assert "Say who called it off." in response.content.decode()


def test_calling_off_says_by_whom(as_ann, plan):
    as_ann.post(url("cancel", plan), {"called_off_by": "ours", "version": plan.version})

    assert (Interaction.objects.get().state, Interaction.objects.get().called_off_by) == ("cancelled", "ours")


def test_what_took_place_cannot_fall_through_any_more(as_ann, seen):
    response = as_ann.post(url("missed", seen), {"called_off_by": "ours", "miss": "refused"})

    assert response.status_code == 422
    assert Interaction.objects.get().state == "done"


def test_ticking_the_checklist(as_ann, plan):
    item = plan.checklist.first()

    as_ann.post(url("tick", plan, item.pk), {"done": "yes"}, headers={"HX-Request": "true", "HX-Target": "checklist"})

    item.refresh_from_db()
    assert item.is_done


def test_a_point_of_another_list_is_not_found(as_ann, plan, seen):
    assert as_ann.post(url("tick", seen, plan.checklist.first().pk), {"done": "yes"}).status_code == 404


# The tray ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def stub(liu, ann):
    return visit(liu, by=ann, is_unfinished=True)


def test_telling_what_came_of_it_empties_the_tray(as_ann, stub):
    as_ann.post(url("after", stub), {"value_given": "care", "favour_asked": "yes", "version": stub.version})

    told = Interaction.objects.get()
    assert (told.value_given, told.favour_asked, told.is_unfinished) == ("care", True, False)


def test_nothing_to_add_empties_it_too(as_ann, stub):
    as_ann.post(url("nothing_to_add", stub))

    assert "Your tray is empty" in as_ann.get(reverse("relationships:tray")).content.decode()


def test_a_tray_holds_ones_own_only(client, stub, ben):
    client.force_login(ben)

    assert "Your tray is empty" in client.get(reverse("relationships:tray")).content.decode()


def test_in_a_crowd_it_asks_whom_one_spoke_to(as_ann, ann, acme, liu):
    crowd = [liu, *(StakeholderFactory(account=acme) for _ in range(10))]
    met = visit(liu, by=ann, people=crowd, is_unfinished=True)
    assert "Whom did you speak to" in as_ann.get(url("after", met)).content.decode()

    as_ann.post(url("after", met), {"spoken_to": [liu.pk], "version": met.version})

    assert (last_contact(liu), last_contact(crowd[1])) == (met.held_on, None)


# Lists ---------------------------------------------------------------------------------------------------------------


def test_the_activity_of_an_account_narrows_by_person(as_ann, seen, zhao, ann, acme):
    visit(zhao, by=ann, kind="Call")

    page = as_ann.get(reverse("relationships:activity", args=[acme.pk]) + f"?person={zhao.pk}").content.decode()

    assert "<b>Call</b>" in page
    assert "<b>Visit</b>" not in page


@pytest.mark.parametrize("query", ["type=x", "person=7", "state=never", "colleague=%00", "cursor=forged"])
def test_filters_that_make_no_sense_break_nothing(as_ann, acme, query):
    address = reverse("relationships:activity", args=[acme.pk])

    assert as_ann.get(f"{address}?{query}").status_code in (200, 400)


def test_a_person_seen_elsewhere_keeps_that_account_hidden(client, liu, cleo, ann):
    other = AccountFactory(owner=cleo, name="Hidden")
    liu.positions.model.begin(liu, other, by=None)
    met = Interaction.log(other, by=cleo, people=[liu], activity_type=activity("Meal"))
    client.force_login(ann)

    page = client.get(reverse("relationships:person_activity", args=[liu.pk])).content.decode()

    assert str(met.pk) not in page
    assert "Hidden" not in page


def test_more_interactions_cost_no_more_queries(as_ann, liu, ann, acme, django_assert_max_num_queries):
    for days_ago in range(1, 12):
        visit(liu, by=ann, days_ago=days_ago)

    with django_assert_max_num_queries(20):
        as_ann.get(reverse("relationships:activity", args=[acme.pk]))


def test_saving_unchanged_keeps_the_beginning_where_the_account_lives_in_another_day(as_ann, acme, ann, liu):
    acme.change(by=None, time_zone="America/Los_Angeles")
    began = datetime(2026, 3, 9, 19, 16, 40, tzinfo=UTC)  # the 10th in Shanghai
    interaction = visit(liu, by=ann, held_on=date(2026, 3, 9), starts_at=began)
    form = as_ann.get(url("edit", interaction)).context["form"]

    as_ann.post(url("edit", interaction), corrected(interaction, liu, time=form["time"].value().strftime("%H:%M")))

    interaction.refresh_from_db()
    assert interaction.starts_at == began


def test_asking_for_the_head_alone_is_answered(as_ann, seen):
    assert as_ann.head(url("interaction", seen)).status_code == 200


def test_completing_in_two_tabs_loses_nothing(as_ann, plan, liu):
    first, second = (corrected(plan, liu, summary=text) for text in ("They will buy", "They will wait"))
    as_ann.post(url("complete", plan), first)

    response = as_ann.post(url("complete", plan), second)

    page = response.content.decode()
    assert response.status_code == 409
    assert "They will buy" in page
    assert "They will wait" in page
    version = response.context["form"]["version"].value()
    assert as_ann.post(url("complete", plan), {**second, "version": version}).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.summary) == ("done", "They will wait")


def test_completing_sent_twice_is_one_answer(as_ann, plan, liu):
    form = corrected(plan, liu, summary="They will buy", next_step="Call", next_due=plan.held_on.isoformat())
    form["next_owner"] = plan.author_id
    first = as_ann.post(url("complete", plan), form)

    second = as_ann.post(url("complete", plan), form)

    assert (second.status_code, second.url) == (302, first.url)
    assert plan.next_steps.count() == 1


# Whoever sits elsewhere by now ----------------------------------------------------------------------------------------


@pytest.fixture
def moved(liu):
    """liu went to a customer ann knows nothing of."""
    hidden = AccountFactory(name="Hidden Works")
    leaving.go_to(liu.positions.get(), hidden, hidden.today(), by=None, title="Chief of secrets")
    return liu


def test_a_title_out_of_sight_is_not_told(as_ann, seen, moved):
    pages = [as_ann.get(url("interaction", seen)), as_ann.get(url("edit", seen))]

    assert all("Liu Yang" in page.content.decode() for page in pages)
    assert not any("Chief of secrets" in page.content.decode() for page in pages)


def test_a_visit_to_somebody_out_of_sight_can_be_corrected(as_ann, seen, moved):
    response = as_ann.post(url("edit", seen), corrected(seen, moved, summary="He will leave"))

    assert response.status_code == 302
    seen.refresh_from_db()
    assert seen.summary == "He will leave"
    assert seen.participants.get().stakeholder_id == moved.pk


def test_corrected_to_training_it_no_longer_adds_to_too_often(seen, ann):
    assert not seen.is_service

    seen.change(by=ann, activity_type=activity("Training"))

    assert seen.is_service
