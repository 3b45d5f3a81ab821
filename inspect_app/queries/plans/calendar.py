"""Whose calendar is it, and which deadlines stand in it?"""

import hashlib

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from inspect_app.domain.actors import Actor
from inspect_app.domain.plans import WAITING, PlanState
from inspect_app.domain.roles import Role
from inspect_app.models import CalendarFeed, Institution, PlanAction, SupportPlan, User, db
from inspect_app.queries.scope import in_territory


def hashed(secret: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(user_id: int) -> CalendarFeed | None:
    """The calendar address of a person that was not taken back."""
    return db.session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.user_id == user_id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.id.desc())
        .limit(1)
    )


def owner_of(secret: str) -> User | None:
    """Who made the address; None where nobody did, it was taken back, or the account is closed."""
    return db.session.scalar(
        select(User)
        .join(CalendarFeed, CalendarFeed.user_id == User.id)
        .where(CalendarFeed.secret_sha256 == hashed(secret), CalendarFeed.revoked_at.is_(None), User.active)
    )


def deadlines_for(user: User) -> list[PlanAction]:
    """Actions that wait, which the person owns or supports, in what they may see today; the nearest first."""
    actor = Actor(user.id, frozenset(Role(role.name) for role in user.roles))
    return list(
        db.session.scalars(
            select(PlanAction)
            .join(SupportPlan, SupportPlan.id == PlanAction.plan_id)
            .join(Institution, Institution.id == SupportPlan.institution_id)
            .where(in_territory(actor), SupportPlan.state != PlanState.CLOSED.value)
            .where(PlanAction.state.in_([state.value for state in WAITING]))
            .where(or_(PlanAction.owner_id == user.id, SupportPlan.officer_id == user.id))
            .options(
                joinedload(PlanAction.plan).joinedload(SupportPlan.institution),
                joinedload(PlanAction.plan).joinedload(SupportPlan.inspection),
            )
            .order_by(PlanAction.due_on, PlanAction.id)
        )
    )
