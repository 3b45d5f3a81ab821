"""One plan: may this person know of it, as what do they stand before it, and what may they do now?"""

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.plans import WAITING, ActionNow, ActionState, Deed, PlanNow, PlanState, Side, refusal
from inspect_app.domain.roles import Role
from inspect_app.models import (
    ActionProof,
    Inspection,
    InspectionPerson,
    Institution,
    PlanAction,
    SupportPlan,
    db,
)
from inspect_app.queries.scope import in_territory, own_institution


def visible(actor: Actor, plan_id: int) -> SupportPlan:
    """A plan of an institution of the actor's territory, or their own, with its actions. Raises NotVisibleError."""
    found = db.session.scalar(
        select(SupportPlan)
        .join(Institution, Institution.id == SupportPlan.institution_id)
        .where(SupportPlan.id == plan_id, in_territory(actor))
        .options(
            joinedload(SupportPlan.institution),
            joinedload(SupportPlan.officer),
            joinedload(SupportPlan.director),
            selectinload(SupportPlan.actions).joinedload(PlanAction.owner),
            selectinload(SupportPlan.actions).selectinload(PlanAction.proofs),
        )
    )
    if found is None or not actor.may(Permission.SEE_PLANS):
        raise NotVisibleError("plan")
    return found


def action_of(plan: SupportPlan, action_id: int) -> PlanAction:
    """One of its actions. Raises NotVisibleError."""
    found = next((a for a in plan.actions if a.id == action_id), None)
    if found is None:
        raise NotVisibleError("action")
    return found


def proof_of(actor: Actor, proof_id: int) -> ActionProof:
    """A proof on a plan that the actor may know of. Raises NotVisibleError."""
    row = db.session.execute(
        select(ActionProof, PlanAction.plan_id)
        .join(PlanAction, PlanAction.id == ActionProof.action_id)
        .where(ActionProof.id == proof_id)
    ).one_or_none()
    if row is None:
        raise NotVisibleError("proof")
    visible(actor, row.plan_id)
    proof: ActionProof = row[0]
    return proof


def institution_in_sight(actor: Actor, institution_id: int) -> Institution:
    """An institution of the actor's territory, or their own. Raises NotVisibleError."""
    found = db.session.scalar(select(Institution).where(Institution.id == institution_id, in_territory(actor)))
    if found is None:
        raise NotVisibleError("institution")
    return found


def current(institution_id: int) -> SupportPlan | None:
    """The plan of an institution that is not closed."""
    return db.session.scalar(
        select(SupportPlan).where(
            SupportPlan.institution_id == institution_id, SupportPlan.state != PlanState.CLOSED.value
        )
    )


def sides(actor: Actor, institution_id: int) -> frozenset[Side]:
    """As what the actor stands before the plans of an institution.

    Whoever visited or reviewed it never supports it (design, «Separation»), and whoever supports it is no inspector of it.
    """
    found: set[Side] = set()
    if actor.has(Role.DIRECTOR) and _is(institution_id, own_institution(actor)):
        found.add(Side.DIRECTOR)
    if not _is(institution_id, in_territory(actor)):
        return frozenset(found)
    if actor.has(Role.SUPPORT_OFFICER):
        if not took_part(actor.user_id, institution_id):
            found.add(Side.OFFICER)
    elif actor.has(Role.INSPECTOR, Role.TEAM_LEADER) and not supports(actor.user_id, institution_id):
        found.add(Side.INSPECTOR)
    return frozenset(found)


def took_part(user_id: int, institution_id: int) -> bool:
    """Whether somebody has a place on the file of a visit to the institution, on either side."""
    statement = (
        select(InspectionPerson.user_id)
        .join(Inspection, Inspection.id == InspectionPerson.inspection_id)
        .where(Inspection.institution_id == institution_id, InspectionPerson.user_id == user_id)
    )
    return db.session.scalar(statement.limit(1)) is not None


def supports(user_id: int, institution_id: int) -> bool:
    """Whether somebody is, or was, the support officer of the institution, or owns an action of one of its plans."""
    owns = exists(
        select(PlanAction.id).where(PlanAction.plan_id == SupportPlan.id, PlanAction.owner_id == user_id)
    ).correlate(SupportPlan)
    statement = select(SupportPlan.id).where(
        SupportPlan.institution_id == institution_id, (SupportPlan.officer_id == user_id) | owns
    )
    return db.session.scalar(statement.limit(1)) is not None


def plan_now(actor: Actor, plan: SupportPlan) -> PlanNow:
    """What the rules look at, for this person and this plan, now."""
    left = [a for a in plan.actions if a.state != ActionState.REMOVED]
    signed = {
        side
        for side, at in ((Side.DIRECTOR, plan.director_signed_at), (Side.OFFICER, plan.officer_signed_at))
        if at is not None
    }
    return PlanNow(
        state=PlanState(plan.state),
        sides=sides(actor, plan.institution_id),
        actions=len(left),
        waiting=sum(a.state in WAITING for a in left),
        signed=frozenset(signed),
    )


def action_now(actor: Actor, action: PlanAction) -> ActionNow:
    """The same for one of its actions."""
    return ActionNow(
        state=ActionState(action.state),
        owner=action.owner_id == actor.user_id,
        sender=any(p.author_id == actor.user_id for p in action.proofs),
        proofs=len(action.proofs),
    )


def may(actor: Actor, plan: SupportPlan, deed: Deed, action: PlanAction | None = None) -> bool:
    """Whether the rules let this person do this now (pages and deeds ask the same)."""
    return refusal(deed, plan_now(actor, plan), action_now(actor, action) if action else None) is None


def check(actor: Actor, plan: SupportPlan, deed: Deed, action: PlanAction | None = None) -> None:
    """Raise the refusal of a deed: ForbiddenError (not theirs), DomainError (not now)."""
    refused = refusal(deed, plan_now(actor, plan), action_now(actor, action) if action else None)
    if refused is None:
        return
    if refused[1] == 403:
        raise ForbiddenError(refused[0])
    raise DomainError(refused[0], status=refused[1])


def _is(institution_id: int, condition: object) -> bool:
    statement = select(Institution.id).where(Institution.id == institution_id, condition)  # type: ignore[arg-type]
    return db.session.scalar(statement) is not None
