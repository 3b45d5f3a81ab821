"""Signatures and sheets of critical findings out of the file of a tablet, through the same deeds as over the line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError

from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Status
from inspect_app.domain.errors import DomainError
from inspect_app.models import db
from inspect_app.schemas.minutes import SheetSchema, SignatureSchema
from inspect_app.services.inspections.answering import Result
from inspect_app.services.inspections.critical import fill_sheets
from inspect_app.services.inspections.signing import take_signatures

#: Criterion (of a sheet; the name of a signer), op_id, what became of it, and why not.
Taken = tuple[str, str, Status, str | None]


@dataclass(frozen=True)
class Papers:
    """What became of each, in the order of the file."""

    sheets: list[Taken]
    signatures: list[Taken]


def import_papers(
    writer: Actor, visit: int, sheets: Sequence[dict[str, Any]], signatures: Sequence[dict[str, Any]]
) -> Papers:
    """Take in what a tablet wrote for its author. What goes wrong with one refuses that one only."""
    return Papers(
        _each(sheets, SheetSchema(), "criterion", lambda good: fill_sheets(writer, inspection_id=visit, sheets=good)),
        _each(
            signatures,
            SignatureSchema(),
            "name",
            lambda good: take_signatures(writer, inspection_id=visit, signatures=good),
        ),
    )


def _each(
    raw: Sequence[dict[str, Any]], schema: Schema, named: str, deed: Callable[[list[Any]], list[Result]]
) -> list[Taken]:
    good: dict[int, Any] = {}
    said: dict[int, tuple[Status, str | None]] = {}
    for place, item in enumerate(raw):
        try:
            good[place] = schema.load(item)
        except ValidationError:
            said[place] = (Status.REFUSED, "invalid")
    if good:
        try:
            for place, result in zip(good, deed(list(good.values())), strict=True):
                said[place] = (result.status, result.code)
        except DomainError as error:
            db.session.rollback()
            said |= dict.fromkeys(good, (Status.REFUSED, error.code))
    return [(_word(item, named), _word(item, "op_id"), *said[place]) for place, item in enumerate(raw)]


def _word(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value[:60] if isinstance(value, str) else ""
