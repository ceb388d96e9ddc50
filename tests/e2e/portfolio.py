"""The demo's portfolio as the world of the access table, so that every page of that table is walked with much on it."""

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from config.management.commands.seed_demo import tell
from relationships.models import Action, ActivityType, Interaction
from reviews import alert_job
from reviews.models import Alert
from stakeholders.models import DecisionRole
from tests.factories import PASSWORD
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
    }


def vacant_seat(account: Any) -> Any:
    """The post of somebody who left."""
    leaver = account.people.filter(positions__until=None).exclude(key_class=1).last()
    post = leaver.positions.get(is_primary=True, until=None)
    post.end(account.today(), by=account.owner)
    return post


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")
