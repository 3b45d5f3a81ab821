"""Institutions for tests."""

import itertools
from datetime import UTC, datetime
from typing import Any

from inspect_app.models import Institution, db

_numbers = itertools.count(1)


def make_institution(**changes: Any) -> Institution:
    """An authorised children's institution with director and committee, in Taourirt's province unless told otherwise."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": f"T-{number:05d}",
        "name_ar": f"دار الأمل {number}",
        "name_fr": f"Dar Al Amal {number}",
        "search_text": f"دار الامل dar al amal {number}",
        "category": "children",
        "authorised": True,
        "authorisation_law": "65-15",
        "capacity_girls": 30,
        "capacity_boys": 30,
        "present_girls": 20,
        "present_boys": 25,
        "province_code": "04.421",
        "commune": "Commune",
        "setting": "urban",
        "services": ["accommodation", "meals", "education", "health"],
        "director_in_post": True,
        "director_name": "Brahim",
        "committee_constituted": True,
        "created_at": datetime(2026, 1, 5, 9, tzinfo=UTC),
        "updated_at": datetime(2026, 1, 5, 9, tzinfo=UTC),
    }
    institution = Institution(**{**values, **changes})
    db.session.add(institution)
    db.session.flush()
    return institution
