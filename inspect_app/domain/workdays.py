"""Working days in Morocco: Monday to Friday without public holidays, which are given."""

from collections.abc import Container
from datetime import date, timedelta

_SATURDAY = 5


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Whether offices are open."""
    return day.weekday() < _SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: Container[date]) -> date:
    """The day on which a delay of ``days`` working days ends; the day of the start does not count.

    With 0 it is the start itself. Raises ValueError for a negative number.
    """
    if days < 0:
        raise ValueError("a delay is not negative")
    day = start
    while days:
        day += timedelta(days=1)
        if is_working_day(day, holidays):
            days -= 1
    return day
