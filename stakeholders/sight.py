"""What a reader sees of people: through their own account, or through a post held now at an account in sight."""

from collections.abc import Collection
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.calendar import Days, days_for, days_in, on_each_day
from accounts.models import Account
from stakeholders.in_force import in_force, lasting_on
from stakeholders.models import DecisionRole, Position, SearchEntry, Stakeholder
from users.models import User

FEW = 100  # accounts
# A role in a closed opportunity counts no more.
COUNTS = Q(opportunity=None) | Q(opportunity__outcome="", opportunity__removed_at=None)


class Sight:
    """One reader's, for one page.

    Where the accounts are few they are asked for once and named by their ids: so PostgreSQL knows how many people it
    will find there, and neither goes through all by name to fill a page nor reads the whole table.
    """

    def __init__(self, reader: User) -> None:
        self.reader = reader

    @cached_property
    def few(self) -> dict[UUID, str] | None:
        """Each account's time zone, where there are few; None where there are many."""
        if self.reader.sees_everything or self.reader.led_team_ids:
            return None
        found = dict(Account.objects.visible_to(self.reader).values_list("pk", "time_zone")[: FEW + 1])
        return found if len(found) <= FEW else None

    @property
    def accounts(self) -> Collection[UUID] | QuerySet:
        """Whose records this reader sees: ids, or a question."""
        return Account.objects.visible_to(self.reader) if self.few is None else list(self.few)

    @property
    def days(self) -> Days:
        """Today where these accounts are."""
        return days_in(self.few.values(), timezone.now()) if self.few else days_for(self.reader)

    @property
    def homes(self) -> Q:
        """People whose own account is in sight."""
        return Q() if self.reader.sees_everything else Q(account__in=self.accounts)

    def people(self) -> QuerySet[Stakeholder]:
        if self.few is None:
            return Stakeholder.objects.visible_to(self.reader)
        if not self.few:
            return Stakeholder.objects.none()
        return Stakeholder.objects.present().employed_by(self.accounts, self.days, are_few=True)

    def posts(self) -> QuerySet[Position]:
        """Posts in force on the account's own day."""
        return self.here(Position.objects.present()).filter(on_each_day(self.days, in_force))

    def roles(self) -> QuerySet[DecisionRole]:
        """Roles in force on the account's own day."""
        return self.here(DecisionRole.objects.present()).filter(COUNTS, on_each_day(self.days, in_force))

    def entries(self) -> QuerySet[SearchEntry]:
        """What a search looks people up in."""
        return self.here(SearchEntry.objects.filter(on_each_day(self.days, lasting_on)))

    def here(self, rows: QuerySet) -> QuerySet:
        """Those of accounts in sight."""
        return rows if self.reader.sees_everything else rows.filter(account__in=self.accounts)
