"""The register of findings follows every final report: one deed inside ``finalise``, and one that makes up for the past."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.findings_register import (
    Changes,
    Closing,
    Failed,
    FindingState,
    Standing,
    changes,
    due_again,
    reworded,
    state_again,
)
from inspect_app.domain.inspections import State
from inspect_app.domain.plans import WAITING, ActionState, PlanState
from inspect_app.models import (
    Answer,
    Finding,
    FindingSighting,
    Inspection,
    PlanAction,
    PlanEvent,
    RegisterEntry,
    ScoreCard,
    SupportPlan,
    db,
)
from inspect_app.queries.findings import day_of, findings_of
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import audit


def enter(actor: Actor | None, inspection: Inspection, card: ScoreCard) -> RegisterEntry | None:
    """Enter a final report into the register; no commit of its own (the deed that issues the report commits).

    None where it was entered before, and where a later visit was: a report that comes late rewrites nothing.
    """
    if db.session.get(RegisterEntry, inspection.id) is not None or _later_entered(inspection):
        return None
    found = _changes(inspection, card)
    words = _reworded(inspection)
    _open(inspection, found.opens, words)
    for standing, failed in found.again:
        _again(inspection, standing, failed, words)
    for standing, why in found.closes:
        _close(inspection, standing, why)
    _settle_steps(inspection)
    entry = RegisterEntry(
        inspection_id=inspection.id,
        entered_at=clock.now(),
        opened=len(found.opens),
        again=len(found.again),
        closed=len(found.closes),
    )
    db.session.add(entry)
    audit.record(
        actor,
        "findings.entered",
        chain=f"institution/{inspection.institution_id}",
        inspection=inspection.id,
        opened_findings=[f.criterion for f in found.opens],
        found_again=[f.criterion for _standing, f in found.again],
        closed_findings=[s.criterion for s, _why in found.closes],
    )
    return entry


def enter_past(*, institution_id: int | None = None) -> dict[str, int]:
    """Enter every final report issued by now that is not in the register yet, the oldest first; how many visits and findings.

    Doing it twice changes nothing. One commit for each institution; with ``institution_id`` only of this one.
    """
    missing = (
        select(Inspection)
        .outerjoin(RegisterEntry, RegisterEntry.inspection_id == Inspection.id)
        .where(Inspection.state == State.FINAL, RegisterEntry.inspection_id.is_(None))
        .where(Inspection.final_at <= clock.now())
        .order_by(Inspection.institution_id, Inspection.planned_on, Inspection.id)
    )
    if institution_id is not None:
        missing = missing.where(Inspection.institution_id == institution_id)
    visits = opened = 0
    before: int | None = None
    for inspection in db.session.scalars(missing).all():
        if before is not None and before != inspection.institution_id:
            db.session.commit()
        before = inspection.institution_id
        card = db.session.scalar(
            select(ScoreCard)
            .where(ScoreCard.inspection_id == inspection.id, ScoreCard.stage == "final")
            .order_by(ScoreCard.id.desc())
            .limit(1)
        )
        if card is not None and (entry := enter(None, inspection, card)) is not None:
            visits, opened = visits + 1, opened + entry.opened
    db.session.commit()
    return {"visits": visits, "findings": opened}


def _later_entered(inspection: Inspection) -> bool:
    statement = (
        select(RegisterEntry.inspection_id)
        .join(Inspection, Inspection.id == RegisterEntry.inspection_id)
        .where(Inspection.institution_id == inspection.institution_id, Inspection.planned_on > inspection.planned_on)
    )
    return db.session.scalar(statement.limit(1)) is not None


def _changes(inspection: Inspection, card: ScoreCard) -> Changes:
    told = inspection.draft_sent_at or clock.now()
    failed = [
        Failed(
            criterion=f.criterion.code,
            level=f.level,
            severity=f.severity or "minor",
            due_on=f.due_on or told.astimezone(clock.CASABLANCA).date() + timedelta(days=180),
        )
        for f in findings_of(inspection, card)
    ]
    standing = [
        Standing(*row)
        for row in db.session.execute(
            select(Finding.id, Finding.criterion, Finding.state)
            .where(Finding.institution_id == inspection.institution_id, Finding.state != FindingState.CLOSED)
            .order_by(Finding.criterion)
        )
    ]
    answers = {
        code: None if not_applicable else level
        for code, level, not_applicable in db.session.execute(
            select(Answer.criterion, Answer.level, Answer.not_applicable).where(
                Answer.inspection_id == inspection.id, Answer.level.is_not(None) | Answer.not_applicable
            )
        )
    }
    asked = {c.code for c in checklist_of(inspection).applicable(Facts.of(inspection.facts))}
    return changes(standing, failed, asked=asked, answers=answers)


def _reworded(inspection: Inspection) -> frozenset[str]:
    """Criteria whose words are others than on the visit entered before this one."""
    before = db.session.scalar(
        select(Inspection)
        .join(RegisterEntry, RegisterEntry.inspection_id == Inspection.id)
        .where(Inspection.institution_id == inspection.institution_id)
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc())
        .limit(1)
    )
    return frozenset() if before is None else reworded(checklist_of(before), checklist_of(inspection))


def _open(inspection: Inspection, opens: Sequence[Failed], words: frozenset[str]) -> None:
    if not opens:
        return
    before = {
        code: (number, times)
        for number, code, times in db.session.execute(
            select(Finding.id, Finding.criterion, Finding.times)
            .where(Finding.institution_id == inspection.institution_id)
            .order_by(Finding.id)
        )
    }
    told = (inspection.draft_sent_at or clock.now()).astimezone(clock.CASABLANCA).date()
    checklist = checklist_of(inspection)
    rows = []
    for failed in opens:
        number, times = before.get(failed.criterion, (None, 0))
        rows.append(
            Finding(
                institution_id=inspection.institution_id,
                criterion=failed.criterion,
                domain=checklist.criterion(failed.criterion).domain,
                inspection_id=inspection.id,
                last_id=inspection.id,
                state=FindingState.OPEN,
                severity=failed.severity,
                level=failed.level,
                times=1 + times,
                previous_id=number,
                opened_on=day_of(inspection),
                due_on=failed.due_on,
                due_days=(failed.due_on - told).days,
            )
        )
    db.session.add_all(rows)
    db.session.flush()
    for row, failed in zip(rows, opens, strict=True):
        _sight(row, inspection, failed, words)


def _again(inspection: Inspection, standing: Standing, failed: Failed, words: frozenset[str]) -> None:
    row = db.session.get_one(Finding, standing.id)
    if row.state == FindingState.VERIFIED:
        _take_up_again(row.id, failed.due_on)
    row.due_on = due_again(row.state, row.due_on, failed.due_on)
    row.state = state_again(row.state)
    row.verified_on = None
    row.severity, row.level, row.last_id = failed.severity, failed.level, inspection.id
    row.times += 1
    _sight(row, inspection, failed, words)


def _close(inspection: Inspection, standing: Standing, why: Closing) -> None:
    row = db.session.get_one(Finding, standing.id)
    row.state, row.closed_why = FindingState.CLOSED, why
    row.closed_on, row.closed_by_id = day_of(inspection), inspection.id
    actions = select(PlanAction).where(PlanAction.finding_id == row.id, PlanAction.state.in_(WAITING))
    for action in db.session.scalars(actions):
        _happens(action, "settled")


def _settle_steps(inspection: Inspection) -> None:
    """Actions that answer no finding are settled where the visit found the level that they aim at."""
    actions = (
        select(PlanAction)
        .join(SupportPlan, SupportPlan.id == PlanAction.plan_id)
        .join(Answer, (Answer.criterion == PlanAction.criterion) & (Answer.inspection_id == inspection.id))
        .where(SupportPlan.institution_id == inspection.institution_id, SupportPlan.state != PlanState.CLOSED)
        .where(PlanAction.finding_id.is_(None), PlanAction.state.in_(WAITING))
        .where(Answer.level >= PlanAction.target_level)
    )
    for action in db.session.scalars(actions):
        _happens(action, "settled")


def _take_up_again(finding_id: int, due_on: date) -> None:
    """What had been accepted was not mended after all: the action waits again, in a plan that still runs."""
    actions = (
        select(PlanAction)
        .join(SupportPlan, SupportPlan.id == PlanAction.plan_id)
        .where(SupportPlan.state != PlanState.CLOSED, PlanAction.finding_id == finding_id)
        .where(PlanAction.state == ActionState.ACCEPTED)
    )
    for action in db.session.scalars(actions):
        action.verified_at = action.verified_by = None
        action.verdict, action.due_on = "", max(action.due_on, due_on)
        _happens(action, "planned", "found_again")


def _happens(action: PlanAction, state: str, event: str = "") -> None:
    action.state = state
    db.session.add(PlanEvent(plan_id=action.plan_id, action_id=action.id, event=event or state, at=clock.now()))


def _sight(row: Finding, inspection: Inspection, failed: Failed, words: frozenset[str]) -> None:
    db.session.add(
        FindingSighting(
            finding_id=row.id,
            inspection_id=inspection.id,
            level=failed.level,
            severity=failed.severity,
            reworded=failed.criterion in words,
        )
    )
