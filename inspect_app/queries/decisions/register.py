"""The register: where an institution stands, its decisions, the next number."""

from sqlalchemy import func, or_, select

from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import LADDER
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Accreditation, Decision, Institution, db
from inspect_app.queries.scope import in_territory, own_institution


def standing_of(institution_id: int) -> Accreditation | None:
    """Where the institution stands today; None before its first decision."""
    return db.session.get(Accreditation, institution_id)


def past_outcomes(institution_id: int) -> tuple[str, ...]:
    """The levels decided so far, oldest first; suspensions and their like are none."""
    rows = db.session.scalars(
        select(Decision.outcome)
        .where(Decision.institution_id == institution_id, Decision.outcome.in_([str(o) for o in LADDER]))
        .order_by(Decision.id)
    )
    return tuple(rows)


def next_serial(year: int) -> int:
    """The number that the next decision of a year has, were it signed now."""
    return (db.session.scalar(select(func.max(Decision.serial)).where(Decision.year == year)) or 0) + 1


def decision_visible(actor: Actor, decision_id: int) -> Decision:
    """A decision: to whoever reads decisions in its territory, and to who directs the institution. Raises NotVisibleError."""
    places = []
    if actor.may(Permission.SEE_DECISIONS):
        places.append(in_territory(actor))
    if actor.may(Permission.SEE_OWN_INSTITUTION):
        places.append(own_institution(actor))
    found = (
        db.session.scalar(
            select(Decision)
            .join(Institution, Institution.id == Decision.institution_id)
            .where(Decision.id == decision_id, or_(*places))
        )
        if places
        else None
    )
    if found is None:
        raise NotVisibleError("decision")
    return found


def decisions_of(institution_id: int) -> list[Decision]:
    """All decisions of an institution, newest first."""
    statement = select(Decision).where(Decision.institution_id == institution_id).order_by(Decision.id.desc())
    return list(db.session.scalars(statement))
