"""Rules of an institution's particulars."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.domain.registry import defaults, faults, same_place, search_text

TODAY = date(2026, 6, 1)


def good(**changes: Any) -> dict[str, Any]:
    """Particulars without a fault."""
    return {
        **defaults(),
        "name_ar": "دار الأمل",
        "name_fr": "Dar Al Amal",
        "category": "children",
        "province_code": "04.421",
        "commune": "Rabat",
        "setting": "urban",
        "authorised": True,
        "authorisation_law": "14-05",
        "authorisation_number": "12/2010",
        **changes,
    }


def test_good_particulars_have_no_fault() -> None:
    assert faults(good(), today=TODAY) == {}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name_ar": ""}, "name_ar", "required"),
        ({"name_fr": "x" * 201}, "name_fr", "too-long"),
        ({"category": "hotel"}, "category", "unknown-code"),
        ({"services": ["spa"]}, "services", "unknown-code"),
        ({"capacity_boys": -1}, "capacity_boys", "negative"),
        ({"capacity_boys": 20_001}, "capacity_boys", "too-large-number"),
        ({"authorisation_number": None}, "authorisation_number", "authorisation-number-missing"),
        ({"authorisation_law": "none"}, "authorisation_law", "authorised-under-no-law"),
        ({"authorised": False, "authorisation_law": "none"}, "authorisation_number", "number-without-authorisation"),
        ({"authorised": False, "authorisation_number": None}, "authorisation_law", "law-without-authorisation"),
        ({"authorisation_date": date(2026, 6, 2)}, "authorisation_date", "date-in-future"),
        ({"present_girls": 3}, "present_on", "count-without-date"),
        ({"building_year": 1849}, "building_year", "year-out-of-range"),
        ({"opened_year": 2027}, "opened_year", "year-out-of-range"),
        ({"latitude": Decimal(34)}, "longitude", "position-half"),
        ({"latitude": Decimal("-6.8"), "longitude": Decimal(34)}, "latitude", "position-outside"),
        ({"director_name": "B."}, "director_name", "director-not-in-post"),
        ({"email": "dar@"}, "email", "email-malformed"),
    ],
)
def test_each_impossible_thing_is_refused_at_its_field(changes: dict[str, Any], field: str, code: str) -> None:
    assert faults(good(**changes), today=TODAY)[field] == code


def test_the_same_name_in_other_letters_is_the_same_place() -> None:
    assert same_place(good(name_ar="دار الامل")) == same_place(good(name_ar="دارُ الأمل"))


def test_search_looks_into_names_commune_association_and_code() -> None:
    text = search_text("04.421-0007", good(association_fr="Espérance", commune="Salé"))
    assert all(word in text for word in ("04.421 0007", "دار الامل", "dar al amal", "esperance", "sale"))
