"""Who hears of an alert: the account's first responsible at once, the manager above after some days (domain 5).

A row per alert and user makes sure that nobody hears the same thing twice; the digest sends what waits there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Now

from accounts.calendar import Days
from records.new_rows import NewId, insert_found
from reviews.models.alert import Alert
from reviews.models.notification import AlertPolicy, Notification
from users.models import Team, ancestors, team_parents


def tell_owners(alerts: QuerySet) -> int:
    """Put these alerts on the list of whoever is first responsible now; one statement, only what is new."""
    known = Notification.objects.filter(alert=OuterRef("pk"), user=OuterRef("account__owner"))
    untold = alerts.filter(~Exists(known), account__owner__is_active=True, account__owner__removed_at=None)
    return insert_found(Notification, untold, id=NewId(), alert=F("pk"), user=F("account__owner_id"), created_at=Now())


def escalate(days: Days, *, chunk: int, before_each_chunk: Callable[[], object] = lambda: None) -> int:
    """Put alerts open for longer than the policy says on the list of the manager above; how many."""
    told = 0
    for manager, accounts in managers_of(overdue(days)).items():
        rows = overdue(days).filter(account__in=accounts).filter(~Exists(heard(manager)))
        while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:chunk]):
            with transaction.atomic():
                before_each_chunk()
                told += tell(manager, Alert.objects.filter(pk__in=batch))
    return told


def overdue(days: Days) -> QuerySet:
    """Alerts that have stood open for longer than the policy says, and were not dismissed."""
    patience = timedelta(days=AlertPolicy.load().escalate_after_days)
    late = Q(pk__in=[])
    for day, zones in days.items():
        late |= Q(account__time_zone__in=zones, opened_on__lt=day - patience)
    return Alert.objects.open().heard_of().filter(late, dismissed_on=None)


def heard(user: UUID) -> QuerySet:
    return Notification.objects.filter(alert=OuterRef("pk"), user=user)


def tell(user: UUID, alerts: QuerySet) -> int:
    """Put these alerts on a user's list."""
    return insert_found(Notification, alerts, id=NewId(), alert=F("pk"), user=Value(user), created_at=Now())


def managers_of(alerts: QuerySet) -> dict[UUID, list[UUID]]:
    """The manager above each account of these alerts, with the accounts."""
    leads, parents = active_leads(), team_parents()
    accounts = alerts.order_by().values_list("account_id", "account__team_id", "account__owner_id").distinct()
    found = defaultdict(list)
    for account, team, owner in accounts:
        if manager := nearest_lead(ancestors(team, parents), leads, owner):
            found[manager].append(account)
    return dict(found)


def active_leads() -> dict[UUID, UUID]:
    """Team → who leads it, where somebody does."""
    leads = Team.objects.present().filter(lead__is_active=True, lead__removed_at=None)
    return dict(leads.values_list("pk", "lead_id"))


def nearest_lead(teams: Iterable[UUID], leads: dict[UUID, UUID], owner: UUID) -> UUID | None:
    """The first lead on the way up who is not the first responsible: nobody is their own manager."""
    return next((leads[team] for team in teams if leads.get(team) not in (None, owner)), None)
