"""Leaving a post, moving to another, going to another account (rule 4.19); plans follow in the app that has them."""

from datetime import date

from django.db import transaction

from accounts.models import Account
from stakeholders.models import DecisionRole, Influence, Position, Stakeholder
from users.models import User


def leave(post: Position, day: date, *, by: User | None, went_to: str = "") -> None:
    """End `post`; with the last post at an account, the person's roles and edges there end too."""
    person, account = post.stakeholder, post.account
    with transaction.atomic():
        post.end(day, by=by, because="left_post", went_to=went_to)
        if not Position.objects.filter(stakeholder=person, account=account).on(day).exists():
            end_roles(person, account, day, by=by)
            end_edges(person, account, day, by=by)
        promote_another(person, by=by)


def go_to(
    post: Position, account: Account, day: date, *, by: User | None, keep_roles: bool = False, **values
) -> Position:
    """From `day` the person sits in another post: at the same account the roles may go along, elsewhere they end."""
    person = post.stakeholder
    with transaction.atomic():
        if account.pk != post.account_id:
            leave(post, day, by=by, went_to=account.name)
        else:
            post.end(day, by=by, because="moved", went_to=str(values.get("title", "")))
            if not keep_roles:
                end_roles(person, account, day, by=by)
        return Position.begin(person, account, by=by, is_primary=True, since=day, **values)


def end_roles(person: Stakeholder, account: Account, day: date, *, by: User | None) -> None:
    """Whoever left decides nothing there: the seats stand vacant with their last holder."""
    for role in DecisionRole.objects.filter(stakeholder=person, account=account).on(day):
        role.end(day, by=by)


def end_edges(person: Stakeholder, account: Account, day: date, *, by: User | None) -> None:
    """Influence inside the account ends with the post."""
    edges = Influence.objects.present().filter(until=None)
    for edge in edges.filter(source=person, target__account=account) | edges.filter(target=person, account=account):
        edge.end(day, by=by)


def promote_another(person: Stakeholder, *, by: User | None) -> None:
    """If posts are left and none is primary, the oldest of them becomes it."""
    held = Position.objects.present().filter(stakeholder=person, until=None)
    first = held.order_by("since", "created_at").first()
    if first and not held.filter(is_primary=True).exists():
        first.correct(by=by, is_primary=True)
