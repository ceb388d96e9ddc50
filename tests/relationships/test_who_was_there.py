"""Who stands on a record, and whom its forms accept: nobody is lost by an edit, nobody gets in by a forged form."""

import pytest
from django.urls import reverse

from relationships.models import Action, ContactRules, Interaction
from tests.factories import AccountFactory, StakeholderFactory, UserFactory, activity, visit

LOG, PLAN = reverse("relationships:log"), reverse("relationships:plan")
NO_IDS = [
    "no-id",
    "7",
    "",
    "00000000-0000-0000-0000-00000000000g",
    "6c1e7a52-9d1f-4d0c-8c5e-0a4f5b0f6d11",
    "x" * 5000,
    "；" * 36,
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def liu(acme):
    return StakeholderFactory(account=acme, name="Liu Yang")


@pytest.fixture
def zhao(acme):
    return StakeholderFactory(account=acme, name="Zhao Xin")


@pytest.fixture
def dan(north):
    return UserFactory(full_name="Dan Wu", team=north)


@pytest.fixture
def as_ann(client, ann):
    client.force_login(ann)
    return client


def url(name, record):
    return reverse(f"relationships:{name}", args=[record.pk])


def sent(account, *people, **values) -> dict:
    plain = {"account": account.pk, "activity_type": activity().pk, "people": [person.pk for person in people]}
    return {**plain, "when": "pick", "held_on": account.today().isoformat(), **values}


def edited(record, **values) -> dict:
    """The edit form as its page shows it."""
    held = record.participants.values_list("stakeholder_id", flat=True)
    besides = record.colleagues.exclude(user=record.author_id).values_list("user_id", flat=True)
    version = Interaction.objects.get(pk=record.pk).version
    return {**sent(record.account), "people": list(held), "colleagues": list(besides), "version": version, **values}


def there(record) -> set[str]:
    return set(record.participants.values_list("stakeholder__name", flat=True))


# People removed since ------------------------------------------------------------------------------------------------


@pytest.fixture
def met(acme, ann, liu, zhao):
    """A visit to both; liu was removed since."""
    record = visit(liu, by=ann, people=[liu, zhao])
    liu.erase(by=ann)
    return record


def test_the_form_shows_them_marked_and_keeps_them(as_ann, met):
    page = as_ann.get(url("edit", met)).content.decode()
    chip = page.split("Liu Yang")[0].split("<label")[-1] + page.split("Liu Yang")[1].split("</label>")[0]
    assert " checked" in chip
    assert "removed" in chip

    response = as_ann.post(url("edit", met), edited(met, summary="They will buy"))

    met.refresh_from_db()
    assert response.status_code == 302
    assert (there(met), met.summary) == ({"Liu Yang", "Zhao Xin"}, "They will buy")


def test_others_come_and_go_beside_them(as_ann, met, liu, zhao, acme):
    tang = StakeholderFactory(account=acme, name="Tang Rui")
    as_ann.post(url("edit", met), edited(met, people=[liu.pk, tang.pk]))
    assert there(met) == {"Liu Yang", "Tang Rui"}

    as_ann.post(url("edit", met), edited(met, people=[liu.pk, zhao.pk]))

    assert there(met) == {"Liu Yang", "Zhao Xin"}


def test_whoever_means_it_takes_them_off(as_ann, met, zhao):
    as_ann.post(url("edit", met), edited(met, people=[zhao.pk]))

    assert there(met) == {"Zhao Xin"}


def test_brought_back_they_have_their_visit_still(as_ann, met, liu, ann):
    as_ann.post(url("edit", met), edited(met, summary="They will buy"))

    liu.bring_back(by=ann)

    assert liu.contact_states.get().last_contact_on == met.held_on


def test_finding_somebody_else_keeps_them(as_ann, met):
    page = as_ann.post(url("edit", met), edited(met, step="find", find="zhao")).content.decode()

    assert page.count(" checked") >= 2
    assert "Liu Yang" in page


def test_what_came_of_it_can_be_told(as_ann, met):
    response = as_ann.post(url("after", met), {"summary": "They will buy", "version": met.version})

    assert response.status_code == 302
    assert there(met) == {"Liu Yang", "Zhao Xin"}


def test_in_a_crowd_they_stay_spoken_to(as_ann, met, liu, zhao, ann):
    ContactRules.objects.update(crowd=1)
    met.change(by=ann, spoken_to=[liu])
    assert "Liu Yang" in as_ann.get(url("edit", met)).content.decode().split('name="spoken_to"', 1)[1]

    as_ann.post(url("edit", met), edited(met, spoken_to=[liu.pk, zhao.pk]))
    as_ann.post(url("after", met), {"spoken_to": [liu.pk], "version": Interaction.objects.get().version})

    assert met.participants.get(was_spoken_to=True).stakeholder_id == liu.pk


def test_the_same_once_more_goes_without_them(as_ann, met, liu, zhao):
    for address in (LOG, PLAN):
        form = as_ann.get(f"{address}?interaction={met.pk}").context["form"]

        assert form.initial["people"] == [zhao.pk]


def test_nobody_removed_gets_on_another_visit(as_ann, met, liu, zhao, acme):
    response = as_ann.post(LOG, sent(acme, liu, zhao))

    assert response.status_code == 422
    assert Interaction.objects.count() == 1


def test_the_page_names_them_without_a_link(as_ann, met, liu):
    page = as_ann.get(met.get_absolute_url()).content.decode()

    assert "Liu Yang" in page
    assert liu.get_absolute_url() not in page


def test_a_next_step_names_them_without_a_link(as_ann, acme, ann, liu):
    step = Action.add(acme, "Call", acme.today(), by=ann, stakeholder=liu)
    liu.erase(by=ann)

    page = as_ann.get(step.get_absolute_url()).content.decode()

    assert "Liu Yang (removed)" in page
    assert liu.get_absolute_url() not in page


def test_a_plan_with_somebody_removed_is_edited_and_takes_place(as_ann, acme, ann, liu, zhao):
    plan = Interaction.plan(acme, by=ann, people=[liu, zhao], activity_type=activity(), held_on=acme.today())
    liu.erase(by=ann)

    as_ann.post(url("edit", plan), edited(plan, place="Their office"))
    as_ann.post(url("complete", plan), edited(plan, place="Their office"))

    plan.refresh_from_db()
    assert (plan.state, plan.place, there(plan)) == ("done", "Their office", {"Liu Yang", "Zhao Xin"})


# Our side ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [LOG, PLAN])
def test_nobody_from_outside_the_team_gets_in_as_a_colleague(as_ann, acme, liu, dan, address):
    response = as_ann.post(address, sent(acme, liu, colleagues=[dan.pk]))

    assert response.status_code == 422
    assert response.context["form"].errors["colleagues"] == ["One of these colleagues is not on the account team."]
    assert "Dan Wu" not in response.content.decode()
    assert not Interaction.objects.exists()


def test_nor_by_an_edit(as_ann, acme, ann, liu, dan):
    met = visit(liu, by=ann)

    response = as_ann.post(url("edit", met), edited(met, colleagues=[dan.pk]))

    assert response.status_code == 422
    assert met.colleagues.count() == 1


def test_a_member_of_the_team_is_welcome(as_ann, acme, ann, liu, dan):
    acme.admit(dan, by=None)

    as_ann.post(LOG, sent(acme, liu, colleagues=[dan.pk]))

    assert set(Interaction.objects.get().colleagues.values_list("user", flat=True)) == {ann.pk, dan.pk}


@pytest.mark.parametrize("is_active", [True, False])
def test_whoever_stands_on_the_record_stays(as_ann, acme, ann, liu, dan, is_active):
    met = visit(liu, by=ann, colleagues=[dan])
    dan.is_active = is_active
    dan.save()
    assert f'value="{dan.pk}"' in as_ann.get(url("edit", met)).content.decode()

    as_ann.post(url("edit", met), edited(met, summary="They will buy"))

    met.refresh_from_db()
    assert met.summary == "They will buy"
    assert set(met.colleagues.values_list("user", flat=True)) == {ann.pk, dan.pk}


def test_a_manager_who_was_there_stays_there_after_an_own_edit(client, acme, ann, ben, liu):
    met = visit(liu, by=ann, colleagues=[ben])
    client.force_login(ben)
    page = client.get(url("edit", met)).content.decode()
    ticked = [part.split('value="')[1][:36] for part in page.split('name="colleagues"')[1:] if "checked" in part[:200]]

    client.post(url("edit", met), edited(met, colleagues=ticked, summary="They will buy"))

    assert set(met.colleagues.values_list("user", flat=True)) == {ann.pk, ben.pk}


@pytest.mark.parametrize("name", ["action", "add_action"])
def test_nobody_from_outside_the_team_becomes_owner_of_a_next_step(as_ann, acme, ann, dan, name):
    step = Action.add(acme, "Send the plan", acme.today(), by=ann)
    form = {"title": "Call", "due_on": acme.today().isoformat(), "owner": dan.pk, "version": step.version}
    address = step.get_absolute_url() if name == "action" else reverse("relationships:add_action")

    response = as_ann.post(f"{address}?account={acme.pk}", form)

    assert response.status_code == 422
    assert "owner" in response.context["form"].errors
    assert not Action.objects.filter(owner=dan).exists()


def test_nor_of_one_written_down_with_a_visit(as_ann, acme, liu, dan):
    step = {"next_step": "Call", "next_due": acme.today().isoformat(), "next_owner": dan.pk}

    response = as_ann.post(LOG, sent(acme, liu, **step))

    assert list(response.context["form"].errors) == ["next_owner"]
    assert not Action.objects.exists()


# What is no id -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", NO_IDS)
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("people", "One of these people cannot be found. Choose again."),
        ("spoken_to", "One of these people cannot be found. Choose again."),
        ("colleagues", "One of these colleagues is not on the account team."),
    ],
)
def test_what_is_no_id_is_refused_in_the_forms_own_words(as_ann, acme, liu, field, words, wrong):
    response = as_ann.post(LOG, sent(acme, liu, **{field: [liu.pk, wrong] if field == "people" else [wrong]}))

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [words]}
    assert words in response.content.decode()


@pytest.mark.parametrize("wrong", NO_IDS[:2])
def test_an_activity_that_is_no_id_is_refused_likewise(as_ann, acme, liu, wrong):
    response = as_ann.post(LOG, sent(acme, liu, activity_type=wrong))

    assert response.context["form"].errors == {"activity_type": ["This kind of activity is not offered."]}


@pytest.mark.parametrize("wrong", NO_IDS[:2])
def test_whom_one_spoke_to_likewise(as_ann, acme, ann, liu, wrong):
    ContactRules.objects.update(crowd=0)
    met = visit(liu, by=ann)

    response = as_ann.post(url("after", met), {"spoken_to": [wrong], "version": met.version})

    assert response.context["form"].errors == {"spoken_to": ["One of these people was not there. Choose again."]}


def test_somebody_of_another_account_did_not_take_part(as_ann, acme, ann, liu, north):
    other = StakeholderFactory(account=AccountFactory(owner=ann, team=north))
    ContactRules.objects.update(crowd=0)
    met = visit(liu, by=ann)

    response = as_ann.post(url("after", met), {"spoken_to": [other.pk], "version": met.version})

    assert response.status_code == 422
