"""Self-assessments: the director's own, what is answered, and what stands beside the inspectors' answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Checklist, Criterion, Facts
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.inspections import State
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.self_assessment import Compared, Gap, compare, gap_of
from inspect_app.models import Answer, Inspection, Institution, SelfAnswer, SelfAssessment, db
from inspect_app.queries.findings import day_of
from inspect_app.queries.scope import in_territory, own_institution


@dataclass(frozen=True)
class Progress:
    """A domain of a self-assessment: how many of its criteria are answered."""

    code: str
    asked: int
    answered: int


@dataclass(frozen=True)
class Beside:
    """A finished self-assessment beside the first final visit after it (None: there is none yet)."""

    assessment: SelfAssessment
    checklist: Checklist
    visit: Inspection | None
    visited_on: date | None
    rows: Sequence[Compared]
    whole: Gap
    domains: Sequence[tuple[str, Gap]]


def own(actor: Actor, assessment_id: int) -> SelfAssessment:
    """A self-assessment of an institution that the actor directs. Raises NotVisibleError."""
    return _one(select(SelfAssessment).where(SelfAssessment.id == assessment_id, own_institution(actor)))


def finished(actor: Actor, assessment_id: int) -> SelfAssessment:
    """A finished one of an institution that the actor may see. Raises NotVisibleError."""
    return _one(
        select(SelfAssessment).where(
            SelfAssessment.id == assessment_id, in_territory(actor), SelfAssessment.submitted_at.is_not(None)
        )
    )


def of_institution(institution_id: int) -> list[SelfAssessment]:
    """All of an institution, the newest first."""
    statement = select(SelfAssessment).where(SelfAssessment.institution_id == institution_id)
    return list(db.session.scalars(statement.order_by(SelfAssessment.id.desc())))


def checklist_of(assessment: SelfAssessment) -> Checklist:
    """The checklist frozen when it was begun: that of the inspectors on that day."""
    return Checklist.of(assessment.checklist.content)


def asked(assessment: SelfAssessment) -> tuple[Criterion, ...]:
    """The criteria that apply."""
    return checklist_of(assessment).applicable(Facts.of(assessment.facts))


def answers(assessment_id: int) -> dict[str, SelfAnswer]:
    """What is answered, by criterion."""
    rows = db.session.scalars(select(SelfAnswer).where(SelfAnswer.assessment_id == assessment_id))
    return {row.criterion: row for row in rows}


def inputs(assessment_id: int) -> dict[str, AnswerInput]:
    """The same as scoring needs it."""
    return {code: AnswerInput(row.level, row.not_applicable) for code, row in answers(assessment_id).items()}


def progress(assessment: SelfAssessment) -> list[Progress]:
    """Each domain with how far it is."""
    done = answers(assessment.id)
    found: dict[str, list[bool]] = {}
    for criterion in asked(assessment):
        found.setdefault(criterion.domain, []).append(criterion.code in done)
    return [Progress(code, len(each), sum(each)) for code, each in found.items()]


def beside(assessment: SelfAssessment) -> Beside:
    """The director's answers beside those of the first final visit that began after them; codes are for life."""
    checklist = checklist_of(assessment)
    visit = db.session.scalar(
        select(Inspection)
        .where(
            Inspection.institution_id == assessment.institution_id,
            Inspection.state == State.FINAL.value,
            Inspection.started_at >= assessment.submitted_at,
        )
        .order_by(Inspection.started_at)
        .limit(1)
    )
    levels: dict[str, int | None] = {}
    if visit is not None:
        rows = db.session.execute(select(Answer.criterion, Answer.level).where(Answer.inspection_id == visit.id))
        levels = {code: level for code, level in rows}
    mine = {code: row.level for code, row in answers(assessment.id).items()}
    compared = compare(mine, levels, {c.code: c.domain for c in checklist})
    codes = [d.code for d in checklist.domains if any(row.domain == d.code for row in compared)]
    return Beside(
        assessment,
        checklist,
        visit,
        day_of(visit) if visit else None,
        compared,
        gap_of(compared),
        [(code, gap_of([row for row in compared if row.domain == code])) for code in codes],
    )


def _one(statement: object) -> SelfAssessment:
    found: SelfAssessment | None = db.session.scalar(
        statement.join(Institution, Institution.id == SelfAssessment.institution_id).options(  # type: ignore[attr-defined]
            joinedload(SelfAssessment.institution), joinedload(SelfAssessment.checklist)
        )
    )
    if found is None:
        raise NotVisibleError("self-assessment")
    return found
