"""Moroccan public holidays, from the ``holidays`` library (religious dates are estimates until announced)."""

from datetime import date
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import holidays


@lru_cache(maxsize=16)
def moroccan_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """The public holidays of the years, both included."""
    return frozenset(_morocco()(years=range(first_year, last_year + 1)))


@lru_cache(maxsize=1)
def _morocco() -> Any:
    """Morocco's calendar alone: by its name the library loads 250 countries, 8 MB in every server process."""
    path = Path(holidays.__file__).parent / "countries" / "morocco.py"
    spec = spec_from_file_location("holidays_of_morocco", path)
    if spec is None or spec.loader is None or not path.is_file():
        return lambda years: holidays.country_holidays("MA", years=years)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Morocco
