"""Settings: the method's numbers are edited in the browser, and everybody is judged by them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from relationships.models import ActivityType, CadencePolicy, ContactRules, ContactState
from stakeholders.models import RolePower
from tests.factories import PASSWORD, StakeholderFactory, UserFactory, role, visit
from users.models import Team, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(ada) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def table(client) -> dict:
    """The cadence form as the page shows it."""
    form = client.get(reverse("config:cadence")).context["form"]
    return {name: field.initial for name, field in form.fields.items()}


def test_a_shorter_gap_makes_people_quiet_at_once(client, acme, ann):
    person = StakeholderFactory(account=acme)
    role(person, "S")
    visit(person, by=ann, days_ago=15)
    cell = CadencePolicy.objects.get(letter="S", tier=acme.tier)

    answer = client.post(reverse("config:cadence"), {**table(client), f"gap-{cell.pk}": 10})

    assert answer.status_code == 302
    today = acme.today()
    assert ContactState.objects.on(today).get(stakeholder=person).stale_on == today - timedelta(days=15) + timedelta(
        days=11
    )


def test_a_gap_of_nothing_is_refused_and_nothing_stored(client):
    cell = CadencePolicy.objects.get(letter="A", tier="key")

    answer = client.post(reverse("config:cadence"), {**table(client), f"gap-{cell.pk}": 0})

    assert answer.status_code == 422
    cell.refresh_from_db()
    assert cell.gap_days == 60


def test_two_tabs_do_not_overwrite_one_cell(client, ada):
    cell = CadencePolicy.objects.get(letter="A", tier="key")
    opened = table(client)
    cell.change(by=ada, gap_days=50)

    answer = client.post(reverse("config:cadence"), {**opened, f"gap-{cell.pk}": 70})

    assert answer.status_code == 409
    cell.refresh_from_db()
    assert cell.gap_days == 50


def test_numbers_are_stored_with_who_changed_them(client, ada):
    rules = ContactRules.load()
    form = client.get(reverse("config:numbers", args=["contact"])).context["form"]
    shown = {name: form[name].value() for name in form.fields}

    client.post(reverse("config:numbers", args=["contact"]), {**shown, "due_percent": 70})

    rules.refresh_from_db()
    assert rules.due_percent == 70
    assert rules.history.latest("history_date").history_user_id == ada.pk


def test_a_new_activity_type_becomes_a_button(client):
    values = {"label_en": "Factory tour", "place": 15, "counts": "always", "is_offered": "on", "is_face_to_face": "on"}

    client.post(reverse("config:create_activity_type"), values)

    assert [kind.label for kind in ActivityType.objects.offered()][:2] == ["Visit", "Factory tour"]


def test_the_power_of_a_role_is_edited(client):
    shown = {row.letter: row.power for row in RolePower.objects.all()}

    client.post(reverse("config:role_powers"), {**shown, "S": 2})

    assert RolePower.table()["S"] == 2


def test_a_new_colleague_can_sign_in_by_either_case(client, north):
    values = {
        "full_name": "Fay Lin",
        "email": "Fay@two-eyes.example",
        "rank": "rep",
        "team": north.pk,
        "is_active": "on",
        "language": "en",
        "password": "river-stone-41",
    }

    client.post(reverse("users:create"), values)

    assert Client().login(email="fay@two-eyes.example", password="river-stone-41")


def test_the_last_administrator_stays_one(client, ada):
    values = {
        "full_name": "Ada Qian",
        "email": ada.email,
        "rank": "rep",
        "is_active": "on",
        "language": "en",
        "version": ada.version,
    }

    answer = client.post(reverse("users:edit", args=[ada.pk]), values)

    assert answer.status_code == 422
    ada.refresh_from_db()
    assert ada.is_administrator


def test_an_inactive_colleague_cannot_sign_in(client, ann, ada):
    values = {"full_name": ann.full_name, "email": ann.email, "rank": "rep", "language": "en", "version": ann.version}

    client.post(reverse("users:edit", args=[ann.pk]), values)

    assert not Client().login(email=ann.email, password=PASSWORD)


def test_a_team_below_itself_is_refused_in_words(client, north):
    below = Team.add(by=None, name="North-east", parent=north)

    answer = client.post(
        reverse("users:edit_team", args=[north.pk]), {"name": "North", "parent": below.pk, "version": north.version}
    )

    assert answer.status_code == 422
    assert "cannot belong to a team below itself" in answer.content.decode()


def test_two_tabs_on_one_profile_show_both_versions(ann):
    client = Client()
    client.force_login(ann)
    opened = User.objects.get(pk=ann.pk)
    opened.change_own(by=ann, full_name="Ann Lee-Wu", phone="", language="en", time_zone="")

    answer = client.post(reverse("users:profile"), {"full_name": "Ann L.", "language": "en", "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ann Lee-Wu" in page
    assert "Ann L." in page


def test_sight_follows_the_team_tree(acme, north, cleo):
    above = Team.add(by=None, name="Country", lead=cleo)
    assert not type(acme).objects.visible_to(cleo).exists()

    north.change(by=None, parent=above)

    assert type(acme).objects.visible_to(User.objects.get(pk=cleo.pk)).exists()


def test_many_users_cost_no_more_queries(client, django_assert_max_num_queries):
    for _number in range(30):
        UserFactory()

    with django_assert_max_num_queries(8):
        client.get(reverse("users:list"))


def test_an_activity_type_keeps_its_name_as_title_while_its_names_are_missing(client):
    kind = ActivityType.objects.get(label_en="Visit")

    answer = client.post(reverse("config:activity_type", args=[kind.pk]), {"label_en": "", "version": kind.version})

    assert answer.status_code == 422
    assert "<h1>Visit</h1>" in answer.content.decode()
