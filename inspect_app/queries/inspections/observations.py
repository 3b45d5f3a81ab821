"""The contradictory phase as its readers need it: each observation beside its criterion, answer and response."""

from dataclasses import dataclass

from sqlalchemy import select

from inspect_app.domain.checklists import Criterion
from inspect_app.models import Inspection, Observation, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections.answers import AnswerRow


@dataclass(frozen=True)
class Observed:
    """One observation. ``criterion`` is None where it is about the report as a whole."""

    observation: Observation
    criterion: Criterion | None
    answer: AnswerRow | None


def observed(inspection: Inspection, answers: dict[str, AnswerRow]) -> list[Observed]:
    """The observations of a visit in the order in which they were made."""
    checklist = checklist_of(inspection)
    rows = db.session.scalars(
        select(Observation).where(Observation.inspection_id == inspection.id).order_by(Observation.id)
    ).unique()
    return [
        Observed(
            row,
            checklist.criterion(row.criterion) if row.criterion else None,
            answers.get(row.criterion) if row.criterion else None,
        )
        for row in rows
    ]
