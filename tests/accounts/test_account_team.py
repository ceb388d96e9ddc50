"""Our side of an account: admitted, given a function, taken off, and what that does to sight."""

from accounts.models import AccountMember
from accounts.triangle import corners
from tests.factories import TeamFactory, UserFactory


def member(account, user) -> AccountMember:
    return AccountMember.objects.present().get(account=account, user=user)


def test_a_colleague_on_the_team_sees_the_account_and_off_it_no_longer(acme, ann, cleo, seen_by, url):
    client = seen_by(ann)

    client.post(url("team/admit/"), {"user": cleo.pk, "function": "delivery"})
    assert seen_by(cleo).get(url()).status_code == 200
    client.post(url(f"team/{member(acme, cleo).pk}/remove/"))

    assert seen_by(cleo).get(url()).status_code == 404


def test_undo_puts_the_colleague_back_once(acme, ann, cleo, seen_by, url):
    acme.admit(cleo, by=ann)
    row, client = member(acme, cleo), seen_by(ann)
    client.post(url(f"team/{row.pk}/remove/"))

    client.post(url(f"team/{row.pk}/readmit/"))
    client.post(url(f"team/{row.pk}/readmit/"))

    assert member(acme, cleo).pk == row.pk


def test_the_first_responsible_stays_on_the_team(acme, ann, ben, seen_by, url):
    answer = seen_by(ben).post(url(f"team/{member(acme, ann).pk}/remove/"), follow=True)

    assert "Ann Lee is first responsible" in answer.content.decode()
    assert member(acme, ann)


def test_the_empty_corners_of_the_triangle_are_shown(acme, ann, seen_by, url):
    acme.admit(ann, by=None, function="account_manager")

    held = {corner.function: [row.user for row in corner.holders] for corner in corners(AccountMember.objects.of(acme))}

    assert held == {"account_manager": [ann], "solution": [], "delivery": []}
    assert seen_by(ann).get(url()).content.decode().count("Nobody yet") == 2


def test_a_function_is_changed_and_two_tabs_are_told(acme, ann, ben, seen_by, url):
    row = member(acme, ann)
    seen_by(ben).post(url(f"team/{row.pk}/"), {"function": "solution", "version": row.version})

    answer = seen_by(ann).post(url(f"team/{row.pk}/"), {"function": "delivery", "version": row.version})

    assert answer.status_code == 409
    assert member(acme, ann).function == "solution"


def test_an_administrator_names_another_first_responsible(acme, ada, cleo, seen_by, url):
    south = TeamFactory(name="South-east")

    seen_by(ada).post(url("team/responsible/"), {"owner": cleo.pk, "team": south.pk})

    acme.refresh_from_db()
    assert (acme.owner, acme.team) == (cleo, south)
    assert member(acme, cleo)


def test_a_colleague_who_left_the_company_cannot_answer_for_an_account(acme, ann, seen_by, url):
    gone = UserFactory(is_active=False)

    answer = seen_by(ann).post(url("team/responsible/"), {"owner": gone.pk, "team": acme.team_id})

    assert answer.status_code == 422


def test_whoever_leaves_the_team_is_led_back_to_the_list(acme, ann, cleo, seen_by, url):
    acme.admit(cleo, by=ann)

    answer = seen_by(cleo).post(url(f"team/{member(acme, cleo).pk}/remove/"))

    assert answer.headers["Location"] == "/accounts/"


def test_the_dialog_closes_and_the_panel_is_told(acme, ann, cleo, seen_by, url):
    dialog = {"HX-Request": "true", "HX-Target": "dialog-content"}
    client = seen_by(ann)

    assert "<html" not in client.get(url("team/admit/"), headers=dialog).content.decode()
    answer = client.post(url("team/admit/"), {"user": cleo.pk, "function": "member"}, headers=dialog)

    assert answer.status_code == 204
    assert "account-team-changed" in answer.headers["HX-Trigger"]
