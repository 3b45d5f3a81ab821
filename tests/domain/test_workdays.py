"""Working days in Morocco."""

from datetime import date

import pytest

from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.adapters.rule_files import load_policy
from inspect_app.domain.workdays import add_working_days, is_working_day


def test_a_delay_of_ten_working_days_skips_two_weekends() -> None:
    assert add_working_days(date(2026, 2, 2), 10, frozenset()) == date(2026, 2, 16)


def test_the_day_of_the_green_march_and_independence_day_do_not_count() -> None:
    holidays = moroccan_holidays(2026, 2026)
    assert not is_working_day(date(2026, 11, 6), holidays)
    assert not is_working_day(date(2026, 11, 18), holidays)
    # from Monday 2 November 2026, the 6th being a holiday: 3 4 5 · 9 10 11 12 13 · 16 17
    assert add_working_days(date(2026, 11, 2), 10, holidays) == date(2026, 11, 17)


def test_a_delay_that_starts_on_a_saturday_starts_counting_on_monday() -> None:
    assert add_working_days(date(2026, 2, 7), 1, frozenset()) == date(2026, 2, 9)


def test_a_negative_delay_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 2, 7), -1, frozenset())


def test_the_director_has_ten_working_days_to_observe() -> None:
    clock = load_policy().clock("observations")
    assert (clock.days, clock.working, clock.source) == (10, True, None)
    assert clock.due(date(2026, 2, 2), frozenset()) == date(2026, 2, 16)
