"""What a report on a visit is made of, as it stood at the report's stage; and the reports already made."""

from sqlalchemy import func, select

from inspect_app.domain.errors import DomainError
from inspect_app.models import AnswerRevision, Evidence, Inspection, Report, ScoreCard, User, db
from inspect_app.queries.inspections.answers import AnswerRow, current_answers

STAGES = ("draft", "final")


def due(inspection: Inspection, stage: str) -> bool:
    """Whether the report of the stage exists for this visit: drafts once sent, final reports once issued."""
    return (inspection.draft_sent_at if stage == "draft" else inspection.final_at) is not None


def card_of(inspection: Inspection, stage: str) -> ScoreCard:
    """The score card taken at the stage. Raises DomainError("report-not-yet")."""
    card = db.session.scalar(
        select(ScoreCard)
        .where(ScoreCard.inspection_id == inspection.id, ScoreCard.stage == stage)
        .order_by(ScoreCard.id.desc())
        .limit(1)
    )
    if card is None:
        raise DomainError("report-not-yet", status=409)
    return card


def answers_at(inspection: Inspection, stage: str) -> dict[str, AnswerRow]:
    """The answers as they stood at the stage, by criterion.

    After the draft only answers to the director's observations change anything (source "observation"), so a draft
    printed late still says what the visit said.
    """
    answers = current_answers(inspection.id)
    if stage == "final":
        return answers
    changed = [code for code, answer in answers.items() if answer.source == "observation"]
    if not changed:
        return answers
    newest = (
        select(func.max(AnswerRevision.id))
        .where(
            AnswerRevision.inspection_id == inspection.id,
            AnswerRevision.criterion.in_(changed),
            AnswerRevision.source == "visit",
            AnswerRevision.outcome == "accepted",
        )
        .group_by(AnswerRevision.criterion)
    )
    rows = db.session.execute(
        select(AnswerRevision, User.name, User.name_ar)
        .join(User, User.id == AnswerRevision.author_id)
        .where(AnswerRevision.id.in_(newest))
    )
    return {**answers, **{row.criterion: _row(row, name, name_ar) for row, name, name_ar in rows}}


def _row(row: AnswerRevision, name: str, name_ar: str) -> AnswerRow:
    return AnswerRow(
        criterion=row.criterion,
        op_id=row.op_id,
        level=row.level,
        not_applicable=row.not_applicable,
        na_reason=row.na_reason,
        note=row.note,
        measurements=row.measurements,
        author_id=row.author_id,
        author=name,
        author_ar=name_ar,
        answered_at=row.answered_at,
        source=row.source,
        received_at=row.received_at,
        device_id=row.device_id,
        base_op_id=row.base_op_id,
    )


def erased(inspection_id: int) -> int:
    """How many photographs of the visit were erased because somebody is seen on them."""
    statement = select(func.count(Evidence.id)).where(
        Evidence.inspection_id == inspection_id, Evidence.erased_at.is_not(None)
    )
    return db.session.scalar(statement) or 0


def made(inspection_id: int, stage: str, language: str) -> Report | None:
    """The report already made, if there is one."""
    return db.session.scalar(
        select(Report).where(Report.inspection_id == inspection_id, Report.stage == stage, Report.language == language)
    )
