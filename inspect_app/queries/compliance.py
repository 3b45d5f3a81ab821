"""Compliance over time: each visit and self-assessment of an institution, by domain and criterion; and what support changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Checklist
from inspect_app.domain.compliance import Mended, Supported, TimeToConformity, times_to_conformity
from inspect_app.domain.inspections import State
from inspect_app.domain.texts import Text
from inspect_app.models import (
    Answer,
    Finding,
    FrozenVersion,
    Inspection,
    Institution,
    PlanAction,
    PlanEvent,
    ScoreCard,
    SelfAnswer,
    SelfAssessment,
    SupportPlan,
    db,
)
from inspect_app.queries.findings import day_of
from inspect_app.queries.plans.file import institution_in_sight
from inspect_app.queries.scope import in_territory


@dataclass(frozen=True)
class Point:
    """A final visit, or a finished self-assessment: the day, the result, each domain's score."""

    kind: str  # of the visit; self_assessment
    on: date
    reference: str
    level: str | None
    score: Decimal | None
    domains: Mapping[str, Decimal]
    checklist_id: int
    inspection_id: int | None
    assessment_id: int | None

    @property
    def visit(self) -> bool:
        """Whether inspectors found it."""
        return self.inspection_id is not None


@dataclass(frozen=True)
class Compliance:
    """Everything on the page of one institution; ``points`` oldest first."""

    institution: Institution
    points: Sequence[Point]
    times: tuple[TimeToConformity, ...]
    checklist: Checklist | None  # the newest, for titles and the order of domains

    @cached_property
    def domains(self) -> list[tuple[str, Text]]:
        """Domains that any point has, in the order of the newest checklist; codes are for life, whatever the version."""
        titles = {d.code: d.title for d in self.checklist.domains} if self.checklist else {}
        seen = {code for point in self.points for code in point.domains}
        gone = [(code, Text(code, code)) for code in sorted(seen - titles.keys())]
        return [(code, title) for code, title in titles.items() if code in seen] + gone

    def criteria(self, domain: str) -> list[tuple[str, Text]]:
        """The criteria of a domain, by the newest checklist."""
        found = [d for d in self.checklist.domains if d.code == domain] if self.checklist else []
        return [(c.code, c.title) for d in found for c in d.criteria]


def compliance_of(actor: Actor, institution_id: int) -> Compliance:
    """An institution of the actor's territory, or their own, over time. Raises NotVisibleError."""
    institution = institution_in_sight(actor, institution_id)
    points = sorted([*_visits(institution.id), *_assessments(institution.id)], key=lambda p: (p.on, not p.visit))
    newest = points[-1].checklist_id if points else None
    row = db.session.get(FrozenVersion, newest) if newest else None
    findings = [
        Mended(*found)
        for found in db.session.execute(
            select(Finding.severity, Finding.opened_on, Finding.due_on, Finding.closed_on, Finding.verified_on).where(
                Finding.institution_id == institution.id, Finding.closed_why.in_(("", "met"))
            )
        )
    ]
    return Compliance(
        institution,
        points,
        times_to_conformity(findings, clock.today()),
        Checklist.of(row.content) if row else None,
    )


def levels_by_point(found: Compliance, codes: Sequence[str]) -> dict[tuple[str, int], str]:
    """The answer (label code: "0" … "3", "na") to each criterion at each point, by criterion and place of the point."""
    answers: dict[tuple[str, int], str] = {}
    visits = {p.inspection_id: n for n, p in enumerate(found.points) if p.inspection_id}
    own = {p.assessment_id: n for n, p in enumerate(found.points) if p.assessment_id}
    for owner, code, level, not_applicable in db.session.execute(
        select(Answer.inspection_id, Answer.criterion, Answer.level, Answer.not_applicable).where(
            Answer.inspection_id.in_(list(visits)), Answer.criterion.in_(codes)
        )
    ):
        if level is not None or not_applicable:
            answers[code, visits[owner]] = "na" if not_applicable else str(level)
    for owner, code, level, not_applicable in db.session.execute(
        select(SelfAnswer.assessment_id, SelfAnswer.criterion, SelfAnswer.level, SelfAnswer.not_applicable).where(
            SelfAnswer.assessment_id.in_(list(own)), SelfAnswer.criterion.in_(codes)
        )
    ):
        answers[code, own[owner]] = "na" if not_applicable else str(level)
    return answers


def supported(actor: Actor) -> list[Supported]:
    """Actions of the actor's territory whose criterion a visit planned after the plan was proposed has looked at.

    Whether it was done is what was so on that day: a proof accepted then stays counted although the visit found the
    criterion failing again. What was taken out of the plan before that day is left out.
    """
    first, later = aliased(Inspection), aliased(Inspection)
    before, after = aliased(Answer), aliased(Answer)
    score_before, score_after = _final_score(first), _final_score(later)
    next_day = (
        select(func.min(Inspection.planned_on))
        .where(
            Inspection.institution_id == SupportPlan.institution_id,
            Inspection.state == State.FINAL.value,
            Inspection.planned_on > first.planned_on,
            Inspection.planned_on >= func.date(SupportPlan.proposed_at),
        )
        .correlate(SupportPlan, first)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            PlanAction.kind,
            PlanAction.helper,
            _happened("accepted", func.min),
            _happened("removed", func.max),
            later.planned_on,
            before.level,
            after.level,
            score_before,
            score_after,
            SupportPlan.id,
        )
        .join(SupportPlan, SupportPlan.id == PlanAction.plan_id)
        .join(Institution, Institution.id == SupportPlan.institution_id)
        .join(first, first.id == SupportPlan.inspection_id)
        .join(
            later,
            and_(
                later.institution_id == SupportPlan.institution_id,
                later.state == State.FINAL.value,
                later.planned_on == next_day,
            ),
        )
        .join(before, and_(before.inspection_id == first.id, before.criterion == PlanAction.criterion))
        .join(after, and_(after.inspection_id == later.id, after.criterion == PlanAction.criterion))
        .where(in_territory(actor))
        .where(before.level.is_not(None), after.level.is_not(None))
    )
    return [
        Supported(
            kind=kind,
            helper=helper,
            done=_by(accepted, on),
            before=was,
            after=now,
            score_before=scored,
            score_after=scores,
            plan_id=plan_id,
        )
        for kind, helper, accepted, removed, on, was, now, scored, scores, plan_id in rows
        if not _by(removed, on)
    ]


def _happened(event: str, which: Any) -> Any:
    """The first or last time that something happened to an action."""
    at = select(which(PlanEvent.at)).where(PlanEvent.action_id == PlanAction.id, PlanEvent.event == event)
    return at.correlate(PlanAction).scalar_subquery()


def _by(at: datetime | None, day: date) -> bool:
    """Whether it had happened on that day, in Morocco."""
    return at is not None and at.astimezone(clock.CASABLANCA).date() <= day


def _final_score(visit: Any) -> Any:
    """The score of the newest final card of a visit of the statement around it."""
    return (
        select(ScoreCard.score)
        .where(ScoreCard.inspection_id == visit.id, ScoreCard.stage == "final")
        .order_by(ScoreCard.id.desc())
        .limit(1)
        .correlate(visit)
        .scalar_subquery()
    )


def _visits(institution_id: int) -> list[Point]:
    rows = db.session.execute(
        select(Inspection, ScoreCard)
        .join(ScoreCard, and_(ScoreCard.inspection_id == Inspection.id, ScoreCard.stage == "final"))
        .where(Inspection.institution_id == institution_id, Inspection.state == State.FINAL.value)
        .order_by(ScoreCard.id)
    )
    newest = {visit.id: (visit, card) for visit, card in rows}
    return [
        Point(
            visit.kind, day_of(visit), visit.reference, card.level, card.score, _domains(card.card),
            visit.checklist_id, visit.id, None,
        )
        for visit, card in newest.values()
    ]  # fmt: skip


def _assessments(institution_id: int) -> list[Point]:
    rows = db.session.scalars(
        select(SelfAssessment).where(
            SelfAssessment.institution_id == institution_id, SelfAssessment.submitted_at.is_not(None)
        )
    )
    return [
        Point(
            "self_assessment", row.submitted_at.astimezone(clock.CASABLANCA).date(), "", row.level, row.score,
            _domains(row.card), row.checklist_id, None, row.id,
        )
        for row in rows
        if row.submitted_at is not None and row.card is not None
    ]  # fmt: skip


def _domains(card: Mapping[str, Any]) -> dict[str, Decimal]:
    return {d["code"]: Decimal(str(d["score"])) for d in card["domains"] if d["score"] is not None}
