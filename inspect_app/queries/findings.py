"""What a visit found to be mended, with the frozen texts, delays and the previous visit beside it."""

from datetime import date

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.findings import Finding, findings
from inspect_app.models import Answer, Inspection, ScoreCard, db
from inspect_app.queries.frozen import checklist_of, policy_of, rules_of


def findings_of(inspection: Inspection, card: ScoreCard) -> tuple[Finding, ...]:
    """The findings of a card on file, what must be mended first at the head.

    Delays count from the day on which the draft report went to the director (calendar days, policy).
    """
    rules = rules_of(inspection)
    told = inspection.draft_sent_at
    return findings(
        card.card,
        checklist_of(inspection),
        policy_of(inspection),
        maximum=rules.maximum,
        failing_below=rules.failing_below,
        told_on=told.astimezone(clock.CASABLANCA).date() if told else None,
        before=_levels(inspection.previous_id),
    )


def day_of(inspection: Inspection) -> date:
    """The day of a visit, in Morocco."""
    started = inspection.started_at
    return started.astimezone(clock.CASABLANCA).date() if started else inspection.planned_on


def _levels(inspection_id: int | None) -> dict[str, int | None]:
    if inspection_id is None:
        return {}
    rows = db.session.execute(select(Answer.criterion, Answer.level).where(Answer.inspection_id == inspection_id))
    return {code: level for code, level in rows}
