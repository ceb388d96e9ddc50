"""The decision chain as a board: a column for each role, with who holds it, how we stand with them, and the gaps."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import seen_account, seen_opportunity
from accounts.models import Account, Opportunity
from relationships.models import ContactState
from relationships.views.contact import judged
from stakeholders import chain
from stakeholders.chain_roles import roles_of, seats_of
from stakeholders.models import DecisionRole, Stakeholder
from users.models import User

IN_A_COLUMN = 40
OPEN_AT_ONCE = 12


@require_safe
def account_chain(request: HttpRequest, pk: Any) -> HttpResponse:
    """The standing chain, and the way to that of each open opportunity."""
    account = seen_account(request, pk)
    opened = Opportunity.objects.open().filter(account=account).order_by("ends_on", "id")[:OPEN_AT_ONCE]
    context = board(account, None, request.user) | {"account": account, "opportunities": opened}
    return render(request, "relationships/chain.html", context)


@require_safe
def opportunity_chain(request: HttpRequest, pk: Any) -> HttpResponse:
    """An opportunity's own holders, the standing ones where a letter has none."""
    opportunity = seen_opportunity(request, pk)
    context = board(opportunity.account, opportunity, request.user) | {"opportunity": opportunity}
    return render(request, "relationships/opportunity_chain.html", context)


def board(account: Account, opportunity: Opportunity | None, reader: User) -> dict[str, Any]:
    """The five columns and what they come to."""
    today = account.today()
    rows = roles_of(account, opportunity, today)
    seats = seats_of(rows, opportunity)
    shown = shown_of(seats, rows)
    marks = marks_of({row.stakeholder_id for row in shown.values()}, today, reader)
    last = last_holders(account, opportunity, [seat.letter for seat in seats if seat.is_vacant])
    return {
        "columns": [column(seat, shown, marks, last.get(seat.letter)) for seat in seats],
        "held": chain.held(seats),
        "people": len(chain.voices(seats)),
        "missed": [DecisionRole.Letter(seat.letter).label for seat in seats if seat.is_missed],
        "may_fill": account.is_on_team(reader) and (opportunity is None or opportunity.is_open),
    }


def shown_of(seats: tuple[chain.Seat, ...], rows: list[DecisionRole]) -> dict[Any, DecisionRole]:
    """The roles the columns have room for, by key."""
    by_key = {row.pk: row for row in rows}
    return {role.key: by_key[role.key] for seat in seats for role in seat.holders[:IN_A_COLUMN]}


def marks_of(people: set, today: date, reader: User) -> dict[Any, dict[str, Any]]:
    """The clock of each, and whether their page is there for this reader: an outsider's may not be."""
    states = ContactState.objects.visible_to(reader).on(today).filter(stakeholder__in=people)
    clocks = {state.stakeholder_id: judged(state, today) for state in states}
    seen = set(Stakeholder.objects.visible_to(reader).filter(pk__in=people).values_list("pk", flat=True))
    return {person: {"clock": clocks.get(person), "is_seen": person in seen} for person in people}


def last_holders(account: Account, opportunity: Opportunity | None, letters: list[str]) -> dict[str, DecisionRole]:
    """Who held the vacant seats last (rule 4.19)."""
    ended = DecisionRole.objects.present().filter(account=account, letter__in=letters, until__isnull=False)
    rows = ended.filter(opportunity=opportunity).select_related("stakeholder").order_by("until", "pk")
    return {row.letter: row for row in rows.filter(stakeholder__removed_at=None)} if letters else {}


def column(seat: chain.Seat, shown: dict, marks: dict, last: DecisionRole | None) -> dict[str, Any]:
    """One role: its holders as cards, how many more there are, or who held it last."""
    rows = [shown[role.key] for role in seat.holders[:IN_A_COLUMN]]
    return {
        "seat": seat,
        "word": DecisionRole.Letter(seat.letter).label,
        "cards": [{"role": row, "person": row.stakeholder, **marks[row.stakeholder_id]} for row in rows],
        "more": max(len(seat.holders) - IN_A_COLUMN, 0),
        "last": last,
    }
