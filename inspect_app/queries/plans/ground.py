"""What a plan is proposed from: the latest final visit, its findings, and the way to the next level; and what a plan is worth."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.adapters.follow_up_files import load_follow_up
from inspect_app.domain.checklists import Checklist
from inspect_app.domain.findings_register import FindingState
from inspect_app.domain.inspections import State
from inspect_app.domain.plans import ActionState, Answerable
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.scoring import ScoreCard as Card
from inspect_app.domain.scoring.what_if import Stand
from inspect_app.models import Finding, Inspection, SupportPlan, db
from inspect_app.queries.frozen import policy_of
from inspect_app.queries.reports import answers_at
from inspect_app.queries.what_if import stand_of


@dataclass(frozen=True)
class PlanGround:
    """The latest final visit of an institution, and everything that its result follows from."""

    inspection: Inspection
    stand: Stand

    @property
    def checklist(self) -> Checklist:
        """The checklist of that visit."""
        return self.stand.checklist


def ground_of(institution_id: int) -> PlanGround | None:
    """None where no report is final."""
    inspection = db.session.scalar(
        select(Inspection)
        .where(Inspection.institution_id == institution_id, Inspection.state == State.FINAL.value)
        .where(Inspection.final_at <= clock.now())
        .order_by(Inspection.planned_on.desc(), Inspection.id.desc())
        .limit(1)
    )
    if inspection is None:
        return None
    answers = {c: AnswerInput(row.level, row.not_applicable) for c, row in answers_at(inspection, "final").items()}
    return PlanGround(inspection, stand_of(inspection, answers))


def unmended(institution_id: int) -> list[Finding]:
    """The findings of an institution that somebody still has to mend, the gravest first, then the first due."""
    order = {"critical": 0, "major": 1, "minor": 2}
    rows = db.session.scalars(
        select(Finding).where(
            Finding.institution_id == institution_id,
            Finding.state.not_in((FindingState.CLOSED.value, FindingState.VERIFIED.value)),
        )
    )
    return sorted(rows, key=lambda f: (order[f.severity], f.due_on, f.criterion))


def answerable(ground: PlanGround, findings: list[Finding]) -> tuple[list[Answerable], dict[str, int], str | None]:
    """What a plan answers, the levels that the way to the next level asks, and that level (None: out of reach).

    A step of the way that is no finding (mostly met, to be fully met) is answered too, within the longest delay.
    """
    way = next((w for w in ground.stand.ways() if w.reachable), None)
    steps = {change.criterion: change.to_level for change in way.changes} if way else {}
    weight = {c.code: c.weight for c in ground.checklist}
    found = [
        Answerable(f.id, f.criterion, f.severity, _support(ground, f.criterion), f.due_on, -weight.get(f.criterion, 0))
        for f in findings
    ]
    known = {f.criterion for f in findings}
    longest = max(policy_of(ground.inspection).due_days.values())
    last = clock.today() + timedelta(days=longest)
    found += [
        Answerable(None, code, "minor", _support(ground, code), last, -weight.get(code, 0))
        for code in steps
        if code not in known
    ]
    return found, steps, way.level if way else None


def earliest_days() -> dict[str, date]:
    """The first last day that a proposed action may have, by severity of its finding (policy)."""
    return {s: clock.today() + timedelta(days=days) for s, days in load_follow_up().shortest.items()}


def _support(ground: PlanGround, code: str) -> str:
    try:
        return ground.checklist.criterion(code).support
    except KeyError:  # found by an older checklist, and the newer one has no such criterion
        return "coordination"


@dataclass(frozen=True)
class Worth:
    """What the latest result would be: as found, if the proofs sent are accepted, if the whole plan is done."""

    found: Card
    if_accepted: Card
    if_done: Card


def worth_of(plan: SupportPlan) -> Worth | None:
    """By the pure engine, on the latest final visit; None where there is none. It establishes nothing: only a visit does."""
    ground = ground_of(plan.institution_id)
    if ground is None:
        return None
    left = [a for a in plan.actions if a.state != ActionState.REMOVED]

    def levels(states: tuple[ActionState, ...]) -> dict[str, int]:
        found: dict[str, int] = {}
        for action in left:
            now = ground.stand.level_of(action.criterion)
            if now is not None and action.state in states:
                found[action.criterion] = max(now, action.target_level, found.get(action.criterion, 0))
        return found

    sent = (ActionState.PROOF_SENT, ActionState.ACCEPTED)
    return Worth(
        ground.stand.card(),
        ground.stand.with_levels(levels(sent)).card(),
        ground.stand.with_levels(levels(tuple(ActionState))).card(),
    )
