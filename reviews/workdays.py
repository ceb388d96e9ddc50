"""Working days: the Chinese calendar of holidays and make-up days, with this installation's own exceptions.

Digests alone need them now, and alerts that count working days later; both live in this app, so the exceptions do too.
"""

from datetime import date

import chinese_calendar

from reviews.models.workday import DayException

MONDAY_TO_FRIDAY = 5


def is_workday(day: date) -> bool:
    """Whether we work on `day`; an exception of an administrator wins."""
    exception = DayException.objects.present().filter(day=day).first()
    return exception.is_workday if exception else is_usual_workday(day)


def is_usual_workday(day: date) -> bool:
    """What the calendar says; of years it does not know yet, Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= MONDAY_TO_FRIDAY
