"""Whose pages are read while the server starts (``web/warming.py``): anybody of a kind, not somebody's scope."""

from sqlalchemy import select

from inspect_app.domain.inspections import State
from inspect_app.domain.roles import Role
from inspect_app.models import Inspection, RoleRow, TeamMember, User, db


def inspector_on_a_visit() -> tuple[int, int] | None:
    """A team member who declared no conflict, and the visit under way; ids. None where there is no such visit."""
    row = db.session.execute(
        select(TeamMember.user_id, Inspection.id)
        .join(Inspection, Inspection.id == TeamMember.inspection_id)
        .where(Inspection.state == State.UNDER_WAY, TeamMember.conflict == "none")
        .order_by(Inspection.id, TeamMember.user_id)
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])


def somebody(role: Role) -> int | None:
    """The id of the first person of a role who may sign in."""
    return db.session.scalar(
        select(User.id).join(User.roles).where(RoleRow.name == str(role), User.active).order_by(User.id).limit(1)
    )
