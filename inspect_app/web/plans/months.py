"""A month as a calendar shows it: weeks from Monday to Sunday, each day with the deadlines on it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names

from inspect_app.queries.plans import Shown
from inspect_app.web.languages import choose


@dataclass(frozen=True)
class Day:
    """A day of the grid; ``inside``: of this month."""

    on: date
    inside: bool
    actions: tuple[Shown, ...]


@dataclass(frozen=True)
class Month:
    """A month, its neighbours as they stand in addresses, and the names of the days of a week."""

    first: date
    before: str
    after: str
    names: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]


def month_of(asked: str, today: date, actions: Sequence[Shown]) -> Month:
    """The month of an address (``2026-11``); else that of the next deadline, else this one."""
    first = _first(asked, today, actions)
    by_day: dict[date, list[Shown]] = {}
    for one in actions:
        by_day.setdefault(one.action.due_on, []).append(one)
    weeks = tuple(
        tuple(Day(day, day.month == first.month, tuple(by_day.get(day, ()))) for day in week)
        for week in calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)
    )
    names = get_day_names("abbreviated", locale=choose())
    before, after = date.fromordinal(first.toordinal() - 1), date.fromordinal(first.toordinal() + 31)
    return Month(first, f"{before:%Y-%m}", f"{after:%Y-%m}", tuple(names[n] for n in range(7)), weeks)


def _first(asked: str, today: date, actions: Sequence[Shown]) -> date:
    try:
        found = date.fromisoformat(f"{asked}-01")
        if 2000 <= found.year <= 2100:
            return found
    except ValueError:
        pass
    ahead = [a.action.due_on for a in actions if a.action.due_on >= today]
    return min(ahead, default=today).replace(day=1)
