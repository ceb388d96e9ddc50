"""Leaving a post, moving to another, taking over a seat (rule 4.19); plans follow in the app that has them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from stakeholders.models import DecisionRole, Influence, Position, Stakeholder
from users.models import User

Days = dict[UUID, date | None]
NO_WAY_BACK = gettext_lazy("This can no longer be undone: the post was changed since. Correct it instead.")


@dataclass
class Ended:
    """What ended with a post, each row with the day it would have lasted to; `come_back` takes it.

    `version` is the post's after it was left, `promoted` the post that became the primary one instead.
    """

    version: int
    promoted: UUID | None = None
    roles: Days = field(default_factory=dict)
    edges: Days = field(default_factory=dict)

    def as_text(self) -> dict[str, Any]:
        """Plain values, for an address."""
        rows = [{str(pk): day and day.isoformat() for pk, day in days.items()} for days in (self.roles, self.edges)]
        return {"version": self.version, "promoted": self.promoted and str(self.promoted), "rows": rows}

    @classmethod
    def from_text(cls, told: dict[str, Any]) -> "Ended":
        """What `as_text` wrote."""
        rows = [{UUID(pk): day and date.fromisoformat(day) for pk, day in days.items()} for days in told["rows"]]
        return cls(told["version"], told["promoted"] and UUID(told["promoted"]), *rows)


def leave(post: Position, day: date, *, by: User | None, went_to: str = "") -> Ended:
    """End `post`; with the last post at an account, the person's roles and edges there end too."""
    with transaction.atomic():
        roles, edges = depart(post, day, by=by, because="left_post", went_to=went_to)
        promoted = promote_another(post.stakeholder, by=by)
        return Ended(post.version, promoted and promoted.pk, roles, edges)


def come_back(post: Position, ended: Ended, *, by: User | None) -> None:
    """Undo `leave`: the post goes on, and with it the roles and edges nobody has touched since. Refused once the post
    was changed by anything else."""
    with transaction.atomic():
        post = Position.objects.locked(post.pk)
        if post.until is None:
            return
        if post.succeeded_by_id:
            raise ValidationError(_("Somebody else has taken this seat."))
        if post.version != ended.version:
            raise ValidationError(NO_WAY_BACK)
        day = post.until
        post.correct(by=by, until=None, went_to="", is_primary=post.is_primary and not is_settled(post, ended.promoted))
        resume_roles(post, day, ended.roles, by=by)
        edges = Influence.objects.present().filter(Q(source=post.stakeholder) | Q(target=post.stakeholder))
        for edge in edges.filter(pk__in=ended.edges, until__gte=day):
            if not is_drawn_anew(edge):
                edge.resume(ended.edges[edge.pk], by=by)


def is_settled(post: Position, promoted: UUID | None) -> bool:
    """Whether somebody has chosen another primary post since, not the one that was promoted for this one."""
    chosen = Position.objects.present().filter(stakeholder=post.stakeholder, is_primary=True, until=None)
    return chosen.exclude(pk__in=[post.pk, promoted or post.pk]).exists()


def resume_roles(post: Position, day: date, ended: Days, *, by: User | None) -> None:
    """Those that ended with the post or were withdrawn by it; one that was given anew meanwhile stays the newer one."""
    for role in DecisionRole.objects.filter(pk__in=ended, stakeholder=post.stakeholder).select_related("account"):
        if is_given_anew(role) or role.is_removed == (role.until == day):
            continue  # changed by somebody since
        role.restore(by=by, because="role_resumed")
        role.change(by=by, until=ended[role.pk])


def is_given_anew(role: DecisionRole) -> bool:
    """Whether the person holds the same letter of the same chain by another row."""
    same = DecisionRole.objects.present().filter(stakeholder=role.stakeholder, letter=role.letter, until=None)
    return same.filter(account=role.account, opportunity=role.opportunity).exclude(pk=role.pk).exists()


def is_drawn_anew(edge: Influence) -> bool:
    """Whether the same influence stands by another row."""
    same = Influence.objects.present().filter(source=edge.source_id, target=edge.target_id, tone=edge.tone, until=None)
    return same.exclude(pk=edge.pk).exists()


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


def depart(post: Position, day: date, *, by: User | None, because: str, went_to: str) -> tuple[Days, Days]:
    """End `post`, and what the person was at the account if no post is left there: which roles, and which edges."""
    person, account = post.stakeholder, post.account
    post.end(day, by=by, because=because, went_to=went_to)
    if Position.objects.filter(stakeholder=person, account=account).lasting_beyond(day).exists():
        return {}, {}
    return end_roles(person, account, day, by=by), end_edges(person, account, day, by=by)


def end_roles(
    person: Stakeholder, account: Account, day: date, *, by: User | None, keeping: Collection[UUID] = ()
) -> Days:
    """Whoever left decides nothing there: the seats stand vacant with their last holder. What ended, and its days."""
    roles = DecisionRole.objects.filter(stakeholder=person, account=account).lasting_beyond(day)
    ended = {}
    for role in roles.exclude(pk__in=keeping).select_related("account"):
        ended[role.pk] = role.until
        if day <= role.since:
            role.withdraw(by=by)
        else:
            role.end(day, by=by)
    return ended


def end_edges(person: Stakeholder, account: Account, day: date, *, by: User | None) -> Days:
    """Influence inside the account ends with the post. What ended, and its days."""
    edges = Influence.objects.present().filter(until=None)
    ended = {}
    for edge in edges.filter(source=person, target__account=account) | edges.filter(target=person, account=account):
        ended[edge.pk] = edge.until
        edge.end(day, by=by)
    return ended


def promote_another(person: Stakeholder, *, by: User | None) -> Position | None:
    """If posts are left and none is primary, the oldest of them becomes it."""
    held = Position.objects.present().filter(stakeholder=person, until=None)
    first = held.order_by("since", "created_at").first()
    if first is None or held.filter(is_primary=True).exists():
        return None
    first.correct(by=by, is_primary=True)
    return first
