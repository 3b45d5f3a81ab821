"""What every deed on a plan does: hold it, ask the rules, write what happened, tell the register."""

from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.findings_register import FindingState
from inspect_app.domain.permissions import Permission
from inspect_app.domain.plans import Deed, PlanState, Side, finding_state
from inspect_app.models import AuditHead, Finding, PlanAction, PlanEvent, SupportPlan, User, db
from inspect_app.queries import plans as questions
from inspect_app.services import audit
from inspect_app.services.inspections.common import require

_heads = cast(Table, AuditHead.__table__)
_HOLD = update(_heads).where(_heads.c.chain == bindparam("of_chain")).values(seq=_heads.c.seq)


def chain(plan_id: int) -> str:
    """The audit chain of a plan."""
    return f"plan/{plan_id}"


def held(
    actor: Actor, permission: Permission, plan_id: int, deed: Deed, action_id: int | None = None
) -> tuple[SupportPlan, PlanAction | None]:
    """The plan (and its action) on which the actor may do this now; nobody else writes to it until the commit.

    Raises ForbiddenError, NotVisibleError, DomainError with the code of the refusal.
    """
    require(actor, permission)
    db.session.execute(_HOLD, {"of_chain": chain(plan_id)})
    plan = questions.visible(actor, plan_id)
    action = None if action_id is None else questions.action_of(plan, action_id)
    questions.check(actor, plan, deed, action)
    return plan, action


def note(
    actor: Actor | None,
    plan: SupportPlan,
    event: str,
    *,
    action: PlanAction | None = None,
    reason: str = "",
    **data: Any,
) -> None:
    """Write what happened to the plan's story and to the journal. No commit."""
    db.session.flush()  # a new action needs its number
    db.session.add(
        PlanEvent(
            plan_id=plan.id,
            action_id=action.id if action else None,
            event=event,
            at=clock.now(),
            actor_id=actor.user_id if actor else None,
            reason=reason,
        )
    )
    if action is not None:
        data |= {"action": action.id, "criterion": action.criterion}
    if reason:
        data["reason"] = reason
    audit.record(actor, f"plan.{event}", chain=chain(plan.id), **data)


def tell_register(plan: SupportPlan) -> None:
    """The findings that the plan answers stand where their actions stand. No commit."""
    db.session.flush()
    ids = {a.finding_id for a in plan.actions if a.finding_id is not None}
    for row in db.session.scalars(select(Finding).where(Finding.id.in_(ids))):
        states = [a.state for a in plan.actions if a.finding_id == row.id]
        now = finding_state(row.state, states, agreed=plan.state == PlanState.AGREED)
        if now != row.state:
            row.state = now
            row.verified_on = clock.today() if now is FindingState.VERIFIED else None


def take_up(actor: Actor, plan: SupportPlan) -> None:
    """The first support officer who does something with a plan is the one who supports the institution."""
    if Side.OFFICER in questions.sides(actor, plan.institution_id) and plan.officer_id is None:
        plan.officer_id = actor.user_id


def void_signatures(actor: Actor, plan: SupportPlan) -> None:
    """Whoever signed did not sign this: both sign again. No commit."""
    signed = plan.director_signed_at is not None or plan.officer_signed_at is not None
    plan.director_signed_at = plan.officer_signed_at = plan.agreed_on = None
    plan.digest = ""
    plan.state = PlanState.PROPOSED.value
    if signed:
        note(actor, plan, "reopened")


def owners(plan: SupportPlan) -> list[User]:
    """Who may own an action: those who direct the institution, and the plan's support officer."""
    from inspect_app.queries.inspections.people import directors_of

    found = list(directors_of(plan.institution))
    if plan.officer is not None:
        found.append(plan.officer)
    return found
