"""Deadlines of visits: of one for its page, and as a condition for the list of what is late."""

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, or_, select

from inspect_app.adapters import clock
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.domain.deadlines import AWAITED, Deadline, deadlines, late_before
from inspect_app.models import Inspection, db
from inspect_app.queries.frozen import policy_of


def deadlines_of(inspection: Inspection) -> tuple[Deadline, ...]:
    """What is awaited of the visit and until when, by its frozen policy; the nearest first."""
    submitted = inspection.submitted_at
    submitted_on = submitted.astimezone(clock.CASABLANCA).date() if submitted else None
    return deadlines(
        inspection.state,
        policy_of(inspection),
        submitted_on=submitted_on,
        observations_due_on=inspection.observations_due_on,
        holidays=_holidays(submitted_on or clock.today()),
        today=clock.today(),
    )


def is_late() -> ColumnElement[bool]:
    """A condition on ``Inspection``: something awaited of it is late today, each by its own frozen policy."""
    today = clock.today()
    conditions: list[ColumnElement[bool]] = [
        and_(Inspection.state == "draft_sent", Inspection.observations_due_on < today)
    ]
    awaited = [state.value for state in AWAITED]
    kept = db.session.scalars(select(Inspection.policy_id).where(Inspection.state.in_(awaited)).distinct())
    for policy_id in kept.all():
        policy = policy_of(Inspection(policy_id=policy_id))
        for code in ("draft-report", "final-report"):
            states = [state.value for state, codes in AWAITED.items() if code in codes]
            first = late_before(policy.clock(code), today, _holidays(today))
            conditions.append(
                and_(
                    Inspection.policy_id == policy_id,
                    Inspection.state.in_(states),
                    Inspection.submitted_at < datetime.combine(first, time(), clock.CASABLANCA),
                )
            )
    return or_(*conditions)


def _holidays(around: date) -> frozenset[date]:
    return moroccan_holidays(around.year - 1, around.year + 1)
