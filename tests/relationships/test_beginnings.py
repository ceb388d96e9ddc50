"""When a contact begins: day and clock are the account's, whoever types them and wherever they read them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from config import week
from relationships import beginnings
from relationships.models import Interaction
from tests.factories import StakeholderFactory, activity, visit

LOG, PLAN = reverse("relationships:log"), reverse("relationships:plan")
ZONES = ["Asia/Shanghai", "America/Los_Angeles", "Europe/Berlin", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC"]
NEW_YORK = ZoneInfo("America/New_York")
# Monday 16:30 in Los Angeles, Tuesday 08:30 in Shanghai.
NOW = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)

minutes = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
days = st.dates(date(1970, 1, 1), date(2199, 12, 31))


# The rule


@given(days, minutes, st.sampled_from(ZONES).map(ZoneInfo))
def test_what_was_typed_is_shown_again_or_does_not_exist(day, clock, zone):
    moment = beginnings.moment_on(day, clock, zone)

    if moment is None:
        jump = datetime.combine(day, clock, tzinfo=zone)
        assert jump.utcoffset() != jump.replace(fold=1).utcoffset()
    else:
        assert (beginnings.clock_at(moment, zone), moment.astimezone(zone).date()) == (clock, day)


def test_a_time_the_clocks_skip_is_none():
    assert beginnings.moment_on(date(2026, 3, 8), time(2, 30), NEW_YORK) is None


def test_a_time_that_comes_twice_is_the_first():
    moment = beginnings.moment_on(date(2026, 11, 1), time(1, 30), NEW_YORK)

    assert moment == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Asia/Shanghai", "Asia/Singapore", False),
        ("Asia/Shanghai", "Europe/Berlin", True),
        ("Europe/London", "UTC", True),  # the same in winter only
    ],
)
def test_clocks_are_compared_over_the_year(one, other, differ):
    assert beginnings.is_other_clock(ZoneInfo(one), ZoneInfo(other), datetime(2026, 1, 5, tzinfo=UTC)) is differ


# The forms


@pytest.fixture
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def liu(acme):
    """At a customer on the other side of the sea, where it is Monday afternoon still."""
    acme.change(by=None, time_zone="America/Los_Angeles")
    return StakeholderFactory(account=acme, name="Liu Yang")


@pytest.fixture
def as_ann(client, ann, now):
    client.force_login(ann)
    return client


def sent(person, **values) -> dict:
    plain = {"account": person.account_id, "activity_type": activity().pk, "people": [person.pk]}
    return {**plain, "when": "pick", "held_on": "2026-03-02", **values}


def there(hour, minute=0, day=2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("America/Los_Angeles"))


def url(name, interaction):
    return reverse(f"relationships:{name}", args=[interaction.pk])


in_database = pytest.mark.django_db


@in_database
def test_the_clock_is_the_accounts_as_the_day_is(as_ann, liu):
    as_ann.post(LOG, sent(liu, time="09:00"))

    made = Interaction.objects.get()
    assert (made.held_on, made.starts_at) == (date(2026, 3, 2), there(9))


@in_database
def test_a_plan_begins_by_the_accounts_clock(as_ann, liu):
    as_ann.post(PLAN, sent(liu, held_on="2026-03-03", time="09:00"))

    assert Interaction.objects.get().starts_at == there(9, day=3)


@in_database
@pytest.mark.parametrize(("name", "day"), [("log", "2026-03-02"), ("plan", "2026-03-03")])
def test_editing_shows_what_was_typed_and_keeps_it(as_ann, liu, name, day):
    as_ann.post(reverse(f"relationships:{name}"), sent(liu, held_on=day, time="08:45"))
    made = Interaction.objects.get()

    page = as_ann.get(url("edit", made)).content.decode()
    as_ann.post(url("edit", made), sent(liu, held_on=day, time="08:45", place="Their office", version=made.version))

    assert 'value="08:45"' in page
    assert f'value="{day}"' in page
    after = Interaction.objects.get()
    assert (after.place, after.held_on, after.starts_at) == ("Their office", made.held_on, made.starts_at)


@in_database
def test_the_second_of_an_hour_that_comes_twice_survives_an_edit(as_ann, ann, liu):
    began = datetime(2025, 11, 2, 9, 30, tzinfo=UTC)  # 01:30 there, for the second time
    made = visit(liu, by=ann, held_on=date(2025, 11, 2), starts_at=began)

    as_ann.post(url("edit", made), sent(liu, held_on="2025-11-02", time="01:30", version=made.version))

    assert Interaction.objects.get().starts_at == began


@in_database
@pytest.mark.parametrize("when", [{"when": "now"}, {"when": "pick"}])
def test_what_took_place_does_not_begin_later_today(as_ann, liu, when):
    response = as_ann.post(LOG, sent(liu, time="16:31", **when))

    assert response.status_code == 422
    assert response.context["form"].errors["time"] == [
        "It is only 16:30 at the customer: correct the time, or plan the visit instead."
    ]
    assert not Interaction.objects.exists()


@in_database
def test_it_may_have_begun_this_minute(as_ann, liu):
    assert as_ann.post(LOG, sent(liu, time="16:30")).status_code == 302


@in_database
def test_no_door_stores_what_is_still_to_come(now, ann, liu):
    with pytest.raises(ValidationError):
        visit(liu, by=ann, starts_at=there(16, 45))


@in_database
def test_a_phone_a_little_ahead_logs_all_the_same(as_ann, liu):
    opened = NOW + timedelta(minutes=4)

    as_ann.post(LOG, sent(liu, when="now", opened_at=opened.isoformat()))

    assert Interaction.objects.get().starts_at == opened


@in_database
def test_a_phone_a_little_ahead_before_midnight_means_today(as_ann, liu, time_machine):
    time_machine.move_to(there(23, 58), tick=False)

    as_ann.post(LOG, sent(liu, when="now", opened_at=there(0, 3, day=3).isoformat()))

    made = Interaction.objects.get()
    assert (made.held_on, made.starts_at) == (date(2026, 3, 2), None)


@in_database
@pytest.mark.parametrize("address", [LOG, PLAN])
def test_a_time_the_clocks_skip_is_refused_at_its_field(as_ann, liu, time_machine, address):
    time_machine.move_to(there(20, day=8 if address == LOG else 7), tick=False)

    response = as_ann.post(address, sent(liu, held_on="2026-03-08", time="02:30"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["time"]
    assert not Interaction.objects.exists()


@in_database
def test_a_time_that_is_over_cannot_be_planned(as_ann, liu):
    response = as_ann.post(PLAN, sent(liu, time="16:29"))

    assert response.status_code == 422
    assert "This time is over" in response.context["form"].errors["time"][0]
    assert as_ann.post(PLAN, sent(liu, time="16:30")).status_code == 302


@in_database
@pytest.mark.parametrize("later", [timedelta(minutes=2), timedelta(days=1)])
def test_a_plan_sent_again_after_its_time_is_the_first(as_ann, liu, time_machine, later):
    form = sent(liu, time="16:31", client_id="one")
    first = as_ann.post(PLAN, form)
    time_machine.move_to(NOW + later, tick=False)

    assert as_ann.post(PLAN, form).url == first.url
    assert Interaction.objects.count() == 1


@in_database
def test_todays_plan_can_be_edited_after_its_time(as_ann, liu, time_machine):
    as_ann.post(PLAN, sent(liu, time="16:31"))
    plan = Interaction.objects.get()
    time_machine.move_to(NOW + timedelta(hours=2), tick=False)

    as_ann.post(url("edit", plan), sent(liu, time="16:31", place="The station", version=plan.version))

    assert Interaction.objects.get().place == "The station"


@in_database
def test_it_took_place_offers_the_planned_time_once_it_has_come(as_ann, liu, time_machine):
    as_ann.post(PLAN, sent(liu, time="17:00"))
    plan = Interaction.objects.get()
    before = as_ann.get(url("complete", plan)).context["form"].initial["time"]
    time_machine.move_to(NOW + timedelta(hours=1), tick=False)

    after = as_ann.get(url("complete", plan)).context["form"].initial["time"]

    assert (before, after) == (None, time(17))


@in_database
def test_completed_before_its_time_it_has_none(now, ann, liu):
    values = {"people": [liu], "activity_type": activity(), "held_on": date(2026, 3, 3), "starts_at": there(9, day=3)}
    plan = Interaction.plan(liu.account, by=ann, **values)

    plan.complete(by=ann)

    assert (plan.held_on, plan.starts_at) == (date(2026, 3, 2), None)


@in_database
@pytest.mark.parametrize("address", [LOG, PLAN])
def test_the_form_says_whose_clock_it_is_where_they_differ(as_ann, liu, acme, address):
    told = "Day and time at the customer (America/Los Angeles), where it is now Mon 2 Mar, 16:30."
    page = as_ann.get(f"{address}?account={acme.pk}").content.decode()
    assert told in page

    acme.change(by=None, time_zone="")

    assert "at the customer (" not in as_ann.get(f"{address}?account={acme.pk}").content.decode()


# The pages


@pytest.fixture
def plan(now, ann, liu):
    """Tonight there, tomorrow at breakfast here."""
    return Interaction.plan(
        liu.account, by=ann, people=[liu], activity_type=activity(), held_on=date(2026, 3, 2), starts_at=there(18)
    )


@in_database
def test_every_page_tells_both_clocks(as_ann, plan, acme):
    ours = "Tue 3 Mar, 10:00 your time"
    activity_page = as_ann.get(reverse("relationships:activity", args=[acme.pk])).content.decode()
    home = as_ann.get(reverse("config:home")).content.decode()

    assert f"Mon 2 Mar 18:00 ({ours})" in " ".join(as_ann.get(plan.get_absolute_url()).content.decode().split())
    assert "Mon 2 Mar 18:00" in activity_page
    assert ours in activity_page
    assert ">18:00</b>" in home
    assert ours in home


@in_database
def test_one_clock_is_enough_where_both_agree(as_ann, plan, ann):
    ann.time_zone = "America/Tijuana"
    ann.save()

    page = " ".join(as_ann.get(plan.get_absolute_url()).content.decode().split())

    assert "18:00" in page
    assert "your time" not in page
    assert week.coming_visits(week.reach(ann, team=False)) == [plan]
