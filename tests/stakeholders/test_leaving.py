"""Leaving, moving and taking over (rule 4.19): what ends, what stays, and who sits where afterwards."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from stakeholders import leaving
from stakeholders.models import DecisionRole, Influence, Position
from stakeholders.person_page import reporting_line
from tests.factories import AccountFactory, OrgUnitFactory, StakeholderFactory, role

DAY = date(2026, 3, 2)


def post_of(person) -> Position:
    return person.positions.get(until=None, is_primary=True)


def test_leaving_ends_roles_and_edges_there(acme, ann, chen, zhou):
    held = role(zhou, "D")
    onto, from_other = Influence.draw(zhou, chen, by=ann), Influence.draw(chen, zhou, by=ann)

    leaving.leave(post_of(zhou), acme.today(), by=ann, went_to="Norddata")

    for row in (held, onto, from_other):
        row.refresh_from_db()
        assert row.until == acme.today()
    zhou.refresh_from_db()
    assert zhou.has_left
    assert (zhou.title, zhou.account) == ("CIO", acme)
    assert zhou.positions.get().went_to == "Norddata"


def test_a_role_given_after_the_day_of_leaving_never_was(acme, ann, zhou):
    late = role(zhou, "D", since=acme.today() - timedelta(days=5))
    early = role(zhou, "S", since=acme.today() - timedelta(days=50))

    leaving.leave(post_of(zhou), acme.today() - timedelta(days=30), by=ann)

    late.refresh_from_db(), early.refresh_from_db()
    assert late.is_removed
    assert early.until == acme.today() - timedelta(days=30)


def test_another_post_there_keeps_roles_and_becomes_primary(acme, ann, zhou):
    held = role(zhou, "D")
    seat = Position.begin(zhou, acme, by=ann, title="Committee member")

    leaving.leave(post_of(zhou), acme.today(), by=ann)

    held.refresh_from_db(), seat.refresh_from_db(), zhou.refresh_from_db()
    assert held.until is None
    assert seat.is_primary
    assert (zhou.has_left, zhou.title) == (False, "Committee member")


@pytest.mark.parametrize("ahead", [1, 400])
def test_nobody_leaves_in_the_future(acme, ann, zhou, ahead):
    with pytest.raises(ValidationError) as refused:
        leaving.leave(post_of(zhou), acme.today() + timedelta(days=ahead), by=ann)

    assert list(refused.value.error_dict) == ["until"]
    assert post_of(zhou).is_held


def test_nobody_leaves_before_they_came(acme, ann):
    late = StakeholderFactory(account=acme, since=acme.today())

    with pytest.raises(ValidationError, match="before it begins"):
        leaving.leave(post_of(late), acme.today() - timedelta(days=1), by=ann)


def test_going_to_another_account_keeps_identity_and_history(acme, ann, zhou):
    beta = AccountFactory(name="Beta", owner=ann)
    held = role(zhou, "D")
    before, pk = zhou.history.count(), zhou.pk

    leaving.go_to(post_of(zhou), beta, acme.today(), by=ann, title="CTO", level="executive")

    zhou.refresh_from_db(), held.refresh_from_db()
    assert (zhou.pk, zhou.account, zhou.title, zhou.level, zhou.has_left) == (pk, beta, "CTO", "executive", False)
    assert held.until == acme.today()
    assert [post.account.name for post in zhou.positions.order_by("-until")] == [
        "Acme",
        "Beta",
    ] or zhou.positions.count() == 2
    assert zhou.history.count() >= before


def test_the_post_left_does_not_name_the_other_account(acme, ann, zhou):
    beta = AccountFactory(name="Beta")

    leaving.go_to(post_of(zhou), beta, acme.today(), by=ann)

    left = zhou.positions.get(account=acme)
    assert left.went_to == ""
    assert not any("Beta" in row.went_to for row in left.history.all())


def test_inside_the_account_only_the_ticked_roles_go_along(acme, ann, zhou):
    kept, ended = role(zhou, "D"), role(zhou, "E")

    leaving.go_to(post_of(zhou), acme, acme.today(), by=ann, keeping=[kept.pk], title="Deputy president")

    kept.refresh_from_db(), ended.refresh_from_db()
    assert (kept.until, ended.until) == (None, acme.today())


def test_a_second_post_that_changes_stays_second(acme, ann, zhou):
    seat = Position.begin(zhou, acme, by=ann, title="Committee member")

    fresh = leaving.go_to(seat, acme, acme.today(), by=ann, title="Committee chair")

    assert not fresh.is_primary
    zhou.refresh_from_db()
    assert zhou.title == "CIO"


def test_the_vacant_seat_keeps_its_reports(acme, ann, chen, zhou, sun):
    leaving.leave(post_of(zhou), acme.today(), by=ann)

    line = reporting_line(post_of(sun))
    assert line["boss"].stakeholder == zhou
    assert line["boss"].is_vacant
    assert [seat.stakeholder for seat in reporting_line(post_of(chen))["below"]] == [zhou]


def test_a_successor_gets_the_reports(acme, ann, chen, zhou, sun):
    seat = post_of(zhou)
    leaving.leave(seat, acme.today(), by=ann)
    newcomer = leaving.welcome(
        acme, by=ann, seat=seat, name="Gao Yu", post={"title": "CIO", "reports_to": chen.positions.get()}, contacts=[]
    )

    line = reporting_line(post_of(newcomer))
    assert line["boss"].stakeholder == chen
    assert [below.stakeholder for below in line["below"]] == [sun]
    assert reporting_line(post_of(sun))["boss"].stakeholder == newcomer


def test_a_seat_is_taken_once(acme, ann, zhou, sun):
    seat = post_of(zhou)
    leaving.leave(seat, acme.today(), by=ann)
    leaving.take(sun, acme, acme.today(), by=ann, seat=seat)

    with pytest.raises(ValidationError, match="taken"):
        leaving.take(
            StakeholderFactory(account=acme), acme, acme.today(), by=ann, seat=Position.objects.get(pk=seat.pk)
        )


def test_a_seat_is_not_taken_while_somebody_sits_there(acme, ann, zhou, sun):
    seat = post_of(zhou)
    leaving.leave(seat, acme.today(), by=ann)

    with pytest.raises(ValidationError, match="still taken"):
        leaving.take(sun, acme, acme.today() - timedelta(days=9), by=ann, seat=seat)


def test_who_takes_the_bosss_seat_must_not_keep_reporting_to_it(acme, ann, zhou, sun):
    seat = post_of(zhou)
    leaving.leave(seat, acme.today(), by=ann)

    with pytest.raises(ValidationError) as refused:
        leaving.go_to(post_of(sun), acme, acme.today(), by=ann, seat=seat, title="CIO", reports_to=seat)

    assert "Sun Li" in str(refused.value)
    assert post_of(sun).title == "Operations"


def test_a_change_from_a_day_on_cannot_close_a_circle_either(acme, ann, chen, zhou, sun):
    post = chen.positions.get()

    with pytest.raises(ValidationError) as refused:
        post.move(acme.today(), by=ann, reports_to=post_of(sun))

    assert "Chen Guohua → Sun Li → Zhou Min → Chen Guohua" in str(refused.value)
    assert chen.positions.count() == 1


def test_a_change_from_a_day_on_keeps_what_was_before(acme, ann, zhou, sun):
    fresh = post_of(zhou).move(acme.today(), by=ann, title="CIO and deputy president", level="executive")

    zhou.refresh_from_db()
    assert (zhou.title, zhou.level, fresh.is_primary) == ("CIO and deputy president", "executive", True)
    assert zhou.positions.get(until=acme.today()).succeeded_by == fresh
    assert [below.stakeholder for below in reporting_line(fresh)["below"]] == [sun]


def test_a_new_primary_post_demotes_the_old_one(acme, ann, zhou):
    beta = AccountFactory(name="Beta", owner=ann)
    unit = OrgUnitFactory(account=beta, name="Board")

    Position.begin(zhou, beta, by=ann, title="Board member", unit=unit, is_primary=True)

    zhou.refresh_from_db()
    assert (zhou.account, zhou.unit, zhou.title) == (beta, unit, "Board member")
    assert zhou.positions.filter(is_primary=True).count() == 1


def test_a_boss_of_another_account_is_refused_by_name(acme, ann, zhou):
    stranger = StakeholderFactory(account=AccountFactory(owner=ann), name="Wang Gang")

    with pytest.raises(ValidationError, match="Wang Gang works for another account"):
        post_of(zhou).correct(by=ann, reports_to=stranger.positions.get())


def test_a_role_ends_neither_before_it_began_nor_ahead_of_today(acme, ann, zhou):
    held = role(zhou, "D", since=DAY)

    for day in (DAY - timedelta(days=1), acme.today() + timedelta(days=1)):
        with pytest.raises(ValidationError):
            DecisionRole.objects.get(pk=held.pk).end(day, by=ann)

    held.refresh_from_db()
    assert held.until is None


def test_a_role_cannot_begin_in_the_future(acme, ann, zhou):
    with pytest.raises(ValidationError, match="in the future"):
        DecisionRole.assign(zhou, acme, "D", by=ann, since=acme.today() + timedelta(days=1))


def test_one_role_of_a_chain_is_primary(acme, ann, zhou):
    first = role(zhou, "D")
    second = role(zhou, "E", is_primary=True)

    first.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)


def test_coming_back_takes_up_post_roles_and_edges_again(acme, ann, chen, zhou):
    held, late = role(zhou, "D"), role(zhou, "S", since=acme.today())
    onto = Influence.draw(zhou, chen, by=ann)
    post = post_of(zhou)

    ended = leaving.leave(post, acme.today() - timedelta(days=3), by=ann, went_to="Norddata")
    leaving.come_back(post, leaving.Ended.from_text(ended.as_text()), by=ann)

    for row in (post, held, late, onto):
        row.refresh_from_db()
        assert (row.until, row.is_removed) == (None, False)
    zhou.refresh_from_db()
    assert (zhou.has_left, post.went_to, post.is_primary) == (False, "", True)


def test_coming_back_gives_the_primary_mark_back(acme, ann, zhou):
    other = Position.begin(zhou, acme, by=ann, title="Committee member")
    post = post_of(zhou)

    ended = leaving.leave(post, acme.today(), by=ann)
    leaving.come_back(post, ended, by=ann)

    other.refresh_from_db(), zhou.refresh_from_db()
    assert (other.is_primary, zhou.title) == (False, "CIO")


def test_coming_back_leaves_a_primary_post_chosen_since(acme, ann, zhou):
    beta, post = AccountFactory(name="Beta", owner=ann), post_of(zhou)
    ended = leaving.leave(post, acme.today(), by=ann)
    chosen = Position.begin(zhou, beta, by=ann, title="Director")

    leaving.come_back(post, ended, by=ann)

    post.refresh_from_db(), chosen.refresh_from_db(), zhou.refresh_from_db()
    assert (post.until, post.is_primary, chosen.is_primary, zhou.account) == (None, False, True, beta)


def test_an_old_way_back_opens_nothing_anew(acme, ann, zhou):
    held, post = role(zhou, "D"), post_of(zhou)
    first = leaving.leave(post, acme.today(), by=ann)
    leaving.come_back(post, first, by=ann)
    held.refresh_from_db(), post.refresh_from_db()
    held.end(acme.today(), by=ann)
    leaving.leave(post, acme.today(), by=ann)

    with pytest.raises(ValidationError, match="no longer be undone"):
        leaving.come_back(post, first, by=ann)

    held.refresh_from_db()
    assert held.until == acme.today()


def test_nobody_comes_back_into_a_seat_that_is_taken(acme, ann, chen, zhou):
    post = post_of(zhou)
    ended = leaving.leave(post, acme.today(), by=ann)
    leaving.take(chen, acme, acme.today(), by=ann, seat=post)

    with pytest.raises(ValidationError, match="taken this seat"):
        leaving.come_back(post, ended, by=ann)


def test_a_role_given_anew_or_ended_by_hand_stays_as_it_is(acme, ann, zhou):
    again, ended_earlier = role(zhou, "D"), role(zhou, "E")
    post = post_of(zhou)
    ended = leaving.leave(post, acme.today(), by=ann)
    fresh = DecisionRole.assign(zhou, acme, "D", by=ann)
    ended_earlier.refresh_from_db()
    ended_earlier.change(by=ann, until=acme.today() - timedelta(days=1))

    leaving.come_back(post, ended, by=ann)

    rows = (again, fresh, ended_earlier)
    for row in rows:
        row.refresh_from_db()
    assert [row.until for row in rows] == [acme.today(), None, acme.today() - timedelta(days=1)]
