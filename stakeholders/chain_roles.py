"""The roles of a chain as they stand in the database, and the seats they make (rule 4.1)."""

from collections.abc import Iterable
from datetime import date

from accounts.models import Account, Opportunity
from stakeholders import chain
from stakeholders.models import DecisionRole


def roles_of(account: Account, opportunity: Opportunity | None, day: date) -> list[DecisionRole]:
    """Roles in force that day by names, of the standing chain and of this opportunity."""
    rows = DecisionRole.objects.present().on(day).filter(account=account, stakeholder__removed_at=None)
    standing = rows.standing()
    chosen = standing | rows.filter(opportunity=opportunity) if opportunity else standing
    return list(chosen.select_related("stakeholder").order_by("-is_primary", "stakeholder__sort_key", "pk"))


def seats_of(roles: Iterable[DecisionRole], opportunity: Opportunity | None) -> tuple[chain.Seat, ...]:
    """The five seats they make, of that opportunity or of the standing chain."""
    facts = (
        chain.Held(row.pk, row.stakeholder_id, row.letter, row.power, row.is_primary, row.opportunity_id)
        for row in roles
    )
    return chain.seats(facts, opportunity.pk if opportunity else None)
