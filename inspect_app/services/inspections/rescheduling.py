"""Another day for a visit that has not begun: the road is closed, the inspector is ill."""

from datetime import date

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import Event
from inspect_app.domain.permissions import Permission
from inspect_app.models import Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import hold, move, require
from inspect_app.services.inspections.planning import check_date


def reschedule(actor: Actor, *, inspection_id: int, planned_on: date, reason: str) -> Inspection:
    """Move a planned or prepared visit to another day; team, declarations and frozen texts stay, the team is told.

    Raises NotVisibleError, ForbiddenError, DomainError: ``illegal-move`` once the visit has begun, ``date-unchanged``,
    ``date-past``, ``visit-open``, ``reason-missing``.
    """
    require(actor, Permission.PLAN_INSPECTIONS)
    hold(inspection_id)
    inspection = questions.visible(actor, inspection_id)
    before = inspection.planned_on
    if planned_on == before:
        raise DomainError("date-unchanged", field="planned_on", status=422)
    check_date(inspection.institution_id, planned_on)
    move(actor, inspection, Event.RESCHEDULED, reason=reason, before=before.isoformat(), after=planned_on.isoformat())
    inspection.planned_on = planned_on
    db.session.commit()
    notices.rescheduled(inspection, before)
    return inspection
