"""Particulars into a row and out of it, for single deeds and imports alike. No permission, no commit."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from inspect_app.adapters import clock
from inspect_app.domain.registry import FIELDS, search_text
from inspect_app.models import Institution


def particulars(institution: Institution) -> dict[str, Any]:
    """What people wrote about an institution: field → value."""
    values = {name: getattr(institution, name) for name in FIELDS}
    values["services"] = list(values["services"])
    return values


def changes(institution: Institution, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields that the values would change: field → [old, new], as plain JSON for the audit."""
    return {
        name: [plain(getattr(institution, name)), plain(values[name])]
        for name in FIELDS
        if not _same(getattr(institution, name), values[name])
    }


def write(institution: Institution, values: Mapping[str, Any]) -> None:
    """Write the values into the row and renew what is derived from them."""
    for name in FIELDS:
        if not _same(getattr(institution, name), values[name]):
            setattr(institution, name, values[name])
    institution.search_text = search_text(institution.code, values)
    institution.updated_at = clock.now()


def new_row(code: str, values: Mapping[str, Any], *, invented: bool = False) -> Institution:
    """A new institution with these particulars, not yet in the session."""
    now = clock.now()
    return Institution(
        code=code,
        **{name: values[name] for name in FIELDS},
        search_text=search_text(code, values),
        invented=invented,
        created_at=now,
        updated_at=now,
    )


def plain(value: Any) -> Any:
    """A value as plain JSON."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, list) and isinstance(new, list):
        return sorted(old) == sorted(new)
    return bool(old == new)
