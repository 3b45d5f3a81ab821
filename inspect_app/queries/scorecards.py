"""Results: the provisional one of a running visit, the cards on file, and an institution's history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, select

from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput, score
from inspect_app.domain.scoring import ScoreCard as Card
from inspect_app.models import Answer, Inspection, ScoreCard, db
from inspect_app.queries.frozen import checklist_of, rules_of

# built once: asked again at every tap on a tablet
_answers = Answer.__table__.c
_INPUTS = select(_answers.criterion, _answers.level, _answers.not_applicable).where(
    _answers.inspection_id == bindparam("inspection_id")
)


def answers_of(inspection_id: int) -> dict[str, AnswerInput]:
    """The current answers as scoring needs them, by criterion code."""
    rows = db.session.execute(_INPUTS, {"inspection_id": inspection_id})
    return {code: AnswerInput(level, not_applicable) for code, level, not_applicable in rows}


def provisional(inspection: Inspection, *, without: Collection[str] = ()) -> Card:
    """The result of a visit as its answers stand now, by the frozen checklist and rules.

    ``without``: criteria whose answers the reader must not see yet; they count as unanswered.
    """
    answers = {code: answer for code, answer in answers_of(inspection.id).items() if code not in without}
    return score(checklist_of(inspection), rules_of(inspection), answers, Facts.of(inspection.facts))


def latest_card(inspection_id: int) -> ScoreCard | None:
    """The newest card on file of a visit."""
    return db.session.scalar(
        select(ScoreCard).where(ScoreCard.inspection_id == inspection_id).order_by(ScoreCard.id.desc()).limit(1)
    )


@dataclass(frozen=True)
class HistoryPoint:
    """One past visit's final result."""

    inspection_id: int
    reference: str
    kind: str
    on: date
    level: str | None
    score: Decimal | None


def history(institution_id: int) -> Sequence[HistoryPoint]:
    """The final results of an institution, oldest first."""
    rows = db.session.execute(
        select(
            Inspection.id,
            Inspection.reference,
            Inspection.kind,
            Inspection.planned_on,
            ScoreCard.level,
            ScoreCard.score,
        )
        .join(ScoreCard, ScoreCard.inspection_id == Inspection.id)
        .where(Inspection.institution_id == institution_id, ScoreCard.stage == "final")
        .order_by(Inspection.planned_on, Inspection.id, ScoreCard.id)
    )
    return [HistoryPoint(*row) for row in rows]
