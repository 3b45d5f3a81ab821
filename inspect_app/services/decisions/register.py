"""The register: a line for each decision and each expiry, and where the institution stands after it. No commit."""

from inspect_app.adapters import clock
from inspect_app.models import Accreditation, AccreditationEntry, Decision, db


def enter(decision: Decision) -> None:
    """The line of a decision; the institution stands there from now on."""
    _line(decision, "decided", decision.standing, decision.level)
    row = db.session.get(Accreditation, decision.institution_id)
    if row is None:
        row = Accreditation(institution_id=decision.institution_id)
        db.session.add(row)
    row.decision_id, row.standing, row.level = decision.id, decision.standing, decision.level
    row.since, row.valid_until, row.visit_by = decision.decided_on, decision.valid_until, decision.visit_by
    db.session.flush()


def expire(row: Accreditation) -> None:
    """The last day has passed."""
    _line(row.decision, "expired", "expired", row.level)
    row.standing, row.since = "expired", clock.today()
    db.session.flush()


def _line(decision: Decision, event: str, standing: str, level: str | None) -> None:
    db.session.add(
        AccreditationEntry(
            institution_id=decision.institution_id,
            decision_id=decision.id,
            event=event,
            standing=standing,
            level=level,
            day=clock.today(),
            created_at=clock.now(),
        )
    )
    db.session.flush()
