"""Leaving a post, moving to another, taking over a seat (rule 4.19); plans follow in the app that has them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account
from stakeholders.models import DecisionRole, Influence, Position, Stakeholder
from users.models import User


def leave(post: Position, day: date, *, by: User | None, went_to: str = "") -> None:
    """End `post`; with the last post at an account, the person's roles and edges there end too."""
    with transaction.atomic():
        depart(post, day, by=by, because="left_post", went_to=went_to)
        promote_another(post.stakeholder, by=by)


def go_to(
    post: Position,
    account: Account,
    day: date,
    *,
    by: User | None,
    keeping: Collection[UUID] = (),
    seat: Position | None = None,
    **values,
) -> Position:
    """From `day` the person sits in another post instead of `post`.

    At the same account the roles named in `keeping` go along, the others end; at another account all of them end.
    The other account is not named at the post left: the new post says it, to those who may see it.
    With `seat` the person takes over a vacant one.
    """
    with transaction.atomic():
        if account.pk == post.account_id:
            post.end(day, by=by, because="moved", went_to=str(values.get("title", "")))
            end_roles(post.stakeholder, account, day, by=by, keeping=keeping)
        else:
            depart(post, day, by=by, because="moved_away", went_to="")
        return take(post.stakeholder, account, day, by=by, seat=seat, is_primary=post.is_primary, **values)


def take(
    person: Stakeholder, account: Account, day: date | None, *, by: User | None, seat: Position | None = None, **values
) -> Position:
    """Begin a post, in a vacant seat if one is named: its reports then have a boss again."""
    with transaction.atomic():
        if seat is not None:
            check_seat(seat, account, day)
        fresh = Position.begin(person, account, by=by, since=day, **values)
        if seat is not None:
            seat.hand_to(fresh, by=by)
        return fresh


def welcome(
    account: Account, *, by: User | None, post: dict, contacts: list[dict], seat: Position | None = None, **values
) -> Stakeholder:
    """A new person with a first post, in a vacant seat if one is named."""
    with transaction.atomic():
        if seat is not None:
            check_seat(seat, account, post.get("since"))
        person = Stakeholder.add(account, by=by, post=post, contacts=contacts, **values)
        if seat is not None:
            seat.hand_to(person.positions.get(), by=by)
        return person


def check_seat(seat: Position, account: Account, day: date | None) -> None:
    """A seat is taken over in its own account, and not before it fell vacant."""
    if seat.account_id != account.pk:
        raise ValidationError(_("This seat belongs to another account."))
    if day and seat.until and day < seat.until:
        raise ValidationError({"since": _("The seat was still taken on this day.")})


def depart(post: Position, day: date, *, by: User | None, because: str, went_to: str) -> None:
    """End `post`, and what the person was at the account if no post is left there."""
    person, account = post.stakeholder, post.account
    post.end(day, by=by, because=because, went_to=went_to)
    if not Position.objects.filter(stakeholder=person, account=account).lasting_beyond(day).exists():
        end_roles(person, account, day, by=by)
        end_edges(person, account, day, by=by)


def end_roles(
    person: Stakeholder, account: Account, day: date, *, by: User | None, keeping: Collection[UUID] = ()
) -> None:
    """Whoever left decides nothing there: the seats stand vacant with their last holder."""
    roles = DecisionRole.objects.filter(stakeholder=person, account=account).lasting_beyond(day)
    for role in roles.exclude(pk__in=keeping).select_related("account"):
        if day <= role.since:
            role.withdraw(by=by)
        else:
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
