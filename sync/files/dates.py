"""Days and moments in cells, in the ways people and programs write them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

from django.utils.translation import gettext as _

from sync.files.values import BadCell, shown

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
NAME_OF_MONTH = "(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?"
YEAR_FIRST = re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?")
EIGHT_DIGITS = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
YEAR_LAST = re.compile(r"(?P<one>\d{1,2})\s*(?P<sign>[-/.])\s*(?P<two>\d{1,2})\s*(?P=sign)\s*(?P<y>\d{4})")
NAMED = (
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*{NAME_OF_MONTH}[\s,-]*(?P<y>\d{{4}})"),
    re.compile(rf"{NAME_OF_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"),
)
WITHOUT_CENTURY = re.compile(r"\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?")
CLOCK = re.compile(
    r"(?P<h>\d{1,2})[:时点](?P<min>\d{2})分?(?::?(?P<s>\d{2})(?:\.\d+)?秒?)?\s*(?P<half>am|pm)?\s*"
    r"(?P<zone>z|utc|[+-]\d{2}:?\d{2})?"
)
NO_DAY = frozenset(("", "0/0/00", "0/0/0000", "0000-00-00", "-"))  # how programs write that there is none
EPOCH = datetime(1899, 12, 30)  # day 0 of a spreadsheet, after its 29 February 1900
LAST_SERIAL = 2_958_465


def read_date(cell: object, order: str = "") -> date | None:
    """The day in a cell; `order` says how to take 3/4/2026, which is refused without it. None for an empty cell."""
    moment = read_moment(cell, order)
    return moment.date() if isinstance(moment, datetime) else moment


def read_moment(cell: object, order: str = "") -> date | datetime | None:
    """The day in a cell, with its time where one is given."""
    if cell is None or isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return moment_of_number(cell)
    text = unicodedata.normalize("NFKC", str(cell)).casefold().strip()
    return None if text in NO_DAY else moment_of_text(text, order, cell)


def moment_of_number(number: int | float) -> date | datetime:
    """A spreadsheet's count of days, or a day in eight digits."""
    if match := EIGHT_DIGITS.fullmatch(f"{number:.0f}"):
        return day_of(match["y"], match["m"], match["d"], f"{number:.0f}")
    if not 1 <= number <= LAST_SERIAL:
        raise no_date(number)
    return of_serial(number)


def of_serial(number: int | float) -> date | datetime:
    """Day 1 is 1 January 1900; a fraction is the time of day, to the second."""
    moment = EPOCH + timedelta(days=number if number >= 60 else number + 1)
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return moment.date() if moment.time() == time() else moment


def moment_of_text(text: str, order: str, cell: object) -> date | datetime:
    for pattern in (YEAR_FIRST, EIGHT_DIGITS, *NAMED, YEAR_LAST):
        if match := pattern.match(text):
            rest = text[match.end() :].lstrip(" t,")
            day = day_of_match(match, order, cell)
            return at_clock(day, rest, cell) if rest else day
    if WITHOUT_CENTURY.fullmatch(text):
        raise BadCell(_("“%(cell)s”: write the year with four digits.") % {"cell": shown(cell)})
    raise no_date(cell)


def day_of_match(match: re.Match[str], order: str, cell: object) -> date:
    parts = match.groupdict()
    if parts.get("name"):
        return day_of(parts["y"], str(MONTHS.index(parts["name"][:3]) + 1), parts["d"], cell)
    if "one" not in parts:
        return day_of(parts["y"], parts["m"], parts["d"], cell)
    order = order_of(match) or order
    if not order:
        raise BadCell(
            _("“%(cell)s” can be read in two ways. Say whether day or month comes first.") % {"cell": shown(cell)}
        )
    day, month = (parts["one"], parts["two"]) if order == DAY_FIRST else (parts["two"], parts["one"])
    return day_of(parts["y"], month, day, cell)


def order_of(match: re.Match[str]) -> str:
    """Which of two numbers before the year is the day, where that is certain; "" where it is not."""
    one, two = int(match["one"]), int(match["two"])
    if match["sign"] == "." or one > 12 or one == two:
        return DAY_FIRST
    return MONTH_FIRST if two > 12 else ""


def usual_order(cells: Iterable[object]) -> str:
    """How a column writes its days, told by those that leave no doubt; "" if none or they contradict each other."""
    matches = (YEAR_LAST.match(cell.strip()) for cell in cells if isinstance(cell, str))
    orders = {order_of(match) for match in matches if match and match["one"] != match["two"]} - {""}
    return orders.pop() if len(orders) == 1 else ""


def day_of(year: str, month: str, day: str, cell: object) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise BadCell(_("“%(cell)s” is no day of the calendar.") % {"cell": shown(cell)}) from None


def at_clock(day: date, text: str, cell: object) -> datetime:
    match = CLOCK.fullmatch(text)
    if not match:
        raise no_date(cell)
    hour = int(match["h"])
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"] == "pm") if 1 <= hour <= 12 else 99
    try:
        clock = time(hour, int(match["min"]), int(match["s"] or 0), tzinfo=zone_of(match["zone"]))
    except ValueError:
        raise BadCell(_("“%(cell)s” has no time of day that exists.") % {"cell": shown(cell)}) from None
    return datetime.combine(day, clock)


def zone_of(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in ("z", "utc"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def no_date(cell: object) -> BadCell:
    return BadCell(_("“%(cell)s” is not a date. Write it like 2026-02-28.") % {"cell": shown(cell)})
