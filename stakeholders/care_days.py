"""Care dates in the calendar (domain 3): when the next one falls, by either calendar. Pure."""

from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate


def exists(month: int, day: int, is_lunar: bool) -> bool:
    """Whether any year has this day: lunar months end with 29 or 30, 29 February is a day."""
    if is_lunar:
        return 1 <= month <= 12 and 1 <= day <= 30
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def next_on(month: int, day: int, is_lunar: bool, today: date) -> date | None:
    """The next solar date on or after `today`; None beyond the years the lunar calendar is known for."""
    candidates = (in_year(month, day, is_lunar, year) for year in range(today.year - 1, today.year + 2))
    return min((found for found in candidates if found and found >= today), default=None)


def in_year(month: int, day: int, is_lunar: bool, year: int) -> date | None:
    """The solar date in `year`; a month too short for the day gives its last one (29 February, 30th lunar)."""
    return lunar_in_year(month, day, year) if is_lunar else solar_in_year(month, day, year)


def solar_in_year(month: int, day: int, year: int) -> date:
    """29 February is kept on the 28th where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def lunar_in_year(month: int, day: int, year: int) -> date | None:
    """The lunar day of that lunar year; the 29th stands for a 30th the month does not have."""
    for last in (day, day - 1):
        try:
            solar: date = LunarDate(year, month, last).to_solar_date()
            return solar
        except ValueError:
            continue
    return None


def falling_on(today: date) -> set[tuple[bool, int, int]]:
    """The (is_lunar, month, day) whose care day is `today`: the reverse of `in_year`, for a query by sets."""
    signs = {(False, today.month, today.day)}
    if (today.month, today.day) == (2, 28) and (today + timedelta(days=1)).month == 3:
        signs.add((False, 2, 29))
    try:
        lunar = LunarDate.from_solar(today)
    except ValueError:
        return signs
    if not lunar.leap:
        signs.add((True, lunar.month, lunar.day))
        if lunar.day == 29 and lunar_in_year(lunar.month, 30, lunar.year) == today:
            signs.add((True, lunar.month, 30))
    return signs
