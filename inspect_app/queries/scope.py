"""What may this person see? Territory and institution as joins, never as lists of ids."""

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from inspect_app.domain.actors import Actor
from inspect_app.domain.roles import Role
from inspect_app.models import Inspection, InspectionPerson, Institution, Province, UserScope


def in_territory(actor: Actor) -> ColumnElement[bool]:
    """A condition on ``Institution``: it lies in the actor's nation, region, province, or is the actor's own."""
    province = aliased(Province)
    return exists(
        select(UserScope.id)
        .join(province, province.code == Institution.province_code)
        .where(
            UserScope.user_id == actor.user_id,
            or_(
                UserScope.national,
                UserScope.region_code == province.region_code,
                UserScope.province_code == Institution.province_code,
                UserScope.institution_id == Institution.id,
            ),
        )
        .correlate(Institution)
    )


def visible_institutions(actor: Actor) -> Select[Institution]:
    """Institutions of the actor's territory (a director's: their own)."""
    return select(Institution).where(in_territory(actor))


def own_institution(actor: Actor) -> ColumnElement[bool]:
    """A condition on ``Institution``: the actor directs it (scope on that very institution)."""
    return exists(
        select(UserScope.id)
        .where(UserScope.user_id == actor.user_id, UserScope.institution_id == Institution.id)
        .correlate(Institution)
    )


def visible_inspections(actor: Actor) -> Select[Inspection]:
    """Visits the actor may know of; see ``visible_inspection``."""
    return (
        select(Inspection)
        .join(Institution, Institution.id == Inspection.institution_id)
        .where(visible_inspection(actor))
    )


def visible_inspection(actor: Actor) -> ColumnElement[bool]:
    """A condition on ``Inspection`` joined to ``Institution``.

    Office roles see the visits of their territory; whoever visits or reviews those they take part in, on either side, for
    as long as they do that work (an inspector who came to direct an institution has left the old files behind);
    a director those of the institution once a draft was sent or the visit is announced to them.
    """
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.has(Role.INSPECTOR, Role.TEAM_LEADER, Role.COORDINATOR, Role.MINISTRY_OFFICER):
        conditions.append(
            exists(
                select(InspectionPerson.user_id)
                .where(InspectionPerson.inspection_id == Inspection.id, InspectionPerson.user_id == actor.user_id)
                .correlate(Inspection)
            )
        )
    if actor.has(Role.COORDINATOR, Role.MINISTRY_OFFICER, Role.SIGNATORY, Role.AUDITOR, Role.SUPPORT_OFFICER):
        conditions.append(in_territory(actor))
    if actor.has(Role.DIRECTOR):
        conditions.append(and_(own_institution(actor), Inspection.draft_sent_at.is_not(None)))
    return or_(*conditions)
