"""Enter one institution into the registry, and change it when nobody else did meanwhile."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.registry import faults, same_place
from inspect_app.models import Institution, db
from inspect_app.queries.institutions import known_names, last_number, visible
from inspect_app.queries.territories import province_in_scope
from inspect_app.services import audit
from inspect_app.services.institutions.rows import changes, new_row, particulars, write

_TRIES = 5


def create_institution(actor: Actor, *, values: Mapping[str, Any]) -> Institution:
    """A new institution, with the next registry number of its province.

    Raises ForbiddenError; DomainError("invalid") with ``params["faults"]`` by field: the rules of
    ``domain.registry.faults``, "not-in-your-territory", "already-registered".
    """
    if not actor.may(Permission.EDIT_INSTITUTIONS):
        raise ForbiddenError
    _check(actor, values)
    twin = known_names().get(same_place(values))
    if twin is not None:
        raise _invalid({"name_ar": "already-registered"}, number=twin)
    for attempt in range(_TRIES):
        number = last_number(values["province_code"]) + 1
        institution = new_row(f"{values['province_code']}-{number:04d}", values)
        try:
            with db.session.begin_nested():
                db.session.add(institution)
            break
        except IntegrityError:  # somebody took the number meanwhile
            if attempt == _TRIES - 1:
                raise
    audit.record(actor, "institution.created", chain=f"institution/{institution.id}", code=institution.code)
    db.session.commit()
    return institution


def edit_institution(actor: Actor, *, institution_id: int, version: int, values: Mapping[str, Any]) -> Institution:
    """The institution with these particulars; the audit keeps each changed field with its old and new value.

    ``version`` is the one that the form was filled from. Raises NotVisibleError, ForbiddenError,
    DomainError("changed-meanwhile") when somebody saved since, DomainError("invalid") as for a new one.
    """
    institution = visible(actor, institution_id)
    if not actor.may(Permission.EDIT_INSTITUTIONS):
        raise ForbiddenError
    if institution.version != version:
        raise DomainError("changed-meanwhile")
    _check(actor, values)
    changed = changes(institution, values)
    if not changed:
        return institution
    if {"name_ar", "category", "province_code"} & changed.keys():
        twin = known_names().get(same_place(values))
        if twin not in (None, institution.code):
            raise _invalid({"name_ar": "already-registered"}, number=twin)
    write(institution, values)
    try:
        db.session.flush()
    except StaleDataError:
        db.session.rollback()
        raise DomainError("changed-meanwhile") from None
    audit.record(actor, "institution.edited", chain=f"institution/{institution.id}", changed=changed)
    db.session.commit()
    return institution


def _check(actor: Actor, values: Mapping[str, Any]) -> None:
    found = faults(values, today=clock.today())
    if "province_code" not in found and not province_in_scope(actor, values["province_code"]):
        found["province_code"] = "not-in-your-territory"
    if found:
        raise _invalid(found)


def _invalid(found: dict[str, str], **params: Any) -> DomainError:
    return DomainError("invalid", status=422, faults=found, **params)


__all__ = ["create_institution", "edit_institution", "particulars"]
