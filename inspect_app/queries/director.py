"""What a director sees of their own institutions: where they stand, what to mend first, past visits and reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Criterion
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.findings import Finding
from inspect_app.domain.inspections import State
from inspect_app.models import Answer, AnswerRevision, Inspection, Institution, ScoreCard, db
from inspect_app.queries.findings import findings_of
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections.answers import AnswerRow
from inspect_app.queries.reports import answers_at
from inspect_app.queries.scope import own_institution, visible_inspection


@dataclass(frozen=True)
class Visit:
    """A visit whose draft the director has had, with the score card that they may know."""

    inspection: Inspection
    card: ScoreCard

    @property
    def stage(self) -> str:
        """What the card is of: draft or final."""
        return self.card.stage

    @property
    def on(self) -> date:
        """The day of the visit, in Morocco."""
        started = self.inspection.started_at
        return started.astimezone(clock.CASABLANCA).date() if started else self.inspection.planned_on

    @property
    def observing(self) -> bool:
        """Whether the director may still write observations."""
        due = self.inspection.observations_due_on
        return self.inspection.state == State.DRAFT_SENT and due is not None and due >= clock.today()

    @property
    def days_left(self) -> int:
        """Days until the last day for observations (0: today is the last)."""
        due = self.inspection.observations_due_on
        return (due - clock.today()).days if due else 0


@dataclass(frozen=True)
class Desk:
    """Everything on the desk. ``newest`` is None before the first visit of which a draft was sent."""

    institution: Institution
    visits: Sequence[Visit]  # newest first
    findings: tuple[Finding, ...]  # of the newest, what must be mended first at the head
    answers: Mapping[str, AnswerRow]
    today: date

    @property
    def newest(self) -> Visit | None:
        """The last visit."""
        return self.visits[0] if self.visits else None

    @property
    def first(self) -> tuple[Finding, ...]:
        """What to begin with: all that is critical or limits the level, at least three, at most ten."""
        urgent = sum(f.severity == "critical" or f.binds for f in self.findings)
        return self.findings[: min(10, max(3, urgent))]


@dataclass(frozen=True)
class Level:
    """What one visit found on one criterion; ``answer`` is the code of the answer's label ("0" … "3", "na")."""

    visit: Visit
    criterion: Criterion
    answer: str | None
    note: str
    na_reason: str


def own_institutions(actor: Actor) -> list[Institution]:
    """The institutions that the actor directs, by name."""
    statement = select(Institution).where(own_institution(actor))
    return list(db.session.scalars(statement.order_by(Institution.name_ar, Institution.id)))


def own(actor: Actor, institution_id: int) -> Institution:
    """One of them. Raises NotVisibleError."""
    found = db.session.scalar(select(Institution).where(own_institution(actor), Institution.id == institution_id))
    if found is None:
        raise NotVisibleError("institution")
    return found


def desk(actor: Actor, institution_id: int) -> Desk:
    """The desk of one of the actor's institutions. Raises NotVisibleError."""
    institution = own(actor, institution_id)
    seen = visits(actor, institution.id)
    if not seen:
        return Desk(institution, seen, (), {}, clock.today())
    newest = seen[0]
    return Desk(
        institution=institution,
        visits=seen,
        findings=findings_of(newest.inspection, newest.card),
        answers=answers_at(newest.inspection, newest.stage),
        today=clock.today(),
    )


def visits(actor: Actor, institution_id: int) -> list[Visit]:
    """The visits of an institution that the actor may know of and whose draft was sent, newest first."""
    rows = db.session.execute(
        select(Inspection, ScoreCard)
        .join(Institution, Institution.id == Inspection.institution_id)
        .join(ScoreCard, ScoreCard.inspection_id == Inspection.id)
        .where(
            visible_inspection(actor),
            Inspection.institution_id == institution_id,
            Inspection.draft_sent_at.is_not(None),
            ScoreCard.stage.in_(("draft", "final")),
        )
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc(), ScoreCard.id.desc())
    )
    newest: dict[int, Visit] = {}
    for inspection, card in rows:
        # the final card was taken after the draft's and comes first
        newest.setdefault(inspection.id, Visit(inspection, card))
    return list(newest.values())


def levels_of(actor: Actor, institution_id: int, criterion: str) -> list[Level]:
    """What each visit found on a criterion, newest first. Raises NotVisibleError where no visit asked it."""
    institution = own(actor, institution_id)
    rows = db.session.execute(
        select(Answer.inspection_id, Answer.level, Answer.not_applicable, AnswerRevision.note, AnswerRevision.na_reason)
        .join(AnswerRevision, AnswerRevision.id == Answer.revision_id)
        .join(Inspection, Inspection.id == Answer.inspection_id)
        .where(Answer.criterion == criterion, Inspection.institution_id == institution.id)
    )
    by_visit: dict[int, Any] = {row.inspection_id: row for row in rows}
    found = []
    for visit in visits(actor, institution.id):
        row = by_visit.get(visit.inspection.id)
        if row is not None and visit.stage == "draft":  # what is being answered is not said before the final report
            row = answers_at(visit.inspection, "draft").get(criterion)
        if row is None:
            continue
        code = "na" if row.not_applicable else None if row.level is None else str(row.level)
        asked = checklist_of(visit.inspection).criterion(criterion)
        found.append(Level(visit, asked, code, row.note, row.na_reason))
    if not found:
        raise NotVisibleError("criterion")
    return found
