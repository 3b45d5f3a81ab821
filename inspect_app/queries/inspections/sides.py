"""Criteria with two answers, as the leader of the team sees them: each with its words, photographs, device and both times."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Criterion, Facts
from inspect_app.models import Device, Evidence, Inspection, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections.answers import AnswerRow, current_answers, disputed, photos
from inspect_app.queries.inspections.blind import hidden_from


@dataclass(frozen=True)
class Side:
    """One of the answers. ``photos``: those that its author took of the criterion."""

    answer: AnswerRow
    holds: bool
    device: str | None  # as its person calls it; None: an office browser
    photos: Sequence[Evidence]


@dataclass(frozen=True)
class Apart:
    """A criterion answered apart: the answer that holds first, then the others as they were received."""

    criterion: Criterion
    sides: Sequence[Side]
    other_photos: Sequence[Evidence]  # of people who stand on no side


def answered_apart(actor: Actor, inspection: Inspection) -> list[Apart]:
    """Criteria on which answers stand side by side, in the order of the checklist."""
    hidden = hidden_from(actor, inspection.id)
    standing = {code: rows for code, rows in disputed(inspection.id).items() if code not in hidden}
    if not standing:
        return []
    checklist = checklist_of(inspection)
    now = current_answers(inspection.id, only=list(standing))
    pictures = photos(inspection.id)
    known = {row.device_id for rows in [*standing.values(), now.values()] for row in rows} - {None}
    named = db.session.execute(select(Device.id, Device.label).where(Device.id.in_(known)))
    labels = {row.id: row.label for row in named}
    found = []
    for criterion in checklist.applicable(Facts.of(inspection.facts)):
        if criterion.code not in standing:
            continue
        taken = pictures.get(criterion.code, [])
        rows = [*([now[criterion.code]] if criterion.code in now else []), *standing[criterion.code]]
        sides = [
            Side(
                row,
                criterion.code in now and row.op_id == now[criterion.code].op_id,
                None if row.device_id is None else labels.get(row.device_id, ""),
                [p for p in taken if p.author_id == row.author_id],
            )
            for row in rows
        ]
        authors = {row.author_id for row in rows}
        found.append(Apart(criterion, sides, [p for p in taken if p.author_id not in authors]))
    return found
