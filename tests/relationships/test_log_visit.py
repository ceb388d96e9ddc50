"""Logging a visit by its page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relationships.models import Action, ContactState, Interaction
from tests.factories import AccountFactory, StakeholderFactory, activity, known_for, role, visit

LOG = reverse("relationships:log")
pytestmark = pytest.mark.django_db


@pytest.fixture
def liu(acme):
    return StakeholderFactory(account=acme, name="Liu Yang", title="CTO")


@pytest.fixture
def zhao(acme):
    return StakeholderFactory(account=acme, name="Zhao Xin")


@pytest.fixture
def as_ann(client, ann):
    client.force_login(ann)
    return client


def sent(*people, **values) -> dict:
    """What a browser sends after the taps."""
    return {
        "account": people[0].account_id,
        "activity_type": activity().pk,
        "people": [person.pk for person in people],
        "when": "now",
        "client_id": str(uuid4()),
        "opened_at": timezone.now().isoformat(),
        **values,
    }


def test_three_choices_and_save_make_a_visit_today(as_ann, ann, liu, acme):
    response = as_ann.post(LOG, sent(liu))

    made = Interaction.objects.get()
    assert response.url == reverse("relationships:after", args=[made.pk])
    assert (made.author, made.account, made.state, made.held_on) == (ann, acme, "done", acme.today())
    assert [row.stakeholder for row in made.participants.all()] == [liu]


def test_a_visit_logged_without_a_word_waits_in_the_tray(as_ann, liu):
    as_ann.post(LOG, sent(liu))

    assert "Visit · Acme" in as_ann.get(reverse("relationships:tray")).content.decode()


def test_a_visit_with_a_note_does_not_wait_in_the_tray(as_ann, liu):
    as_ann.post(LOG, sent(liu, summary="They move the core to next year."))

    assert not Interaction.objects.get().is_unfinished


def test_a_newsletter_has_nothing_to_tell(as_ann, liu):
    as_ann.post(LOG, sent(liu, activity_type=activity("Newsletter").pk))

    assert not Interaction.objects.get().is_unfinished


def test_value_and_favour_may_stay_unstated(as_ann, liu):
    as_ann.post(LOG, sent(liu))

    made = Interaction.objects.get()
    assert (made.value_given, made.favour_asked) == ("", None)


def test_a_favour_denied_is_not_a_favour_unstated(as_ann, liu):
    as_ann.post(LOG, sent(liu, favour_asked="no", value_given="care"))

    made = Interaction.objects.get()
    assert (made.value_given, made.favour_asked) == ("care", False)


@pytest.mark.parametrize(("when", "days"), [("now", 0), ("morning", 0), ("yesterday", 1)])
def test_words_for_a_day_mean_the_accounts_own_day(as_ann, liu, acme, when, days):
    as_ann.post(LOG, sent(liu, when=when))

    assert Interaction.objects.get().held_on == acme.today() - timedelta(days=days)


def test_a_picked_day_of_last_month_is_kept(as_ann, liu, acme):
    day = acme.today() - timedelta(days=40)

    as_ann.post(LOG, sent(liu, when="pick", held_on=day.isoformat()))

    assert Interaction.objects.get().held_on == day


def test_a_form_sent_the_day_after_still_means_the_day_it_was_filled_in(as_ann, liu, acme):
    yesterday = timezone.now() - timedelta(days=1)

    as_ann.post(LOG, sent(liu, opened_at=yesterday.isoformat()))

    assert Interaction.objects.get().held_on == acme.today(yesterday)


def test_a_day_in_the_future_is_refused_in_words(as_ann, liu, acme):
    response = as_ann.post(LOG, sent(liu, when="pick", held_on=(acme.today() + timedelta(days=1)).isoformat()))

    assert response.status_code == 422
    assert "This day is in the future" in response.content.decode()
    assert not Interaction.objects.exists()


@pytest.mark.parametrize("held_on", ["", "yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_makes_no_sense_is_refused(as_ann, liu, held_on):
    response = as_ann.post(LOG, sent(liu, when="pick", held_on=held_on))

    assert response.status_code == 422
    assert not Interaction.objects.exists()


def test_a_clock_gone_wild_is_not_believed(as_ann, liu, acme):
    as_ann.post(LOG, sent(liu, opened_at="9999-12-31T23:59:59+00:00"))

    assert Interaction.objects.get().held_on == acme.today()


def test_nobody_named_is_refused(as_ann, liu):
    response = as_ann.post(LOG, sent(liu, people=[]))

    assert response.status_code == 422
    assert "Name at least one person." in response.content.decode()


def test_people_of_another_account_are_refused_by_name(as_ann, ann, liu, north):
    other = StakeholderFactory(account=AccountFactory(owner=ann, team=north), name="Ma Lin")

    response = as_ann.post(LOG, sent(liu, other))

    assert response.status_code == 422
    assert "Ma Lin: not at Acme." in response.content.decode()
    assert not Interaction.objects.exists()


def test_a_person_out_of_sight_is_refused_without_a_name(as_ann, liu, cleo):
    hidden = StakeholderFactory(account=AccountFactory(owner=cleo), name="He Jing")

    response = as_ann.post(LOG, sent(liu, hidden))

    assert response.status_code == 422
    assert "He Jing" not in response.content.decode()


@pytest.mark.parametrize("people", [["no-id"], [str(uuid4())]])
def test_ids_of_nobody_are_refused(as_ann, liu, people):
    response = as_ann.post(LOG, sent(liu, people=people))

    assert response.status_code == 422


def test_a_nul_in_the_note_is_refused(as_ann, liu):
    response = as_ann.post(LOG, sent(liu, summary="a\0b"))

    assert response.status_code == 400
    assert not Interaction.objects.exists()


def test_a_visit_with_six_people_counts_once_for_each(as_ann, acme):
    people = [StakeholderFactory(account=acme) for _ in range(6)]

    as_ann.post(LOG, sent(*people))

    met = ContactState.objects.filter(stakeholder__in=people, last_contact_on=acme.today())
    assert met.values("stakeholder").distinct().count() == 6


def test_two_visits_on_one_day_are_two(as_ann, liu):
    as_ann.post(LOG, sent(liu))
    as_ann.post(LOG, sent(liu))

    assert Interaction.objects.count() == 2


def test_a_next_step_becomes_a_dated_action(as_ann, ann, liu, acme):
    due = acme.today() + timedelta(days=3)

    as_ann.post(LOG, sent(liu, next_step="Send the test plan", next_due=due.isoformat(), next_owner=ann.pk))

    made = Action.objects.get()
    assert (made.title, made.due_on, made.owner, made.interaction) == (
        "Send the test plan",
        due,
        ann,
        Interaction.objects.get(),
    )


def test_a_next_step_without_a_day_is_refused(as_ann, liu):
    response = as_ann.post(LOG, sent(liu, next_step="Send the test plan"))

    assert response.status_code == 422
    assert "A next step has a day." in response.content.decode()
    assert not Interaction.objects.exists()


def test_logging_takes_the_person_off_the_quiet_list(as_ann, liu, acme):
    role(liu, "D")
    known_for(liu, 90)
    quiet = reverse("relationships:account_quiet", args=[acme.pk])
    assert "Liu Yang" in as_ann.get(quiet).content.decode()

    as_ann.post(LOG, sent(liu))

    assert "Liu Yang" not in as_ann.get(quiet).content.decode()


# The form ------------------------------------------------------------------------------------------------------------


def test_customers_come_with_the_one_met_last_first(as_ann, ann, north, liu):
    AccountFactory(name="Aardvark", owner=ann, team=north)
    visit(liu, by=ann)

    page = as_ann.get(LOG).content.decode()

    assert page.index("Acme") < page.index("Aardvark")


def test_customers_of_others_are_not_offered(client, cleo, acme):
    client.force_login(cleo)

    page = client.get(LOG + "?customer=acme").content.decode()

    assert "?account=" not in page.split("customer-choices")[1].split("</div>")[0]


def test_the_last_participants_are_ticked(as_ann, ann, liu, zhao, acme):
    visit(liu, by=ann)

    page = as_ann.get(f"{LOG}?account={acme.pk}").content.decode()

    assert f'value="{liu.pk}" checked' in page
    assert f'value="{zhao.pk}" checked' not in page


def test_a_person_in_the_address_is_ticked_instead(as_ann, ann, liu, zhao, acme):
    visit(liu, by=ann)

    page = as_ann.get(f"{LOG}?account={acme.pk}&person={zhao.pk}").content.decode()

    assert f'value="{zhao.pk}" checked' in page
    assert f'value="{liu.pk}" checked' not in page


def test_key_persons_come_first(as_ann, acme):
    StakeholderFactory(account=acme, name="Aaron")
    StakeholderFactory(account=acme, name="Zed", level="executive")

    page = as_ann.get(f"{LOG}?account={acme.pk}").content.decode()

    assert page.index("Zed") < page.index("Aaron")


def test_three_hundred_people_stay_a_short_list_with_a_search(as_ann, acme):
    for number in range(40):
        StakeholderFactory(account=acme, name=f"Person {number:03}")

    page = as_ann.get(f"{LOG}?account={acme.pk}").content.decode()

    assert page.count('name="people"') == 8
    assert 'name="find"' in page


def test_finding_somebody_keeps_who_is_ticked(as_ann, acme, liu):
    for number in range(20):
        StakeholderFactory(account=acme, name=f"Person {number:03}")
    found = StakeholderFactory(account=acme, name="王伟")

    page = as_ann.post(LOG, sent(liu, step="find", find="ww")).content.decode()

    assert f'value="{liu.pk}" checked' in page
    assert f'value="{found.pk}"' in page
    assert not Interaction.objects.exists()


def test_somebody_new_is_put_down_and_ticked(as_ann, acme, liu):
    page = as_ann.post(LOG, sent(liu, step="new", new_name="Tang Rui", new_title="Buyer")).content.decode()

    made = acme.people.get(name="Tang Rui")
    assert made.title == "Buyer"
    assert f'value="{made.pk}" checked' in page


def test_somebody_without_a_name_is_refused(as_ann, liu):
    response = as_ann.post(LOG, sent(liu, step="new", new_name=" "))

    assert response.status_code == 422
    assert "A person needs a name." in response.content.decode()


def test_more_people_cost_no_more_queries(as_ann, acme):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            as_ann.get(f"{LOG}?account={acme.pk}")
        return len(caught)

    for _ in range(3):
        StakeholderFactory(account=acme)
    few = cost()
    for _ in range(9):
        StakeholderFactory(account=acme)

    assert cost() == few


# Who may -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "status"), [("ann", 302), ("ben", 302), ("cleo", 404), ("eve", 302), ("ada", 403)])
def test_the_team_its_managers_and_executives_may_log(request, client, liu, name, status):
    client.force_login(request.getfixturevalue(name))

    assert client.post(LOG, sent(liu)).status_code == status


def test_an_account_that_is_no_id_is_not_found(as_ann, liu):
    assert as_ann.get(LOG + "?account=7").status_code == 404
    assert as_ann.post(LOG, sent(liu, account="7")).status_code == 404


def test_a_newcomer_who_may_be_here_already_is_asked_about_once(acme, as_ann, liu):
    typed = sent(liu, step="new", new_name=liu.name, new_title="")

    asked = as_ann.post(LOG, typed)
    assert asked.status_code == 422
    assert "Here already?" in asked.content.decode()
    assert acme.people.filter(name=liu.name).count() == 1

    assert as_ann.post(LOG, typed | {"told_of": str(liu.pk)}).status_code == 200
    assert acme.people.filter(name=liu.name).count() == 2
