"""What was answered on a visit, on the one before it, and where two members differ. Columns only: these are hot."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Current
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.scoring import AnswerInput
from inspect_app.models import Answer, AnswerRevision, Evidence, Inspection, User, db
from inspect_app.queries.inspections.blind import hidden_from
from inspect_app.queries.inspections.conflicts import standing_conflicts
from inspect_app.queries.inspections.file import opened


@dataclass(frozen=True)
class AnswerRow:
    """The current answer to one criterion."""

    criterion: str
    op_id: str
    level: int | None
    not_applicable: bool
    na_reason: str
    note: str
    measurements: Mapping[str, str]
    author_id: int
    author: str
    author_ar: str
    answered_at: datetime
    source: str
    received_at: datetime
    device_id: int | None
    base_op_id: str | None

    @property
    def answered(self) -> bool:
        """Whether the criterion counts as answered (a note alone does not)."""
        return self.level is not None or self.not_applicable

    @property
    def code(self) -> str | None:
        """The code of the answer's label: "0" … "3", "na", or None."""
        return "na" if self.not_applicable else None if self.level is None else str(self.level)

    def as_current(self) -> Current:
        """What an arriving operation must know of it."""
        return Current(
            self.op_id,
            self.level,
            self.not_applicable,
            self.author_id,
            self.answered_at,
            self.na_reason,
            self.note,
            self.measurements,
            self.device_id,
            self.base_op_id,
        )


_COLUMNS = (
    AnswerRevision.criterion,
    AnswerRevision.op_id,
    AnswerRevision.level,
    AnswerRevision.not_applicable,
    AnswerRevision.na_reason,
    AnswerRevision.note,
    AnswerRevision.measurements,
    AnswerRevision.author_id,
    User.name,
    User.name_ar,
    AnswerRevision.answered_at,
    AnswerRevision.source,
    AnswerRevision.received_at,
    AnswerRevision.device_id,
    AnswerRevision.base_op_id,
)


# built once: asked at every tap on a tablet
_CURRENT = (
    select(*_COLUMNS)
    .select_from(Answer)
    .join(AnswerRevision, AnswerRevision.id == Answer.revision_id)
    .join(User, User.id == AnswerRevision.author_id)
    .where(Answer.inspection_id == bindparam("inspection_id"))
)
_CURRENT_OF_SOME = _CURRENT.where(Answer.criterion.in_(bindparam("codes", expanding=True)))


def current_answers(inspection_id: int, *, only: Collection[str] | None = None) -> dict[str, AnswerRow]:
    """The current answer of each criterion answered on a visit (or of some), by code."""
    if only is None:
        rows = db.session.execute(_CURRENT, {"inspection_id": inspection_id})
    else:
        rows = db.session.execute(_CURRENT_OF_SOME, {"inspection_id": inspection_id, "codes": sorted(only)})
    return {row[0]: AnswerRow(*row) for row in rows}


def answer_inputs(answers: Mapping[str, AnswerRow]) -> dict[str, AnswerInput]:
    """The answers as scoring takes them."""
    return {code: AnswerInput(level=a.level, not_applicable=a.not_applicable) for code, a in answers.items()}


def unanswered(checklist: Checklist, facts: Facts, answers: Mapping[str, AnswerRow]) -> list[str]:
    """Codes of the applicable criteria that have no answer yet, in the checklist's order."""
    return [c.code for c in checklist.applicable(facts) if c.code not in answers or not answers[c.code].answered]


def disputed(inspection_id: int) -> dict[str, list[AnswerRow]]:
    """Answers kept beside a different current one because two devices answered apart, until somebody chooses.

    Oldest receipt first. What ends a conflict: ``domain.answers.open_conflicts``.
    """
    standing = standing_conflicts(inspection_id)
    if not standing:
        return {}
    rows = db.session.execute(
        select(*_COLUMNS)
        .join(User, User.id == AnswerRevision.author_id)
        .where(AnswerRevision.op_id.in_([op_id for op_ids in standing.values() for op_id in op_ids]))
        .order_by(AnswerRevision.id)
    )
    found: dict[str, list[AnswerRow]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(AnswerRow(*row))
    return found


def previous_answers(inspection: Inspection) -> dict[str, Any] | None:
    """Reference, date and answers of the last final visit before this one; None where there was none."""
    if inspection.previous_id is None:
        return None
    before = db.session.execute(
        select(Inspection.reference, Inspection.started_at, Inspection.planned_on).where(
            Inspection.id == inspection.previous_id
        )
    ).one()
    rows = db.session.execute(
        select(Answer.criterion, Answer.level, Answer.not_applicable, AnswerRevision.note)
        .join(AnswerRevision, AnswerRevision.id == Answer.revision_id)
        .where(Answer.inspection_id == inspection.previous_id)
    )
    return {
        "reference": before.reference,
        "date": (before.started_at.date() if before.started_at else before.planned_on).isoformat(),
        "answers": {
            code: {"level": level, "not_applicable": not_applicable, "note": note}
            for code, level, not_applicable, note in rows
        },
    }


def photos(inspection_id: int) -> dict[str, list[Evidence]]:
    """Photographs of a visit that were not withdrawn, by criterion, oldest first."""
    found: dict[str, list[Evidence]] = {}
    for photo in db.session.scalars(
        select(Evidence)
        .where(Evidence.inspection_id == inspection_id, Evidence.withdrawn_at.is_(None))
        .order_by(Evidence.id)
    ):
        found.setdefault(photo.criterion, []).append(photo)
    return found


def evidence_of(actor: Actor, photo_id: int) -> Evidence:
    """A photograph that the actor may see. Raises NotVisibleError, ForbiddenError (declaration first)."""
    photo = db.session.get(Evidence, photo_id)
    if photo is None or photo.withdrawn_at is not None:
        raise NotVisibleError("photo")
    opened(actor, photo.inspection_id)
    if photo.criterion in hidden_from(actor, photo.inspection_id):
        raise NotVisibleError("photo")  # they rate this criterion apart
    return photo
