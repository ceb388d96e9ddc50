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
from reviews.alert_rules import INTERACTIONS, LINES, PEOPLE, Matter, Opening, accounts_in
from reviews.models import Alert
from stakeholders.models import Stakeholder

CHUNK = 5_000
Within = Callable[[str], Q]


def run(now: datetime, *, chunk: int = CHUNK, before_each_chunk: Callable[[], object] = lambda: None) -> Counter[str]:
    """Bring every alert up to date, each chunk in a transaction of its own; how many opened, closed, were told."""
    board = Board(days_now(now), ContactRules.load(), timezone.localdate(now))
    counts: Counter[str] = Counter(opened=0, closed=0, told=0)
    for matter, within in stages(board, chunk):
        with transaction.atomic():
            before_each_chunk()
            counts.update(board.settle(matter, within))
    counts["told"] += notices.escalate(board.days, chunk=chunk, before_each_chunk=before_each_chunk)
    return counts


def open_for(person: Stakeholder, now: datetime | None = None) -> QuerySet:
    """Bring one person's alerts up to date, and the line to put off, for somebody who cannot wait for the night;
    what holds then."""
    now = now or timezone.now()
    board = Board(days_now(now), ContactRules.load(), timezone.localdate(now))
    with transaction.atomic():
        board.settle(PEOPLE, lambda column: Q(**{column: person.pk}), with_lines=True)
    return Alert.objects.holding(board.days, board.policy).filter(stakeholder=person)


def stages(board: "Board", chunk: int) -> Iterator[tuple[Matter, Within]]:
    """What to settle, and the stretch of subjects to settle it for; together they cover every subject, and the chunks
    count those whose day has come or who have an alert."""
    first, last = min(board.days), max(board.days)
    minded, standing = ContactState.objects.filter(raises_alerts=True), Alert.objects.open()
    people = (
        (minded.filter(stale_on__lte=last), "stakeholder_id"),
        (minded.filter(too_often_until__gte=first), "stakeholder_id"),
        (standing.filter(stakeholder__isnull=False), "stakeholder_id"),
    )
    visits = (
        (Interaction.objects.unanswered(last), "pk"),
        (standing.filter(interaction__isnull=False), "interaction_id"),
    )
    for matter, named in ((PEOPLE, people), (INTERACTIONS, visits)):
        for within in spans(named, chunk):
            yield matter, within


def spans(named: Sequence[tuple[QuerySet, str]], chunk: int) -> Iterator[Within]:
    """The ids that these columns name from the lowest to the highest, in stretches of so many; the last has no end."""
    after: UUID | None = None
    while True:
        ids = [rows.filter(span(after, None)(column)).values_list(column) for rows, column in named]
        behind = ids[0].union(*ids[1:]).order_by(named[0][1])
        upto = next(iter(behind[chunk - 1 : chunk]), (None,))[0]
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

    def settle(self, matter: Matter, within: Within, *, with_lines: bool = False) -> Counter[str]:
        """Close what no longer holds, then open what holds: whoever moved to another account changes alerts at once."""
        here = within(matter.subject)
        closed, opened = self.close_forgotten(here), 0
        for day, zones in self.days.items():
            closed += self.close(matter, day, zones, here)
        openings = [each for each in matter.openings if with_lines or not set(each.kinds) & set(LINES)]
        for day, zones in self.days.items():
            opened += sum(self.open(matter, each, day, zones, within) for each in openings)
        if opened:
            fresh = Alert.objects.open().filter(here, ~told_of())
            record_set(fresh, by=None, because="alert_opened", type="+")
        told = notices.tell_owners(Alert.objects.open().heard_of().filter(here))
        return Counter(opened=opened, closed=closed, told=told)

    def open(self, matter: Matter, opening: Opening, day: date, zones: list[str], within: Within) -> int:
        """One statement: an alert for every subject that the rows name and that has none of its kind open."""
        known = Alert.objects.open().filter(kind=OuterRef("becomes"), **{matter.subject: OuterRef(matter.key)})
        rows = opening.rows(day, self.policy).filter(within(matter.key), account__in=accounts_in(zones))
        return insert_found(
            Alert, rows.annotate(becomes=opening.kind(day)).filter(~Exists(known)), id=NewId(), kind=F("becomes"),
            account=F("account_id"), opened_on=Value(day), reason=Value(""), **{matter.subject: F(matter.key)},
        )  # fmt: skip

    def close(self, matter: Matter, day: date, zones: list[str], within: Q) -> int:
        """One statement: the open alerts whose rule has stopped."""
        kinds = [rule.kind for rule in matter.rules]
        stopped = Alert.objects.open().filter(within, ~matter.hold(day, self.policy), kind__in=kinds)
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
