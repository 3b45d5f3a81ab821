"""What the clock of support plans looks at: actions that wait, what was said of each, and who is above."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from inspect_app.domain.plans import ActionState, PlanState
from inspect_app.domain.roles import Role
from inspect_app.models import (
    Institution,
    PlanAction,
    PlanNotice,
    Province,
    RoleRow,
    SupportPlan,
    User,
    UserScope,
    db,
    user_roles,
)

#: Actions looked at in one go: a country of plans does not stand in the memory of a command.
CHUNK = 500


def waiting(after: int, until: date) -> list[PlanAction]:
    """Actions of plans that run, whose owner has something to do and whose last day lies before a day, by number."""
    return list(
        db.session.scalars(
            select(PlanAction)
            .join(SupportPlan, SupportPlan.id == PlanAction.plan_id)
            .where(SupportPlan.state != PlanState.CLOSED.value, PlanAction.id > after)
            .where(PlanAction.state.in_((ActionState.PLANNED.value, ActionState.RETURNED.value)))
            .where(PlanAction.due_on <= until)
            .options(
                joinedload(PlanAction.plan).joinedload(SupportPlan.institution),
                joinedload(PlanAction.plan).joinedload(SupportPlan.inspection),
                joinedload(PlanAction.owner),
            )
            .order_by(PlanAction.id)
            .limit(CHUNK)
        )
    )


def given(actions: Collection[int]) -> set[tuple[int, int, str, int]]:
    """What was said already of these actions: action, last day (ordinal), step, person."""
    rows = db.session.execute(
        select(PlanNotice.action_id, PlanNotice.due_on, PlanNotice.step, PlanNotice.user_id).where(
            PlanNotice.action_id.in_(list(actions))
        )
    )
    return {(action, due_on.toordinal(), step, user) for action, due_on, step, user in rows}


def above(institution: Institution, who: str) -> list[User]:
    """Coordinators, or ministry officers, in whose territory the institution lies."""
    role = Role.COORDINATOR if who == "coordinator" else Role.MINISTRY_OFFICER
    region = select(Province.region_code).where(Province.code == institution.province_code).scalar_subquery()
    holds = exists(
        select(user_roles.c.user_id)
        .join(RoleRow, RoleRow.id == user_roles.c.role_id)
        .where(user_roles.c.user_id == User.id, RoleRow.name == str(role))
        .correlate(User)
    )
    covers = exists(
        select(UserScope.id)
        .where(
            and_(
                UserScope.user_id == User.id,
                or_(
                    UserScope.national,
                    UserScope.region_code == region,
                    UserScope.province_code == institution.province_code,
                ),
            )
        )
        .correlate(User)
    )
    return list(db.session.scalars(select(User).where(User.active, holds, covers).order_by(User.id)))
