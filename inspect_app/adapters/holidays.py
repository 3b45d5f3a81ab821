"""Moroccan public holidays, from the ``holidays`` library (religious dates are estimates until announced)."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=16)
def moroccan_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """The public holidays of the years, both included."""
    return frozenset(holidays.country_holidays("MA", years=range(first_year, last_year + 1)))
