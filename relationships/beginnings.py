"""When a contact begins: a day and a clock of its account, kept as a moment (rule 4.0)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HALF_A_YEAR = timedelta(days=182)


def moment_on(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The moment the zone's clock shows that time on that day: of two the first, None where the clocks skip it."""
    moment = datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, clock) else None


def clock_at(moment: datetime, zone: ZoneInfo) -> time:
    """What the zone's clock shows then, to the minute."""
    return moment.astimezone(zone).time().replace(second=0, microsecond=0)


def is_other_clock(one: ZoneInfo, other: ZoneInfo, now: datetime) -> bool:
    """Whether the clocks of two zones differ, now or in the other half of the year."""
    return any(
        moment.astimezone(one).utcoffset() != moment.astimezone(other).utcoffset()
        for moment in (now, now + HALF_A_YEAR)
    )
