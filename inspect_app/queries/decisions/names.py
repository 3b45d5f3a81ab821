"""Who is told of a decision, and how an institution is called in a letter."""

from collections.abc import Mapping
from typing import Any

from inspect_app.domain.permissions import Permission
from inspect_app.models import Institution, User, db
from inspect_app.queries.inspections.people import candidates


def signatories_of(institution: Institution) -> list[User]:
    """Who may sign decisions on the institution, as far as their roles and territory go."""
    found = candidates(institution, Permission.SIGN_DECISIONS)
    return [db.session.get_one(User, c.user_id) for c in found if c.near]


def display(data: Mapping[str, Any], language: str) -> str:
    """The institution's name in the script of the language, from a letter's data (Arabic first, then French)."""
    arabic, french = data["institution"]
    return str(arabic if language == "ar" else french)
