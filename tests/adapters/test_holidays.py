"""Morocco's days without work, as working days are counted."""

from datetime import date

import holidays

from inspect_app.adapters.holidays import moroccan_holidays


def test_the_calendar_is_the_librarys_own() -> None:
    assert moroccan_holidays(2025, 2027) == frozenset(holidays.country_holidays("MA", years=range(2025, 2028)))


def test_a_national_feast_is_no_working_day() -> None:
    assert date(2026, 7, 30) in moroccan_holidays(2026, 2026)
    assert date(2026, 7, 29) not in moroccan_holidays(2026, 2026)
