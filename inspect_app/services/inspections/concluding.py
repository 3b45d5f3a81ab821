"""From the accepted answers to the final report: send the draft, issue the final report; or cancel before."""

from datetime import date

from inspect_app.adapters import clock
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.domain.actors import Actor
from inspect_app.domain.inspections import Event
from inspect_app.models import Inspection, Institution, ScoreCard, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import policy_of
from inspect_app.services import audit, findings
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import chain, hold, move
from inspect_app.services.scorecards import take_card


def send_draft(actor: Actor, *, inspection_id: int) -> Inspection:
    """The draft report goes to the director, and their delay begins (policy: 10 working days, Moroccan holidays).

    The day of sending does not count. Raises NotVisibleError, ForbiddenError (``visited-it``), DomainError.
    """
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    due_on = observations_due(inspection, clock.today())
    move(actor, inspection, Event.DRAFT_SENT, due_on=due_on.isoformat())
    inspection.draft_sent_at = clock.now()
    inspection.observations_due_on = due_on
    _card(actor, inspection, "draft")
    db.session.commit()
    notices.draft_sent(inspection)
    return inspection


def observations_due(inspection: Inspection, sent_on: date) -> date:
    """The last day on which the director may observe, were the draft sent on that day."""
    return policy_of(inspection).clock("observations").due(sent_on, moroccan_holidays(sent_on.year, sent_on.year + 1))


def observations_due_today(inspection: Inspection) -> date:
    """The last day of the director's delay, were the draft sent today (said before it is sent)."""
    return observations_due(inspection, clock.today())


def finalise(actor: Actor, *, inspection_id: int) -> Inspection:
    """The final report is issued: the final score card is taken, and the registry shows its level and score,
    and the register of findings what it opened, found again and closed.

    Raises NotVisibleError, ForbiddenError (``visited-it``), DomainError: ``observations-unanswered``, illegal move.
    """
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    move(actor, inspection, Event.FINALISED)
    inspection.final_at = clock.now()
    card = _card(actor, inspection, "final")
    _show_in_registry(inspection.institution, inspection, card)
    audit.record(
        actor,
        "institution.result_changed",
        chain=f"institution/{inspection.institution_id}",
        inspection=inspection.id,
        level=card.level,
        score=None if card.score is None else str(card.score),
    )
    findings.enter(actor, inspection, card)
    db.session.commit()
    notices.finalised(inspection)
    return inspection


def cancel(actor: Actor, *, inspection_id: int, reason: str) -> Inspection:
    """The visit does not take place. Raises NotVisibleError, ForbiddenError, DomainError: ``reason-missing``, illegal."""
    hold(inspection_id)
    inspection = questions.visible(actor, inspection_id)
    move(actor, inspection, Event.CANCELLED, reason=reason)
    inspection.cancelled_at = clock.now()
    db.session.commit()
    notices.cancelled(inspection, reason.strip())
    return inspection


def _card(actor: Actor, inspection: Inspection, stage: str) -> ScoreCard:
    db.session.flush()
    card = take_card(inspection, stage)
    audit.record(
        actor, "scorecard.taken", chain=chain(inspection.id), stage=stage, sha256=card.sha256, level=card.level
    )
    return card


def _show_in_registry(institution: Institution, inspection: Inspection, card: ScoreCard) -> None:
    """The registry shows the result of the latest visit; a report that comes late does not overwrite a newer one."""
    visited_on = (
        inspection.started_at.astimezone(clock.CASABLANCA).date() if inspection.started_at else inspection.planned_on
    )
    if institution.last_visit_on is not None and institution.last_visit_on > visited_on:
        return
    if card.level is not None and card.level != institution.level:
        institution.level_since = clock.today()
    if card.level is not None:
        institution.level, institution.score = card.level, card.score
    institution.last_visit_on = visited_on
    institution.updated_at = clock.now()
