"""What waits for somebody in the visits that a person may know of: how many stand in which state, and how many are late."""

from sqlalchemy import func, select

from inspect_app.domain.actors import Actor
from inspect_app.domain.inspections import State
from inspect_app.models import Inspection, Institution, db
from inspect_app.queries.inspections.deadlines import is_late
from inspect_app.queries.inspections.minutes import urgent_count
from inspect_app.queries.scope import visible_inspection

#: States in which the office waits for a reader, a director or an answer; in the order of a visit's life.
_STATES = (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.DRAFT_SENT, State.RESPONDING)


def waiting(actor: Actor) -> dict[str, int]:
    """How many visits have a "critical" finding, how many are "late", then how many stand in each state that waits; what nobody waits for is left out."""
    mine = (
        select(func.count(Inspection.id))
        .join(Institution, Institution.id == Inspection.institution_id)
        .where(visible_inspection(actor))
    )
    rows = db.session.execute(
        mine.add_columns(Inspection.state)
        .where(Inspection.state.in_([state.value for state in _STATES]))
        .group_by(Inspection.state)
    )
    counted = {state: count for count, state in rows}
    late = db.session.scalar(mine.where(is_late())) or 0
    found = {
        "critical": urgent_count(actor),
        "late": late,
        **{state.value: counted.get(state.value, 0) for state in _STATES},
    }
    return {code: count for code, count in found.items() if count}
