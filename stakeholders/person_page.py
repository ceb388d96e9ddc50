"""What the page of one person shows, loaded in a fixed number of queries and never beyond the viewer's sight."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from stakeholders.access import works_with
from stakeholders.in_force import holds_on
from stakeholders.models import DecisionRole, Influence, Position, Stakeholder, SuspectedTwins
from stakeholders.sentences import KeyStatus, confirmation, key_status
from stakeholders.side_by_side import Pair, pairs
from users.models import User

NEEDS = ("explicit_needs", "implicit_needs")
REPORTS_SHOWN = 30


EDGES = 30


@dataclass(frozen=True)
class Seen:
    """The person as this viewer knows them: through which account, and the posts in sight."""

    person: Stakeholder
    viewer: User
    posts: list[Position]
    account: Account | None
    works_here: frozenset
    is_own: bool

    @property
    def held(self) -> list[Position]:
        return [post for post in self.posts if is_held(post)]

    @property
    def past(self) -> list[Position]:
        return [post for post in self.posts if not is_held(post)]

    @property
    def main(self) -> Position | None:
        """The post that speaks for the person here."""
        own = [post for post in self.posts if self.account and post.account_id == self.account.pk]
        return next((post for post in own if is_held(post)), own[0] if own else None)


def is_held(post: Position) -> bool:
    return holds_on(post.since, post.until, post.account.today())


def seen_by(person: Stakeholder, viewer: User) -> Seen:
    """Load the posts in sight; the account is the person's own, or the one the viewer sees them through."""
    rows = Position.objects.visible_to(viewer).filter(stakeholder=person)
    rows = rows.select_related("account", "unit", "reports_to__stakeholder", "succeeded_by__stakeholder")
    posts = sorted(rows, key=newest_first)
    visible = {post.account_id for post in posts}
    is_own = person.account_id in visible or Account.objects.visible_to(viewer).filter(pk=person.account_id).exists()
    account = person.account if is_own else next((post.account for post in posts if is_held(post)), None)
    ids = visible | ({person.account_id} if is_own else set())
    worked = frozenset(Account.objects.worked_by(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    return Seen(person, viewer, posts, account, worked, is_own)


def newest_first(post: Position) -> tuple:
    """Held posts first, the primary one leading, then the past ones back in time."""
    held = is_held(post)
    until = post.until or date.max
    return (not held, not (held and post.is_primary), -until.toordinal(), -(post.since or date.min).toordinal())


def context(person: Stakeholder, viewer: User) -> dict[str, Any]:
    """Everything the template asks for."""
    seen = seen_by(person, viewer)
    account = seen.account or person.account
    status = key_status(person, account, viewer) if seen.account and not person.has_left else None
    is_team = person.account_id in seen.works_here
    return {
        "person": person,
        "seen": seen,
        "account": seen.account,
        "post": seen.main,
        "may_change": is_team,
        "may_reach": is_team or works_with(viewer, person),
        "reads_notes": is_team,
        "contacts": list(person.contact_methods.order_by("-is_primary", "id")),
        "care_dates": care_dates(person, account.today()),
        "letters": letters(person, seen),
        "roles": roles_of(person, viewer),
        "influences": influences_of(person, viewer, account.today()),
        "status": status,
        "confirmed": confirmation(person, account.today()) if seen.is_own and status else None,
        "line": reporting_line(seen.main),
        "profile": profile(person),
        "today": account.today(),
        "merges": list(person.merges.defer("moves").order_by("-merged_at", "-pk")) if seen.is_own else [],
        "suspected": suspected(person, viewer) if is_team else [],
    }


def suspected(person: Stakeholder, viewer: User) -> list[Pair]:
    """Pairs of this person and somebody the viewer may change as well; nearly always none."""
    rows = SuspectedTwins.objects.undecided().worked_by(viewer)
    return pairs(rows.filter(Q(one=person) | Q(other=person)).order_by("-likeness", "id")[:3], viewer)


def roles_of(person: Stakeholder, viewer: User) -> list[DecisionRole]:
    """Roles at accounts in sight: those in force first, then past ones, newest first."""
    rows = DecisionRole.objects.visible_to(viewer).filter(stakeholder=person).select_related("account", "opportunity")

    def order(role: DecisionRole) -> tuple:
        ended = not holds_on(role.since, role.until, role.account.today())
        return (ended, -(role.until or date.max).toordinal(), role.opportunity is not None, "ADSEI".index(role.letter))

    return sorted(rows, key=order)


def influences_of(person: Stakeholder, viewer: User, today: date) -> list[Influence]:
    """Edges in force from and onto this person, the strongest first; people who have left have none."""
    edges = Influence.objects.visible_to(viewer).on(today).filter(Q(source=person) | Q(target=person))
    rows = edges.filter(source__has_left=False, target__has_left=False).select_related("source", "target")
    return list(rows.order_by("-strength", "since", "pk")[:EDGES])


def letters(person: Stakeholder, seen: Seen) -> tuple:
    """The letters beside the name: held now at the account shown, standing or in an open opportunity."""
    held: dict[str, bool] = {}
    for role in roles_of(person, seen.viewer):
        counts = role.opportunity is None or role.opportunity.is_open
        here = seen.account is not None and role.account_id == seen.account.pk
        if here and counts and holds_on(role.since, role.until, role.account.today()):
            held[role.letter] = held.get(role.letter, False) or role.is_primary
    return tuple((letter, held[letter]) for letter in "ADSEI" if letter in held)


def care_dates(person: Stakeholder, today: date) -> list[dict[str, Any]]:
    """Care dates with the day they come round next, the nearest first."""
    rows = [{"care": row, "next_on": row.next_on(today)} for row in person.care_dates.all()]
    return sorted(rows, key=lambda row: row["next_on"] or date.max)


def reporting_line(post: Position | None) -> dict[str, Any] | None:
    """Who stands above this post, and who below, by seats: a vacant one keeps its place."""
    if post is None:
        return None
    line = Position.objects.present().filter(account_id=post.account_id)
    seat = line.filter(pk__in=seats_before(post))
    reports = line.filter(reports_to__in=[post.pk, *seat.values_list("pk", flat=True)], succeeded_by=None)
    reports = (
        reports.filter(stakeholder__removed_at=None)
        .select_related("stakeholder")
        .order_by("stakeholder__sort_key", "id")
    )
    below = [row for row in reports[: REPORTS_SHOWN + 1] if row.pk != post.pk]
    return {"boss": boss_of(post), "below": below[:REPORTS_SHOWN], "more": len(below) > REPORTS_SHOWN}


def seats_before(post: Position) -> list:
    """Earlier posts of the same seat: their reports are this post's."""
    earlier, wave = [], [post.pk]
    while wave:
        wave = list(
            Position.objects.present()
            .filter(succeeded_by__in=wave)
            .exclude(pk__in=earlier)
            .values_list("pk", flat=True)
        )
        earlier += wave
    return earlier


def boss_of(post: Position) -> Position | None:
    """Who sits now in the seat this post reports to."""
    seen, boss = set(), post.reports_to
    while boss is not None and boss.succeeded_by_id and boss.pk not in seen:
        seen.add(boss.pk)
        boss = Position.objects.select_related("stakeholder").filter(pk=boss.succeeded_by_id).first()
    return boss


def profile(person: Stakeholder) -> list[tuple[Any, str]]:
    """What is known of them; what is not is left out."""
    fields = [person._meta.get_field(name) for name in Stakeholder.PROFILE if name != "social_style"]
    told = [(field.verbose_name, getattr(person, field.name)) for field in fields]
    if person.social_style:
        told.insert(0, (_("social style"), person.get_social_style_display()))
    return [(name[:1].upper() + name[1:], value) for name, value in told if value]


__all__ = ["KeyStatus", "Seen", "context", "seen_by"]
