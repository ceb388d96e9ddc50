"""Days as a person says them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

DAYS_OF_MONTH, DAYS_OF_YEAR = 30, 365
SAID_IN_DAYS, SAID_IN_MONTHS = 45, 540
# Named for our own catalogue, which says them shorter than the framework's where a language can.
SHORT_WEEKDAYS = (
    gettext_noop("Mon"), gettext_noop("Tue"), gettext_noop("Wed"), gettext_noop("Thu"),
    gettext_noop("Fri"), gettext_noop("Sat"), gettext_noop("Sun"),
)  # fmt: skip


def gap_in_words(day: date, today: date) -> str:
    """How far a day is away: “today”, “in 3 days”, “2 months ago”."""
    gap = (day - today).days
    near = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    return near.get(gap) or (ahead(gap) if gap > 0 else behind(-gap))


def ahead(days: int) -> str:
    if days <= SAID_IN_DAYS:
        return ngettext("in %d day", "in %d days", days) % days
    if days <= SAID_IN_MONTHS:
        return ngettext("in %d month", "in %d months", months(days)) % months(days)
    return ngettext("in %d year", "in %d years", years(days)) % years(days)


def behind(days: int) -> str:
    if days <= SAID_IN_DAYS:
        return ngettext("%d day ago", "%d days ago", days) % days
    if days <= SAID_IN_MONTHS:
        return ngettext("%d month ago", "%d months ago", months(days)) % months(days)
    return ngettext("%d year ago", "%d years ago", years(days)) % years(days)


def months(days: int) -> int:
    return round(days / DAYS_OF_MONTH)


def years(days: int) -> int:
    return round(days / DAYS_OF_YEAR)


def full_day(day: date) -> str:
    """A day with its year."""
    return formats.date_format(day, pgettext("format of a day in another year", "j M Y"))


def moment_in_words(moment: datetime, today: date) -> str:
    """A day and the time on the clock; the moment is local already."""
    told = {"day": day_in_words(moment.date(), today), "clock": formats.date_format(moment, "H:i")}
    return pgettext("day and time", "%(day)s, %(clock)s") % told


def day_in_words(day: date, today: date) -> str:
    """A day with its weekday while it is near, with its year when the year is another."""
    if day.year != today.year and abs((day - today).days) > DAYS_OF_MONTH:
        return full_day(day)
    return formats.date_format(day, pgettext("format of a day in this year", "D j M"))


def begin_of(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins where the reader is."""
    return datetime.combine(day, time.min, tzinfo=zone)
