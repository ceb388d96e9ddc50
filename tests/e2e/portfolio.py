"""The demo's portfolio as the world of the access table, so that every page of that table is walked with much on it."""

from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.models import Account, Opportunity
from config.management.commands.seed_demo import tell
from relationships.models import Action, ActivityType, Interaction
from reviews import alert_job
from reviews.models import Alert
from stakeholders.models import DecisionRole, Influence
from sync.models import BulkEdit, SavedView
from tests.factories import PASSWORD
from tests.sync.imports.desk import bring_file, check
from tests.test_access import done_edit
from users.models import User


def told() -> dict[str, Any]:
    """The demo with its alerts; of everything a route may name, one that ann looks after."""
    tell(PASSWORD)
    alert_job.run(timezone.now())
    alert = Alert.objects.filter(
        account__owner=user("ann"), kind="stale", stakeholder__participations__isnull=False
    ).first()
    account, person = alert.account, alert.stakeholder
    plan = Interaction.objects.filter(account=account, state=Interaction.State.PLANNED).first()
    held = Interaction.objects.filter(account=account, state=Interaction.State.DONE, author=user("ann")).latest(
        "held_on"
    )
    return {
        "account": account,
        "unit": account.units.first(),
        "opportunity": (bid := Opportunity.objects.filter(account__owner=user("ann")).first()),
        "contender": bid.contenders.first(),
        "influence": Influence.objects.filter(account=account).first(),
        "person": person,
        "alert": alert,
        "plan": plan,
        "held": held,
        "role": DecisionRole.objects.filter(stakeholder__account=account).first(),
        "post": person.positions.get(is_primary=True, until=None),
        "seat": vacant_seat(account),
        "item": SimpleNamespace(pk=plan.pk),  # only posted to
        "member": account.members.first(),
        "user": user("cleo"),
        "team": account.team,
        "type": ActivityType.objects.first(),
        "action": Action.objects.filter(account=account).first(),
        "import": checked_file(account),
        "view": SavedView.save_as("accounts", QueryDict("tier=key"), by=user("ann"), name="Key ones"),
        "bulk": BulkEdit.begin("accounts", [account.pk], "", by=user("ann")),
        "bulk_done": undone_edit(account),
        "account_merge": SimpleNamespace(twin_id=Account.objects.mine(user("ann")).exclude(pk=account.pk).first().pk),
    }


def undone_edit(account: Any) -> BulkEdit:
    """Two bulk edits of ann's: one that stands, and one whose only row was changed before it was taken back."""
    done_edit(account, by=user("ann"))
    edit = done_edit(account, by=user("ann"))
    edit.mark_undone([account.pk], by=user("ben"))
    return edit


def checked_file(account: Any) -> Any:
    """People whose rows wait for ann's word: good ones, refused ones, and one whose boss nobody knows."""
    rows = (f"测试 {n},{'Nowhere' if n % 5 == 0 else account.name},{n:08d},Boss {n},blue" for n in range(1, 80))
    text = "姓名,客户名称,办公电话,直属主管,Colour\n" + "\n".join(rows)
    return check(bring_file(text.encode("gb18030"), "people", by=user("ann"), name="名单 2026 (final).csv"))


def vacant_seat(account: Any) -> Any:
    """The post of somebody who left."""
    leaver = account.people.filter(positions__until=None).exclude(key_class=1).last()
    post = leaver.positions.get(is_primary=True, until=None)
    post.end(account.today(), by=account.owner)
    return post


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")
