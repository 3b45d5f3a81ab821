"""What a visit holds, as its receipt says it; and the receipts that were given, from the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from inspect_app.domain.actors import Actor
from inspect_app.domain.inspections import BEFORE, State
from inspect_app.domain.receipts import AnswerLine, PhotoLine, Receipt, receipt_of
from inspect_app.models import Answer, AnswerRevision, AuditEvent, Evidence, Inspection, db
from inspect_app.queries.inspections.file import opened

GIVEN = "receipt.given"


@dataclass(frozen=True)
class Given:
    """A receipt that somebody was given, as the journal keeps it."""

    at: datetime
    actor: str
    digest: str
    lines: Sequence[Sequence[Any]]


def receipt(inspection: Inspection) -> Receipt:
    """The receipt over what is on file now, whoever may see which part of it: it tells counts and a digest alone."""
    answers = db.session.execute(
        select(
            AnswerRevision.criterion,
            AnswerRevision.op_id,
            AnswerRevision.level,
            AnswerRevision.not_applicable,
            AnswerRevision.na_reason,
            AnswerRevision.note,
            AnswerRevision.measurements,
        )
        .join(Answer, Answer.revision_id == AnswerRevision.id)
        .where(Answer.inspection_id == inspection.id)
    )
    photographs = db.session.execute(
        select(Evidence.criterion, Evidence.op_id, Evidence.received_sha256).where(
            Evidence.inspection_id == inspection.id, Evidence.withdrawn_at.is_(None)
        )
    )
    said, shown = [AnswerLine(*row) for row in answers], [PhotoLine(*row) for row in photographs]
    return receipt_of(inspection.uid, inspection.reference, said, shown)


def receipt_for(actor: Actor, inspection_id: int) -> tuple[Inspection, Receipt | None]:
    """A visit and its receipt; none before the visit began. Raises as ``opened``."""
    inspection = opened(actor, inspection_id)
    return inspection, None if State(inspection.state) in BEFORE else receipt(inspection)


def given_receipts(inspection_id: int) -> list[Given]:
    """The receipts given of a visit, oldest first."""
    rows = db.session.execute(
        select(AuditEvent.at, AuditEvent.actor, AuditEvent.data)
        .where(AuditEvent.chain == f"inspection/{inspection_id}", AuditEvent.verb == GIVEN)
        .order_by(AuditEvent.seq)
    )
    return [Given(at, actor, data["digest"], data["lines"]) for at, actor, data in rows]


def by_reference(reference: str) -> Inspection | None:
    """The visit of a reference, for commands."""
    return db.session.scalar(select(Inspection).where(Inspection.reference == reference))


def by_uid(uid: str) -> Inspection | None:
    """The visit of a uid, for commands."""
    return db.session.scalar(select(Inspection).where(Inspection.uid == uid))
