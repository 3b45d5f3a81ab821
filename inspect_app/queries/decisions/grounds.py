"""What a dossier holds and what its proposal is computed from: card, findings, plan, past decisions."""

from sqlalchemy import func, select

from inspect_app.adapters import clock
from inspect_app.domain.decisions import Grounds, Matter, PlanFacts
from inspect_app.domain.decisions.completeness import Held
from inspect_app.domain.inspections import State
from inspect_app.models import (
    Appeal,
    Dossier,
    Finding,
    Inspection,
    Observation,
    ObservationResponse,
    PlanAction,
    ScoreCard,
    SupportPlan,
    db,
)
from inspect_app.queries.decisions.register import past_outcomes
from inspect_app.queries.findings import findings_of

_ACTION_OVER = ("accepted", "settled", "removed")


def final_card(inspection_id: int) -> ScoreCard | None:
    """The card on which a decision rests: the visit's own, final one."""
    return db.session.scalar(
        select(ScoreCard)
        .where(ScoreCard.inspection_id == inspection_id, ScoreCard.stage == "final")
        .order_by(ScoreCard.id.desc())
        .limit(1)
    )


def grounds_of(inspection: Inspection, card: ScoreCard) -> Grounds:
    """What the rules look at for a dossier after this visit."""
    found = findings_of(inspection, card)
    return Grounds(
        card=card.card,
        reference=inspection.reference,
        recurrent_critical=sum(f.severity == "critical" and f.recurrent for f in found),
        past=past_outcomes(inspection.institution_id),
        plan=plan_facts(inspection.institution_id),
    )


def plan_facts(institution_id: int) -> PlanFacts | None:
    """How far the institution's agreed support plan is today; None without one."""
    plan = db.session.scalar(
        select(SupportPlan).where(SupportPlan.institution_id == institution_id, SupportPlan.state == "agreed")
    )
    if plan is None:
        return None
    rows = db.session.execute(
        select(PlanAction.state, PlanAction.due_on, Finding.severity)
        .join(Finding, Finding.id == PlanAction.finding_id)
        .where(PlanAction.plan_id == plan.id, PlanAction.state != "removed")
    ).all()
    today = clock.today()
    return PlanFacts(
        actions=len(rows),
        verified=sum(state in ("accepted", "settled") for state, _due, _severity in rows),
        overdue_critical=sum(
            state not in _ACTION_OVER and due < today and severity == "critical" for state, due, severity in rows
        ),
    )


def held(dossier: Dossier) -> Held:
    """What lies in the dossier, as the rules of completeness look at it."""
    matter = Matter(dossier.matter)
    inspection = dossier.inspection
    if inspection is None:
        return Held(matter, grounds_written=bool(dossier.grounds.strip()))
    return held_of_visit(inspection, matter, grounds_written=bool(dossier.grounds.strip()))


def held_of_visit(inspection: Inspection, matter: Matter, *, grounds_written: bool = False) -> Held:
    """The same for a visit of which no dossier was opened yet."""
    card = final_card(inspection.id)
    observations = _count(select(func.count(Observation.id)).where(Observation.inspection_id == inspection.id))
    answered = _count(
        select(func.count(ObservationResponse.observation_id)).where(ObservationResponse.inspection_id == inspection.id)
    )
    appeal = _count(
        select(func.count(Appeal.id)).where(
            Appeal.institution_id == inspection.institution_id, Appeal.state.in_(("lodged", "under_examination"))
        )
    )
    started = inspection.started_at
    return Held(
        matter=matter,
        final_report=inspection.state == State.FINAL.value,
        card_complete=card is not None and bool(card.card["complete"]),
        observations=observations,
        unanswered_observations=observations - answered,
        visited_on=started.astimezone(clock.CASABLANCA).date() if started else inspection.planned_on,
        grounds_written=grounds_written,
        open_appeal=appeal > 0,
    )


def _count(statement: object) -> int:
    return db.session.scalar(statement) or 0  # type: ignore[call-overload]
