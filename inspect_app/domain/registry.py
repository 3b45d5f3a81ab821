"""What may stand in the registry about an institution: fields, limits, and the rules between fields.

Forms and imported rows bring the same mapping, field → value already typed; the same rules judge both.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inspect_app.domain.folding import fold
from inspect_app.domain.institutions import BuildingState, Category, LegalBasis, Service, Setting, Tenure

GROUPS = ("women", "men", "girls", "boys")

#: Fields of an institution that people write, in the order of forms and files.
FIELDS = (
    "name_ar",
    "name_fr",
    "category",
    "association_ar",
    "association_fr",
    "province_code",
    "commune",
    "commune_code",
    "address",
    "setting",
    "latitude",
    "longitude",
    "authorised",
    "authorisation_law",
    "authorisation_number",
    "authorisation_date",
    "unauthorised_reason",
    "capacity_women",
    "capacity_men",
    "capacity_girls",
    "capacity_boys",
    "present_women",
    "present_men",
    "present_girls",
    "present_boys",
    "present_on",
    "services",
    "building_tenure",
    "building_state",
    "building_year",
    "opened_year",
    "director_in_post",
    "director_name",
    "committee_constituted",
    "phone",
    "email",
)
REQUIRED = ("name_ar", "name_fr", "category", "province_code", "commune", "setting", "authorised", "authorisation_law")
#: Longest texts, in characters.
LIMITS = {
    "name_ar": 200,
    "name_fr": 200,
    "association_ar": 200,
    "association_fr": 200,
    "commune": 100,
    "commune_code": 20,
    "address": 300,
    "authorisation_number": 60,
    "unauthorised_reason": 500,
    "director_name": 120,
    "phone": 40,
    "email": 200,
}
#: Columns that may be empty in the table; every other text is empty text.
NULLABLE_TEXTS = frozenset({"authorisation_number", "commune_code", "building_tenure", "building_state"})
NUMBERS = tuple(f"{kind}_{group}" for kind in ("capacity", "present") for group in GROUPS)
LARGEST = 20_000  # places; the whole sector had 96,490 in 2017 (fact sheet, section 9)
FIRST_YEAR = 1850
#: Degrees that hold the whole country, the southern provinces included.
LATITUDES = (Decimal("20"), Decimal("36.5"))
LONGITUDES = (Decimal("-17.5"), Decimal("-0.5"))
CODES: Mapping[str, type[StrEnum]] = {
    "category": Category,
    "authorisation_law": LegalBasis,
    "setting": Setting,
    "building_tenure": Tenure,
    "building_state": BuildingState,
}


def defaults() -> dict[str, Any]:
    """A blank institution: what a field is when nobody wrote it."""
    values: dict[str, Any] = {name: "" for name in FIELDS}
    values.update({name: 0 for name in NUMBERS})
    for name in ("latitude", "longitude", "authorisation_date", "present_on", "building_year", "opened_year"):
        values[name] = None
    values.update({name: None for name in NULLABLE_TEXTS})
    values.update(authorised=False, director_in_post=False, committee_constituted=False, services=[])
    return values


def faults(values: Mapping[str, Any], *, today: date) -> dict[str, str]:
    """Why these particulars cannot stand: field → code of a sentence in ``web/messages``; empty where they can.

    Not judged here, because it needs the registry: whether province and code exist, and duplicates.
    """
    found: dict[str, str] = {}
    for name in REQUIRED:
        if values[name] is None or values[name] == "":
            found[name] = "required"
    for name, limit in LIMITS.items():
        if values[name] and len(values[name]) > limit:
            found.setdefault(name, "too-long")
    for name, kind in CODES.items():
        if values[name] and values[name] not in list(kind):
            found.setdefault(name, "unknown-code")
    if not set(values["services"]) <= set(Service):
        found["services"] = "unknown-code"
    for name in NUMBERS:
        if values[name] is None:
            found.setdefault(name, "required")
        elif values[name] < 0:
            found[name] = "negative"
        elif values[name] > LARGEST:
            found[name] = "too-large-number"
    found.update({k: v for k, v in _licence(values, today).items() if k not in found})
    found.update({k: v for k, v in _dates_and_place(values, today).items() if k not in found})
    if values["director_name"] and not values["director_in_post"]:
        found.setdefault("director_name", "director-not-in-post")
    if values["email"] and not _looks_like_mail(values["email"]):
        found.setdefault("email", "email-malformed")
    return found


def _licence(values: Mapping[str, Any], today: date) -> dict[str, str]:
    """An authorisation has a number and a law; without one there is neither number nor date."""
    found: dict[str, str] = {}
    law = values["authorisation_law"]
    if values["authorised"]:
        if not values["authorisation_number"]:
            found["authorisation_number"] = "authorisation-number-missing"
        if law == LegalBasis.NONE:
            found["authorisation_law"] = "authorised-under-no-law"
    else:
        if values["authorisation_number"]:
            found["authorisation_number"] = "number-without-authorisation"
        if values["authorisation_date"]:
            found["authorisation_date"] = "date-without-authorisation"
        if law in (LegalBasis.LAW_14_05, LegalBasis.LAW_65_15):
            found["authorisation_law"] = "law-without-authorisation"
    if values["authorisation_date"] and values["authorisation_date"] > today:
        found["authorisation_date"] = "date-in-future"
    return found


def _dates_and_place(values: Mapping[str, Any], today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    if values["present_on"] and values["present_on"] > today:
        found["present_on"] = "date-in-future"
    if not values["present_on"] and any(values[f"present_{g}"] for g in GROUPS):
        found["present_on"] = "count-without-date"
    for name in ("building_year", "opened_year"):
        if values[name] is not None and not FIRST_YEAR <= values[name] <= today.year:
            found[name] = "year-out-of-range"
    for name, other, (low, high) in (("latitude", "longitude", LATITUDES), ("longitude", "latitude", LONGITUDES)):
        if values[name] is None:
            if values[other] is not None:
                found[name] = "position-half"
        elif not low <= values[name] <= high:
            found[name] = "position-outside"
    return found


def _looks_like_mail(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(at and name and "." in host.strip(".") and " " not in text and host == host.strip("."))


def search_text(code: str, values: Mapping[str, Any]) -> str:
    """What the search box looks into: code, names, association and commune, folded."""
    parts = (
        code,
        *(values[name] or "" for name in ("name_ar", "name_fr", "commune", "association_ar", "association_fr")),
    )
    return fold(" ".join(parts))


def same_place(values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Two institutions with the same folded Arabic name, category and province are taken for one."""
    return fold(values["name_ar"]), str(values["category"]), str(values["province_code"])
