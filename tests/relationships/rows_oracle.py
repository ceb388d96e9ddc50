"""Rules 4.0, 4.2 and 4.6 told a second time over the raw rows, person by person and day by day, slowly."""

from datetime import date, timedelta

from relationships.models import CadencePolicy, ContactRules, Interaction, Participant
from stakeholders.models import DecisionRole, Influence, KeyPersonPolicy, Position
from tests.relationships import cadence_oracle as oracle


def holds(row, day: date) -> bool:
    """In force: since ≤ day, until empty or later."""
    return (row.since is None or row.since <= day) and (row.until is None or row.until > day)


def posts_held(person) -> list[Position]:
    """Every post in force where it stands."""
    posts = Position.objects.filter(stakeholder=person, removed_at=None)
    return [post for post in posts if holds(post, post.account.today())]


def has_left(person) -> bool:
    """Not one post is left."""
    return not posts_held(person)


def gone_on(person, account) -> date | None:
    """The first day without a post there, when there was one and none lasts."""
    ends = [post.until for post in Position.objects.filter(stakeholder=person, account=account, removed_at=None)]
    return max(ends) if ends and None not in ends else None


def expected_place(person) -> tuple:
    """Account, title and level by the primary post; whoever left keeps the last one, so nothing is said."""
    held = posts_held(person)
    primary = [post for post in held if post.is_primary]
    assert len(primary) <= 1, "only one post is primary"
    shown = primary[0] if primary else None
    return (shown.account_id, shown.title, shown.level) if shown else ()


def deciding_letters(person, account) -> set[str]:
    """A, D, E held in the standing chain or an open opportunity of the account."""
    roles = DecisionRole.objects.filter(stakeholder=person, account=account, removed_at=None, letter__in="ADE")
    day, gone = account.today(), gone_on(person, account)
    return {
        role.letter
        for role in roles
        if holds(role, day)
        and (role.opportunity is None or role.opportunity.outcome == "")
        and not (gone is not None and role.since <= gone <= day)
    }


def class_1_or_2(person, account) -> int:
    """By level or role at that account."""
    if person.removed_at or has_left(person):
        return 0
    if any(post.level == "executive" and post.account_id == account.pk for post in posts_held(person)):
        return 1
    return 2 if deciding_letters(person, account) else 0


def key_class(person) -> int:
    """Rule 4.2 at the person's own account."""
    account = person.account
    if person.removed_at or has_left(person):
        return 0
    if found := class_1_or_2(person, account):
        return found
    strong = KeyPersonPolicy.load().min_influence_strength
    for edge in Influence.objects.filter(source=person, removed_at=None, tone="positive", strength__gte=strong):
        if holds(edge, account.today()) and class_1_or_2(edge.target, account):
            return 3
    return 3 if person.is_rising else 0


def is_key(person) -> bool:
    """After the override."""
    if person.removed_at or has_left(person):
        return False
    return {"in": True, "out": False}.get(person.key_override, key_class(person) > 0)


def roles_of(person) -> list[oracle.Role]:
    """Every role at an account that counts."""
    roles = DecisionRole.objects.filter(stakeholder=person, removed_at=None, account__status="active")
    return [
        oracle.Role(
            role.letter, role.account.tier, role.since, role.until,
            role.opportunity.closed_on if role.opportunity else None, gone_on(person, role.account),
        )
        for role in roles
    ]  # fmt: skip


def contacts_of(person) -> tuple[list[date], list[date]]:
    """Days of contact, and those of them that we sought."""
    crowd = ContactRules.load().crowd
    contacts, sought = [], []
    for there in Participant.objects.filter(stakeholder=person).select_related("interaction__activity_type"):
        held = there.interaction
        if held.removed_at or held.state != Interaction.State.DONE:
            continue
        how = held.activity_type.counts
        if how == "never" or (how == "answered" and not held.is_answered):
            continue
        if held.participants.count() > crowd and not there.was_spoken_to:
            continue
        contacts.append(held.held_on)
        if held.initiative == "ours" and not held.is_service:
            sought.append(held.held_on)
    return contacts, sought


def counts_nowhere(person) -> bool:
    """Left, removed, or at an account that is not worked."""
    return bool(person.removed_at) or has_left(person) or person.account.status != "active"


class Told:
    """How one person reads on any day, told from the raw rows as they stand now."""

    def __init__(self, person) -> None:
        self.person, self.rules = person, ContactRules.load()
        self.cells = {(cell.letter, cell.tier): (cell.gap_days, cell.ceiling) for cell in CadencePolicy.objects.all()}
        self.contacts, self.sought = contacts_of(person)
        self.roles = roles_of(person)
        self.known_since = person.created_at.astimezone(person.account.zone).date()
        self.is_minded = is_key(person) or person.is_watched

    def on(self, day: date) -> dict:
        """Everything a page or an alert reads."""
        rules, tail = self.rules, self.rules.role_tail_days
        gap, ceiling = oracle.cadence(
            day, self.person.account.tier, self.roles, self.person.gap_override, self.person.ceiling_override,
            table=lambda letter, tier: self.cells[letter, tier], tail=tail,
        )  # fmt: skip
        has_role = any(role.counts(day, tail) for role in self.roles)
        percent, multiple = rules.due_percent, rules.lost_multiple
        return {
            "gap": gap,
            "ceiling": ceiling,
            "state": oracle.state(day, self.known_since, self.contacts, gap, percent, multiple),
            "too_often": oracle.is_too_often(day, self.sought, ceiling, rules.window_days),
            "has_role": has_role,
            "raises_alerts": has_role or self.is_minded,
            "last_contact_on": max(self.contacts, default=None),
        }


def stored_on(person, day: date) -> dict:
    """The same as it is stored."""
    (row,) = person.contact_states.on(day)
    return {
        "gap": row.gap,
        "ceiling": row.ceiling,
        "state": row.state(day),
        "too_often": row.too_often_until is not None and day <= row.too_often_until,
        "has_role": row.has_role,
        "raises_alerts": row.raises_alerts,
        "last_contact_on": row.last_contact_on,
    }


def probes(person) -> list[date]:
    """Days to look at: from today on, through every gap and tail there is."""
    return [person.account.today() + timedelta(days=ahead) for ahead in (0, 1, 7, 29, 31, 60, 95, 179, 181, 200, 400)]
