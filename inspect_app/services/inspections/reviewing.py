"""Second reading: somebody who was not on the visit reads every answer, and accepts or returns."""

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.inspections import Event
from inspect_app.models import Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import hold, move


def accept(actor: Actor, *, inspection_id: int, remark: str = "") -> Inspection:
    """The second reader accepts the answers. Raises NotVisibleError, ForbiddenError, DomainError (illegal move)."""
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    move(actor, inspection, Event.ACCEPTED, reason=remark)
    inspection.accepted_at = clock.now()
    db.session.commit()
    notices.accepted(inspection)
    return inspection


def return_to_team(actor: Actor, *, inspection_id: int, reason: str) -> Inspection:
    """The second reader gives the answers back to the team, with reasons.

    Raises NotVisibleError, ForbiddenError, DomainError: ``reason-missing``, illegal move.
    """
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    move(actor, inspection, Event.RETURNED, reason=reason)
    db.session.commit()
    notices.returned(inspection, reason.strip())
    return inspection
