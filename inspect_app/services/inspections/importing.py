"""The last resort: what a tablet could not send comes as a file, and the office takes it in for its author.

Everything goes through the same deeds as over the line: the same operations twice are one, a conflict is kept.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Operation, Status
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.domain.inspections import Hat
from inspect_app.domain.permissions import Permission
from inspect_app.models import Device, Evidence, Inspection, User, db
from inspect_app.queries import inspections as questions
from inspect_app.schemas.inspections import MOST_OPERATIONS, OperationSchema, PhotoFormSchema
from inspect_app.schemas.unsent import read_unsent
from inspect_app.services import audit
from inspect_app.services.inspections.answering import apply_operations
from inspect_app.services.inspections.common import chain
from inspect_app.services.inspections.importing_papers import import_papers
from inspect_app.services.inspections.photographing import add_photo
from inspect_app.services.users.common import actor_of


@dataclass(frozen=True)
class Imported:
    """What became of one record of the file. ``status`` as the device would have heard it; ``code`` says why not."""

    visit: str  # reference; the number in the file where there is no such visit
    kind: str  # answer | photo | signature | sheet
    criterion: str  # of a signature: the signer's name
    op_id: str
    status: Status
    code: str | None = None


@dataclass(frozen=True)
class Report:
    """Who wrote the file, and what became of each record, in the order of the file."""

    author: str
    written_at: datetime
    records: list[Imported]

    def count(self, *statuses: Status) -> int:
        """How many records came to one of the statuses."""
        return sum(record.status in statuses for record in self.records)


def import_outbox(actor: Actor | None, *, raw: bytes, max_photo_bytes: int = 8 * 1024 * 1024) -> Report:
    """Take in the file that a tablet exported, for the person who wrote it. Doing it twice changes nothing.

    Who may: the author, the leader of the team, the coordinator of the territory; ``actor`` None is the server's own
    command. What goes wrong with one record refuses that one only. Raises ForbiddenError, DomainError:
    ``import-damaged`` (no such file, or changed since the tablet wrote it), ``import-unknown-person``.
    """
    if actor is not None and not (actor.may(Permission.PLAN_INSPECTIONS) or actor.may(Permission.ANSWER_INSPECTIONS)):
        raise ForbiddenError
    try:
        data = read_unsent(raw)
    except ValueError:
        raise DomainError("import-damaged", field="file", status=422) from None
    author = db.session.get(User, data["account"])
    if author is None:
        raise DomainError("import-unknown-person", field="file", status=422)
    writer = _writer(author, data["device"])
    name = author.name
    records: list[Imported] = []
    sha256 = hashlib.sha256(raw).hexdigest()
    papers = data["papers"]
    for visit in dict.fromkeys(row["visit"] for row in (*data["operations"], *data["photos"], *papers)):
        operations = [row["operation"] for row in data["operations"] if row["visit"] == visit]
        photographs = [row for row in data["photos"] if row["visit"] == visit]
        mine = [row for row in papers if row["visit"] == visit]
        records += _visit(actor, writer, visit, operations, photographs, mine, sha256, max_photo_bytes)
    return Report(name, data["written_at"], records)


def _writer(author: User, uid: str) -> Actor:
    known = db.session.scalar(select(Device.id).where(Device.uid == uid, Device.user_id == author.id))
    plain = actor_of(author)
    return Actor(plain.user_id, plain.roles, plain.name, plain.language, known)


def _visit(
    actor: Actor | None,
    writer: Actor,
    visit: int,
    operations: list[dict[str, Any]],
    photographs: list[dict[str, Any]],
    papers: list[dict[str, Any]],
    sha256: str,
    max_photo_bytes: int,
) -> list[Imported]:
    """One visit of the file. Who took it in is in the journal before what was taken in."""
    ids = [(_word(o, "criterion"), _word(o, "op_id")) for o in operations]
    shown = [(_word(p, "criterion"), _word(p, "op_id")) for p in photographs]
    signed = [p["record"] for p in papers if p["kind"] == "signature"]
    sheets = [p["record"] for p in papers if p["kind"] == "sheet"]
    try:
        inspection = _allowed(actor, writer, visit)
        reference = inspection.reference
        audit.record(
            actor,
            "outbox.imported",
            chain=chain(visit),
            author=writer.user_id,
            answers=len(ids),
            photographs=len(shown),
            signatures=len(signed),
            sheets=len(sheets),
            sha256=sha256,
        )
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        found = db.session.get(Inspection, visit)
        known = found.reference if found is not None and not isinstance(error, NotVisibleError) else str(visit)
        papers_too = [(p["kind"], _word(p["record"], "criterion"), _word(p["record"], "op_id")) for p in papers]
        return [Imported(known, "answer", *one, Status.REFUSED, error.code) for one in ids] + [
            *(Imported(known, "photo", *one, Status.REFUSED, error.code) for one in shown),
            *(Imported(known, *one, Status.REFUSED, error.code) for one in papers_too),
        ]
    taken = import_papers(writer, visit, sheets, signed)
    records = [Imported(reference, "sheet", *one) for one in taken.sheets]
    records += _answers(writer, visit, reference, operations)
    records += [_photograph(writer, visit, reference, row, max_photo_bytes) for row in photographs]
    return records + [Imported(reference, "signature", *one) for one in taken.signatures]


def _allowed(actor: Actor | None, writer: Actor, visit: int) -> Inspection:
    if actor is None:
        return questions.visible(writer, visit)
    inspection = questions.visible(actor, visit)
    if actor.user_id != writer.user_id and not questions.hats(actor, inspection) & {Hat.LEADER, Hat.COORDINATOR}:
        raise ForbiddenError
    return inspection


def _answers(writer: Actor, visit: int, reference: str, raw: list[dict[str, Any]]) -> Iterator[Imported]:
    for start in range(0, len(raw), MOST_OPERATIONS):
        part = raw[start : start + MOST_OPERATIONS]
        good: dict[int, Operation] = {}
        said: dict[int, tuple[Status, str | None]] = {}
        for place, item in enumerate(part):
            try:
                good[place] = OperationSchema().load(item)
            except ValidationError:
                said[place] = (Status.REFUSED, "invalid")
        try:
            applied = apply_operations(writer, inspection_id=visit, operations=list(good.values()))
            for place, result in zip(good, applied.results, strict=True):
                said[place] = (result.status, result.code)
        except DomainError as error:
            db.session.rollback()
            said |= dict.fromkeys(good, (Status.REFUSED, error.code))
        for place, item in enumerate(part):
            yield Imported(reference, "answer", _word(item, "criterion"), _word(item, "op_id"), *said[place])


def _photograph(writer: Actor, visit: int, reference: str, row: dict[str, Any], max_photo_bytes: int) -> Imported:
    status, code = Status.ACCEPTED, None
    try:
        picture = base64.b64decode(row["picture"], validate=True)
        if hashlib.sha256(picture).hexdigest() != row["sha256"]:
            raise DomainError("photo-damaged")
        form = PhotoFormSchema().load(
            {
                "criterion": row["criterion"],
                "op_id": row["op_id"],
                "taken_at": row["taken_at"] or "",
                "caption": row["caption"] or "",
            }
        )
        if db.session.scalar(select(Evidence.id).where(Evidence.op_id == form["op_id"])) is not None:
            status = Status.ALREADY_HERE
        add_photo(
            writer,
            inspection_id=visit,
            criterion=form["criterion"],
            op_id=form["op_id"],
            raw=picture,
            taken_at=form.get("taken_at") or clock.now(),
            caption=form["caption"],
            max_bytes=max_photo_bytes,
        )
    except DomainError as error:
        db.session.rollback()
        status, code = Status.REFUSED, error.code
    except (ValidationError, binascii.Error, ValueError):
        status, code = Status.REFUSED, "invalid"
    return Imported(reference, "photo", _word(row, "criterion"), _word(row, "op_id"), status, code)


def _word(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value[:60] if isinstance(value, str) else ""
