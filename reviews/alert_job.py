"""The alert job: opens and closes alerts by sets, so that they are what the rules say (domain 5).

It reads what stands and writes only what differs. Running it twice, late, by two beats or again after a worker was
killed ends in the same alerts, once each; a second run of the same day writes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from accounts.calendar import Days, days_now
from accounts.models import Account
from records.history import history_model, record_set
from records.new_rows import NewId, insert_found
from relationships.models import ContactRules, ContactState, Interaction
from reviews import notices
from reviews.alert_rules import LINES, OF_INTERACTIONS, OF_PEOPLE, Rule, accounts_in
from reviews.models import Alert
from stakeholders.models import Stakeholder

CHUNK = 5_000
Within = Callable[[str], Q]


def run(now: datetime, *, chunk: int = CHUNK, before_each_chunk: Callable[[], object] = lambda: None) -> Counter[str]:
    """Bring every alert up to date, each chunk in a transaction of its own; how many opened, closed, were told."""
    board = Board(days_now(now), ContactRules.load(), timezone.localdate(now))
    counts: Counter[str] = Counter(opened=0, closed=0, told=0)
    for rules, within in stages(board, chunk):
        with transaction.atomic():
            before_each_chunk()
            counts.update(board.settle(rules, within))
    counts["told"] += notices.escalate(board.days, chunk=chunk, before_each_chunk=before_each_chunk)
    return counts


def open_for(person: Stakeholder, now: datetime | None = None) -> QuerySet:
    """Bring one person's alerts up to date, and the line to put off, for somebody who cannot wait for the night;
    what holds then."""
    now = now or timezone.now()
    board = Board(days_now(now), ContactRules.load(), timezone.localdate(now))
    with transaction.atomic():
        board.settle(OF_PEOPLE, lambda column: Q(**{column: person.pk}), with_lines=True)
    return Alert.objects.holding(board.days, board.policy).filter(stakeholder=person)


def stages(board: "Board", chunk: int) -> Iterator[tuple[Sequence[Rule], Within]]:
    """The rules to settle and the stretch of subjects to settle them for; together they cover every subject."""
    for within in spans(ContactState.objects.all(), "stakeholder_id", chunk):
        yield OF_PEOPLE, within
    for within in spans(Interaction.objects.unanswered(max(board.days)), "pk", chunk):
        yield OF_INTERACTIONS, within


def spans(rows: QuerySet, column: str, chunk: int) -> Iterator[Within]:
    """The ids from the lowest to the highest in stretches of so many rows; the last has no end."""
    after: UUID | None = None
    ids = rows.order_by(column).values_list(column, flat=True)
    while True:
        behind = ids.filter(**{f"{column}__gt": after}) if after else ids
        upto = next(iter(behind[chunk - 1 : chunk]), None)
        yield span(after, upto)
        if upto is None:
            return
        after = upto


def span(after: UUID | None, upto: UUID | None) -> Within:
    """The condition on a column of ids: behind one and up to another."""

    def within(column: str) -> Q:
        start = Q(**{f"{column}__gt": after}) if after else Q()
        return start & (Q(**{f"{column}__lte": upto}) if upto else Q(**{f"{column}__isnull": False}))

    return within


@dataclass(frozen=True)
class Board:
    """The days and the policy one run reads, and what it does for a stretch of subjects."""

    days: Days
    policy: ContactRules
    today: date

    def settle(self, rules: Sequence[Rule], within: Within, *, with_lines: bool = False) -> Counter[str]:
        """Close what no longer holds, then open what holds: whoever moved to another account changes alerts at once."""
        subject = rules[0].subject
        closed = self.close_forgotten(within(subject))
        for day, zones in self.days.items():
            closed += sum(self.close(rule, day, zones, within(rule.subject)) for rule in rules)
        opened = 0
        for day, zones in self.days.items():
            opened += sum(self.open(rule, day, zones, within) for rule in rules if with_lines or rule.kind not in LINES)
        told = notices.tell_owners(Alert.objects.open().heard_of().filter(within(subject)))
        return Counter(opened=opened, closed=closed, told=told)

    def open(self, rule: Rule, day: date, zones: list[str], within: Within) -> int:
        """One statement: an alert for every subject the rule holds for and that has none open."""
        known = Alert.objects.open().filter(kind=rule.kind, **{rule.subject: OuterRef(rule.key)})
        found = rule.rows(day, self.policy).filter(~Exists(known), within(rule.key), account__in=accounts_in(zones))
        opened = insert_found(
            Alert, found, id=NewId(), kind=Value(rule.kind.value), account=F("account_id"), opened_on=Value(day),
            reason=Value(""), **{rule.subject: F(rule.key)},
        )  # fmt: skip
        if opened:
            fresh = Alert.objects.open().filter(within(rule.subject), kind=rule.kind)
            record_set(fresh.filter(~told_of()), by=None, because="alert_opened", type="+")
        return opened

    def close(self, rule: Rule, day: date, zones: list[str], within: Q) -> int:
        """One statement: the open alerts whose rule has stopped."""
        stopped = Alert.objects.open().filter(within, ~rule.holds(day, self.policy), kind=rule.kind)
        return shut_down(stopped.filter(account__in=accounts_in(zones)), day, within)

    def close_forgotten(self, within: Q) -> int:
        """The open alerts of accounts that no longer count (rule 4.0)."""
        counting = Account.objects.present().active()
        return shut_down(Alert.objects.open().filter(within).exclude(account__in=counting), self.today, within)


def shut_down(stopped: QuerySet, day: date, within: Q) -> int:
    """Close these, with their history."""
    closed = stopped.update(closed_on=day)
    if closed:
        done = Alert.objects.filter(within, ~told_of(closed_on__isnull=False), closed_on=day)
        record_set(done, by=None, because="alert_closed")
    return closed


def told_of(**values: object) -> Exists:
    """Whether an alert's history says so already; that, and no mark on the row, tells which rows a statement wrote."""
    return Exists(history_model(Alert).objects.filter(id=OuterRef("pk"), **values))
