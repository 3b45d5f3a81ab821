"""What falls due in the register by the passing of time: letters before the end, expiry, visits that are overdue.

Each step may run as often as one likes: what it did leaves a row, and is not done again.
"""

from datetime import timedelta

from sqlalchemy import func, select

from inspect_app.adapters import clock
from inspect_app.adapters.decision_files import load_decision_policy
from inspect_app.domain.decisions import IN_FORCE
from inspect_app.domain.decisions.outcomes import EXPIRING
from inspect_app.domain.inspections import State
from inspect_app.models import Accreditation, Inspection, db
from inspect_app.services import audit
from inspect_app.services.decisions import letters, register


def expire() -> dict[str, int]:
    """Every accreditation whose last day has passed stands as expired from now on."""
    rows = db.session.scalars(
        select(Accreditation)
        .where(Accreditation.standing.in_([str(s) for s in EXPIRING]), Accreditation.valid_until < clock.today())
        .order_by(Accreditation.institution_id)
    ).all()
    for row in rows:
        last_day = row.valid_until
        register.expire(row)
        audit.record(
            None,
            "decision.expired",
            chain=f"institution/{row.institution_id}",
            decision=row.decision_id,
            number=row.decision.number,
        )
        if last_day is not None:
            letters.in_time(row, "expired", last_day)
    db.session.commit()
    return {"expired": len(rows)}


def warn() -> dict[str, int]:
    """A letter before the end: what expires within the days of the policy."""
    today = clock.today()
    soon = today + timedelta(days=load_decision_policy().expiring_days)
    rows = db.session.scalars(
        select(Accreditation)
        .where(
            Accreditation.standing.in_([str(s) for s in IN_FORCE]),
            Accreditation.valid_until.between(today, soon),
        )
        .order_by(Accreditation.valid_until)
    )
    made = sum(letters.in_time(row, "expiring", row.valid_until) for row in rows if row.valid_until)
    db.session.commit()
    return {"warned": made}


def visits_due() -> dict[str, int]:
    """A letter where the visit that a decision asked for did not take place in time."""
    visited = (
        select(func.max(Inspection.started_at))
        .where(Inspection.institution_id == Accreditation.institution_id, Inspection.state != State.CANCELLED.value)
        .correlate(Accreditation)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Accreditation, visited).where(
            Accreditation.standing.in_([str(s) for s in IN_FORCE]), Accreditation.visit_by < clock.today()
        )
    ).all()
    made = 0
    for row, last in rows:
        if last is not None and last.astimezone(clock.CASABLANCA).date() > row.since:
            continue
        if row.visit_by is not None:
            made += letters.in_time(row, "visit-due", row.visit_by)
    db.session.commit()
    return {"visits due": made}


def send_letters() -> dict[str, int]:
    """Letters that wait, those that could not be sent before included."""
    return {"letters": letters.send_queued()}
