"""Why a person's gap is what it is, and who was in contact last: the sentences behind a contact state (rule 4.6)."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Account
from relationships.models import ContactRules, ContactState, Interaction
from stakeholders.models import DecisionRole, Stakeholder
from users.models import User


@dataclass(frozen=True)
class Reasons:
    """What the gap and the ceiling follow from; nothing is told where part of it is out of the reader's sight."""

    gap: int
    ceiling: int
    window_days: int
    is_told: bool
    roles: tuple[str, ...]
    tier: str
    own_gap: bool
    own_ceiling: bool


def reasons(person: Stakeholder, row: ContactState, today: date, reader: User) -> Reasons:
    """The roles that count today, the account's tier, and what was set for this person alone."""
    rules = ContactRules.load()
    roles = roles_that_count(person, today, rules.role_tail_days) if row.has_role else []
    places = {person.account_id, *(role.account_id for role in roles)}
    return Reasons(
        row.gap,
        row.ceiling,
        rules.window_days,
        Account.objects.visible_to(reader).filter(pk__in=places).count() == len(places),
        tuple({role.letter: role.get_letter_display() for role in roles}.values()),
        person.account.get_tier_display(),
        person.gap_override is not None,
        person.ceiling_override is not None,
    )


def roles_that_count(person: Stakeholder, today: date, tail_days: int) -> list[DecisionRole]:
    """Those in force, and those whose opportunity closed not long ago, in the order of the chain."""
    held = DecisionRole.objects.present().filter(stakeholder=person, account__status="active", since__lte=today)
    counting = []
    for role in held.select_related("opportunity"):
        closed_on = role.opportunity.closed_on if role.opportunity else None
        lasts = role.until is None or role.until > today or (closed_on and role.until >= closed_on)
        if lasts and (closed_on is None or today <= closed_on + timedelta(days=tail_days)):
            counting.append(role)
    return sorted(counting, key=lambda role: "ADESI".index(role.letter))


def last_contact(person: Stakeholder, row: ContactState, user: User) -> Interaction | None:
    """The interaction of the last day in contact, as far as this user may see it."""
    that_day = Interaction.objects.visible_to(user).done().with_person(person).filter(held_on=row.last_contact_on)
    counted = that_day.exclude(activity_type__counts="never").select_related("activity_type", "account", "author")
    return counted.order_by("-id").first()
