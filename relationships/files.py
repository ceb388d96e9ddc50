"""What a file tells of interactions, so that it finds each of them when it comes in again."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.files import Cells, account_texts
from records.lists import Filing, Told
from relationships.intake.visit_rows import parted
from relationships.models import Colleague, Interaction, Participant
from stakeholders.files import person_texts
from users.directory import sure_names
from users.models import User

COLUMNS = (
    "account", "people", "author", "colleagues", "favour_asked", "asked_by_them", "is_answered", "called_off_by",
    "external_id",
)  # fmt: skip


def interaction_cells(user: User, names: Collection[str]) -> Cells:
    ours = sure_names(User.objects.all())

    def cells(rows: list[Told]) -> list[dict[str, Any]]:
        visits = Interaction.objects.in_bulk([row["id"] for row in rows])
        accounts = account_texts(user, ((row["account_id"], row["account__name"]) for row in rows))
        people, colleagues = people_of(visits), colleagues_of(visits, ours)
        return [
            {
                "account": accounts[visit.account_id],
                "people": people[visit.pk],
                "author": ours[visit.author_id],
                "colleagues": colleagues[visit.pk],
                "favour_asked": "" if visit.favour_asked is None else yes_or_no(visit.favour_asked),
                "asked_by_them": visit.initiative == Interaction.Side.THEIRS,
                "is_answered": visit.is_answered,
                "called_off_by": visit.get_called_off_by_display(),
                "external_id": str(visit.pk),
            }
            for row in rows
            if (visit := visits[row["id"]])
        ]

    return cells


def yes_or_no(answer: bool) -> str:
    """Where no answer is a third one."""
    return _("yes") if answer else _("no")


def people_of(visits: dict[UUID, Interaction]) -> dict[UUID, list[str]]:
    """Who of theirs took part, in their order; a name that reads as several is told by its key."""
    there = Participant.objects.filter(interaction__in=visits, stakeholder__removed_at=None).order_by("id")
    rows: Sequence[Any] = there.values_list("interaction_id", "stakeholder_id", "stakeholder__name")
    texts = person_texts((visits[visit].account_id, person, name) for visit, person, name in rows)
    found = defaultdict(list)
    for visit, person, _name in rows:
        text = texts[visits[visit].account_id, person]
        found[visit].append(text if len(parted(text)) == 1 else str(person))
    return found


def colleagues_of(visits: dict[UUID, Interaction], ours: dict[Any, str]) -> dict[UUID, list[str]]:
    """Who of ours was there beside the author."""
    found = defaultdict(list)
    there = Colleague.objects.filter(interaction__in=visits).order_by("id")
    for visit, user in there.values_list("interaction_id", "user_id"):
        if user != visits[visit].author_id:
            found[visit].append(ours[user])
    return found


INTERACTION_FILES = Filing(COLUMNS, interaction_cells, everywhere=("author",), only=~Q(state=Interaction.State.PLANNED))
