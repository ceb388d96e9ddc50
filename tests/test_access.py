"""The one access table: every named route, who asks, and what they get. A route that is not in it fails the test."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import AccountMerge, Contender
from config.celery import SCHEDULE
from records.moves import Moves
from relationships.models import Action, ActivityType, Interaction
from reviews.models import Alert
from stakeholders.models import Influence, PersonMerge, SuspectedTwins
from sync.models import BulkEdit, SavedView
from tests.factories import (
    AccountFactory,
    OpportunityFactory,
    OrgUnitFactory,
    StakeholderFactory,
    activity,
    role,
    visit,
)
from tests.sync.imports.desk import bring_file

pytestmark = pytest.mark.django_db

IDENTITIES = ("anonymous", "ann", "ben", "cleo", "eve", "ada")
SIGN_IN = 302  # to the sign-in page


def row(method: str, ann, ben, cleo, eve, ada, *, anonymous=SIGN_IN) -> tuple[str, dict]:
    """One line of the table."""
    return method, dict(zip(IDENTITIES, (anonymous, ann, ben, cleo, eve, ada), strict=True))


def everybody(method: str = "get", status: int = 200) -> tuple[str, dict]:
    """Whoever is signed in."""
    return row(method, *[status] * 5)


def seen(method: str = "get", status: int = 200) -> tuple[str, dict]:
    """Whoever sees Acme; to cleo it does not exist."""
    return row(method, status, status, 404, status, status)


def worked(method: str = "get", status: int = 200) -> tuple[str, dict]:
    """Acme's own people may change its records; executives and administrators see them, no more."""
    return row(method, status, status, 404, 403, 403)


def imported(method: str = "get", status: int = 200) -> tuple[str, dict]:
    """An import of ann's: her manager looks on, an administrator helps."""
    return row(method, status, status, 404, 404, status)


def administered(method: str = "get", status: int = 200) -> tuple[str, dict]:
    """Administrators only."""
    return row(method, 403, 403, 403, 403, status)


ACCESS = {
    "healthz": row("get", 200, 200, 200, 200, 200, anonymous=200),
    "pages:gallery": everybody(),
    "pages:sample_choices": everybody(),
    "pages:favicon": row("get", 301, 301, 301, 301, 301, anonymous=301),
    "pages:theme": row("post", 302, 302, 302, 302, 302, anonymous=302),
    "pages:language": row("post", 302, 302, 302, 302, 302, anonymous=302),
    "config:home": everybody(),
    "config:search": everybody(),
    "config:account_history": seen(),
    "config:person_history": seen(),
    "config:jobs": administered(),
    "config:run_job": administered("post", 302),
    "config:replay_job": administered("post", 404),
    "config:settings": administered(),
    "config:cadence": administered(),
    "config:numbers": administered(),
    "config:role_powers": administered(),
    "config:activity_types": administered(),
    "config:create_activity_type": administered(),
    "config:activity_type": administered(),
    "users:profile": everybody(),
    "users:choices": everybody(),
    "users:team_choices": everybody(),
    "users:list": administered(),
    "users:create": administered(),
    "users:edit": administered(),
    "users:teams": administered(),
    "users:create_team": administered(),
    "users:edit_team": administered(),
    "accounts:list": everybody(),
    "accounts:create": everybody(),
    "accounts:choices": everybody(),
    "accounts:detail": seen(),
    "accounts:edit": worked(),
    "accounts:choose_twin": worked(),
    "accounts:merge": worked(),
    "accounts:take_apart": worked("post", 302),
    "accounts:remove": worked("post", 302),
    "accounts:restore": row("post", 302, 302, 404, 404, 404),
    "accounts:team": seen(),
    "accounts:colleague_choices": seen(),
    "accounts:unit_choices": seen(),
    "accounts:opportunity_choices": seen(),
    "relationships:chain": seen(),
    "relationships:stances": seen(),
    "relationships:stances_of": seen(),
    "relationships:contend": worked("post", 302),
    "relationships:leave_contest": worked("post", 302),
    "relationships:return_to_contest": worked("post", 302),
    "stakeholders:draw_influence": worked(),
    "stakeholders:change_influence": worked(),
    "stakeholders:end_influence": worked("post", 302),
    "stakeholders:resume_influence": worked("post", 302),
    "relationships:opportunity_chain": seen(),
    "stakeholders:fill_role": worked(),
    "opportunities:list": everybody(),
    "opportunities:create": everybody(),
    "opportunities:of_account": seen(),
    "opportunities:detail": seen(),
    "opportunities:edit": worked(),
    "opportunities:close": worked(),
    "opportunities:reopen": worked("post", 302),
    "opportunities:remove": worked("post", 302),
    "opportunities:restore": row("post", 302, 302, 404, 404, 404),
    "accounts:answer_for": row("post", 422, 422, 404, 403, 422),
    "accounts:admit": row("post", 422, 422, 404, 403, 422),
    "accounts:change_function": row("post", 422, 422, 404, 403, 422),
    "accounts:remove_member": row("post", 302, 302, 404, 403, 302),
    "accounts:readmit": row("post", 302, 302, 404, 403, 302),
    "accounts:units": seen(),
    "accounts:add_unit": worked("post", 422),
    "accounts:change_unit": worked(),
    "accounts:close_unit": worked("post", 302),
    "accounts:reopen_unit": worked("post", 302),
    "stakeholders:choices": everybody(),
    "stakeholders:choose_account": everybody(),
    "stakeholders:duplicates": everybody(),
    "stakeholders:duplicates_count": everybody(),
    "stakeholders:tell_apart": worked("post", 302),
    "stakeholders:ask_again": worked("post", 302),
    "stakeholders:take_apart": worked("post", 302),
    "stakeholders:choose_twin": worked(),
    "stakeholders:twin_choices": worked(),
    "stakeholders:merge": worked(),
    "stakeholders:look_alikes": worked("post", 200),
    "stakeholders:of_account": seen(),
    "stakeholders:seat_choices": seen(),
    "stakeholders:person_choices": seen(),
    "stakeholders:add": worked(),
    "stakeholders:detail": seen(),
    "stakeholders:edit": worked(),
    "stakeholders:contacts": worked(),
    "stakeholders:care_dates": worked(),
    "stakeholders:confirm_key": worked("post", 302),
    "stakeholders:watch": worked("post", 302),
    "stakeholders:remove": worked("post", 302),
    "stakeholders:restore": row("post", 302, 302, 404, 404, 404),
    "stakeholders:begin_post": worked(),
    "stakeholders:correct_post": worked(),
    "stakeholders:move_post": worked(),
    "stakeholders:leave_post": worked(),
    "stakeholders:come_back": worked("post", 302),
    "stakeholders:go_to": worked(),
    "stakeholders:succeed": worked(),
    "stakeholders:assign_role": worked(),
    "stakeholders:change_role": worked(),
    "stakeholders:end_role": worked("post", 422),
    "relationships:interactions": everybody(),
    "relationships:log": everybody(),
    "relationships:plan": everybody(),
    "relationships:too_often": row("get", 200, 200, 404, 200, 403),
    "relationships:tray": everybody(),
    "relationships:interaction": seen(),
    "relationships:after": worked(),
    "relationships:nothing_to_add": worked("post", 302),
    "relationships:edit": worked(),
    "relationships:complete": worked(),
    "relationships:cancel": worked(),
    "relationships:missed": worked(),
    "relationships:delete": worked("post", 302),
    "relationships:restore": worked("post", 302),
    "relationships:tick": worked("post", 302),
    "relationships:actions": everybody(),
    "relationships:add_action": row("get", 200, 200, 404, 200, 403),
    "relationships:action": seen(),
    "relationships:finish_action": worked("post", 302),
    "relationships:reopen_action": worked("post", 302),
    "relationships:drop_action": worked("post", 302),
    "relationships:restore_action": worked("post", 302),
    "relationships:activity": seen(),
    "relationships:account_visits": seen(),
    "relationships:account_next_steps": seen(),
    "relationships:account_quiet": seen(),
    "relationships:account_summary": seen(),
    "relationships:quiet_in_accounts": everybody(),
    "relationships:people": everybody(),
    "relationships:clocks": everybody(),
    "relationships:person_activity": seen(),
    "relationships:person_state": seen(),
    "sync:views": everybody(),
    "sync:save_view": everybody(),
    "sync:view_counts": everybody(),
    "sync:start_with": everybody("post", 302),
    "sync:list_columns": everybody(),
    "sync:open_view": row("get", 302, 404, 404, 404, 404),
    "sync:change_view": row("get", 200, 404, 404, 404, 404),
    "sync:delete_view": row("post", 302, 404, 404, 404, 404),
    "sync:restore_view": row("post", 302, 404, 404, 404, 404),
    "sync:bulk": everybody("post", 302),
    "sync:bulk_edit": row("get", 200, 404, 404, 404, 404),
    "sync:undo_bulk": row("post", 302, 302, 404, 404, 302),
    "sync:bulk_edits": everybody(),
    "sync:list_bulk_edits": everybody(),
    "sync:cell": worked(),
    "sync:export": everybody(),
    "sync:print": everybody(),
    "sync:imports": everybody(),
    "sync:upload": everybody(),
    "sync:import": imported(),
    "sync:progress": imported("get", 302),
    "sync:columns": row("get", 200, 403, 404, 404, 403),
    "sync:reread": row("post", 302, 403, 404, 404, 403),
    "sync:apply": row("post", 302, 403, 404, 404, 403),
    "sync:stop": row("post", 302, 403, 404, 404, 302),
    "sync:undo": row("post", 302, 403, 404, 404, 302),
    "sync:again": row("post", 302, 403, 404, 404, 302),
    "sync:discard": row("post", 302, 403, 404, 404, 302),
    "sync:rows": row("get", 200, 403, 404, 404, 200),
    "sync:download": row("get", 200, 403, 404, 404, 200),
    "reviews:alerts": everybody(),
    "reviews:snooze": worked(),
    "reviews:dismiss": worked(),
    "reviews:wake": worked("post", 302),
    "reviews:snooze_person": worked(),
    "reviews:dismiss_person": worked(),
}

# Pages of installed packages: allauth guards its own, the admin asks `User.has_perm`.
PACKAGES = ("account_", "mfa_", "usersessions_", "admin:", "socialaccount_")


@pytest.fixture
def world(acme, ann, ben, cleo, eve, ada):
    """Acme with one of everything a route may name."""
    person = StakeholderFactory(account=acme, name="Wang Wei 王伟", title="CIO", level="executive")
    bid = OpportunityFactory(account=acme)
    plan = Interaction.plan(
        acme, by=ann, people=[person], activity_type=activity(), held_on=acme.today() + timedelta(days=2)
    )
    held = visit(person, by=ann, days_ago=3)
    seat = vacant_seat(acme)
    one, other = sorted([person, seat.stakeholder], key=lambda each: each.pk)
    alert = Alert.objects.create(kind="stale", account=acme, stakeholder=person, opened_on=acme.today())
    return {
        "account": acme,
        "unit": OrgUnitFactory(account=acme),
        "opportunity": bid,
        "contender": Contender.enter(bid, "Norddata", by=ann),
        "person": person,
        "influence": Influence.draw(person, seat.stakeholder, by=ann),
        "role": role(person, "D"),
        "post": person.positions.get(),
        "seat": seat,
        "pair": SuspectedTwins.objects.create(one=one, other=other),
        "account_merge": AccountMerge.objects.create(
            kept=acme,
            twin=AccountFactory(name="Acme Holding", owner=ann),
            name="Acme Holding",
            merged_at=timezone.now(),
            moves=Moves(None, "").as_stored(),
        ),
        "merge": PersonMerge.objects.create(
            kept=person,
            twin=seat.stakeholder,
            name="Li Na",
            merged_at=timezone.now(),
            moves=Moves(None, "").as_stored(),
        ),
        "plan": plan,
        "held": held,
        "item": plan.checklist.first(),
        "member": acme.members.get(user=ann),
        "alert": alert,
        "type": ActivityType.objects.first(),
        "user": cleo,
        "team": acme.team,
        "action": Action.add(acme, "Call back", acme.today(), by=ann, stakeholder=person),
        "import": bring_file("Name,Colour\nGlobex,red\n", "accounts", by=ann),
        "view": SavedView.save_as("accounts", QueryDict("tier=key"), by=ann, name="Key ones"),
        "bulk": BulkEdit.begin("accounts", [acme.pk], "", by=ann),
        "bulk_done": done_edit(acme, by=ann),
    }


def done_edit(account, *, by):
    """A bulk edit that set the account's tier."""
    edit = BulkEdit.begin("accounts", [account.pk], "", by=by)
    edit.show("tier", "tier=key", {account.pk: account.version})
    edit.note({account.pk: [(account._meta.label_lower, account.pk)]}, {"tier": "key"}, 0)
    return edit


def vacant_seat(account):
    """A post somebody left."""
    post = StakeholderFactory(account=account, name="Li Na 李娜", title="Buyer").positions.get()
    post.end(account.today(), by=None)
    return post


NAME_THE_ACCOUNT = ("relationships:add_action", "relationships:too_often")
OF_PLAN = ("relationships:cancel", "relationships:complete", "relationships:missed", "relationships:tick")
OF_POST = (
    "stakeholders:correct_post",
    "stakeholders:move_post",
    "stakeholders:leave_post",
    "stakeholders:come_back",
    "stakeholders:go_to",
    "stakeholders:succeed",
)


def arguments(name: str, world: dict) -> dict:
    """The address of a route in that world, by what its last part speaks of."""
    namespace, _colon, last = name.partition(":")
    wanted = dict(routes()[name])
    chosen = {
        "account": world["account"].pk,
        "member": world["member"].pk,
        "unit": world["unit"].pk,
        "item": world["item"].pk,
        "person": world["person"].pk,
        "contender": world["contender"].pk,
        "twin": world["account_merge"].twin_id if namespace == "accounts" else world["seat"].stakeholder_id,
    }
    chosen["kind"] = "refused"
    chosen["column"] = "tier"
    names = {"sync": "accounts", "config": "contact" if last == "numbers" else next(iter(SCHEDULE))}
    chosen["name"] = names.get(namespace)
    if "pk" in wanted:
        chosen["pk"] = 1 if last == "replay_job" else subject(namespace, last, world).pk
    return {key: chosen[key] for key in wanted}


def subject(namespace: str, last: str, world: dict):
    """The record a route's `pk` names: by the route, else by how its name begins or ends, else by its app."""
    names = {**dict.fromkeys(OF_PLAN, "plan"), **dict.fromkeys(OF_POST, "post"), **OF_ROUTE}
    by_shape = [kind for shape, kind in OF_SHAPE if shape in f"{namespace}:{last}:"]
    return world[names.get(f"{namespace}:{last}") or (by_shape or [OF_APP[namespace]])[0]]


OF_ROUTE = {
    "config:person_history": "person",
    "config:activity_type": "type",
    "stakeholders:succeed": "seat",
    "stakeholders:of_account": "account",
    "stakeholders:tell_apart": "pair",
    "stakeholders:ask_again": "pair",
    "stakeholders:take_apart": "merge",
    "accounts:take_apart": "account_merge",
    "stakeholders:draw_influence": "person",
    "opportunities:of_account": "account",
    "relationships:chain": "account",
    **dict.fromkeys(
        (
            "relationships:opportunity_chain",
            "relationships:stances",
            "relationships:stances_of",
            "relationships:contend",
            "relationships:leave_contest",
            "relationships:return_to_contest",
        ),
        "opportunity",
    ),
    "stakeholders:fill_role": "account",
    "stakeholders:assign_role": "person",
    "relationships:activity": "account",
    "relationships:action": "action",
    "sync:cell": "account",
    "sync:undo_bulk": "bulk_done",
}
OF_SHAPE = (
    ("_action:", "action"),
    ("_view:", "view"),
    ("bulk", "bulk"),
    ("relationships:account_", "account"),
    ("relationships:person_", "person"),
    ("_influence:", "influence"),
    ("_role:", "role"),
    ("_team:", "team"),
    ("reviews:snooze_person", "person"),
    ("reviews:dismiss_person", "person"),
)
OF_APP = {
    "accounts": "account",
    "opportunities": "opportunity",
    "stakeholders": "person",
    "relationships": "held",
    "reviews": "alert",
    "users": "user",
    "config": "account",
    "sync": "import",
}


def routes() -> dict[str, dict]:
    """Every named route, with the parameters its address takes."""

    def walk(resolver, spaces=(), above=None):
        for pattern in resolver.url_patterns:
            known = {**(above or {}), **pattern.pattern.converters}
            if not isinstance(pattern, URLPattern):
                yield from walk(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces, known)
            else:
                yield ":".join((*spaces, pattern.name or f"unnamed {pattern.pattern}")), known

    return dict(walk(get_resolver()))


def test_every_route_stands_in_the_table():
    ours = {name for name in routes() if not name.startswith(PACKAGES)}

    assert ours == set(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
def test_everybody_gets_what_the_table_says(name, world, request):
    method, expected = ACCESS[name]
    address = reverse(name, kwargs=arguments(name, world))
    if name in NAME_THE_ACCOUNT:
        address += f"?account={world['account'].pk}"
    if name.endswith(":restore"):
        gone = subject(*name.split(":"), world)
        type(gone).objects.filter(pk=gone.pk).update(removed_at=timezone.now())

    found = {who: status_for(who, method, address, request) for who in IDENTITIES}

    assert found == expected


def status_for(who: str, method: str, address: str, request) -> int:
    """What comes back; what the request did is undone, so that the next one finds the same world."""
    client = Client()
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    with transaction.atomic():
        response = client.get(address) if method == "get" else client.post(address, {"nothing": "useful"})
        transaction.set_rollback(True)
    if (
        who == "anonymous"
        and response.status_code == SIGN_IN
        and "/language/" not in address
        and "/theme/" not in address
    ):
        assert response.url.startswith("/auth/login/")
    return response.status_code


def test_what_is_hidden_looks_like_what_is_not_there(world, cleo):
    client = Client()
    client.force_login(cleo)
    hidden = client.get(reverse("accounts:detail", args=[world["account"].pk]))

    absent = client.get(reverse("accounts:detail", args=[world["held"].pk]))

    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize(
    "name", ["admin:index", "admin:users_user_changelist", "admin:relationships_activitytype_changelist"]
)
def test_the_admin_opens_for_administrators_alone(name, world, request):
    found = {who: status_for(who, "get", reverse(name), request) for who in IDENTITIES if who != "anonymous"}

    assert found.pop("ada") == 200
    assert set(found.values()) <= {302, 403}


def test_the_admin_holds_no_customer_data():
    held = {
        name.split(":")[1].rsplit("_", 1)[0]
        for name in routes()
        if name.startswith("admin:") and name.endswith("_changelist")
    }

    assert not [
        name
        for name in held
        if name.startswith(("accounts_", "stakeholders_stakeholder", "relationships_interaction", "reviews_alert_"))
    ]
