"""A plan is proposed from findings, changed by both sides, and signed by both; whoever changes it makes both sign again."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.plans import (
    KINDS,
    ActionState,
    Deed,
    Funding,
    Helper,
    PlanState,
    Side,
    Why,
    check_signature,
    digest,
    propose,
)
from inspect_app.models import Institution, PlanAction, SupportPlan, User, db
from inspect_app.queries import plans as questions
from inspect_app.queries.inspections.people import directors_of
from inspect_app.services.inspections.common import require, text
from inspect_app.services.plans.common import held, note, owners, take_up, tell_register, void_signatures

LONGEST = 1000
_HELPERS, _FUNDING = {"", *Helper}, {"", *Funding}


@dataclass(frozen=True)
class ActionInput:
    """What both sides negotiate of an action. ``what`` and ``proof_expected`` empty: the checklist's own words."""

    kind: str
    due_on: date
    owner_id: int
    target_level: int = 3
    what: str = ""
    helper: str = ""
    proof_expected: str = ""
    cost: Decimal | None = None
    funding: str = ""


def propose_plan(actor: Actor, *, institution_id: int) -> SupportPlan:
    """Propose a plan from the findings of the latest final visit: the way to the next level first, then what is critical.

    Raises NotVisibleError, ForbiddenError("not-yours-change"), DomainError: ``plan-there-already``, ``no-final-visit``,
    ``nothing-to-mend``.
    """
    require(actor, Permission.NEGOTIATE_PLANS)
    institution = questions.institution_in_sight(actor, institution_id)
    mine = questions.sides(actor, institution_id)
    if not mine & {Side.DIRECTOR, Side.OFFICER}:
        raise ForbiddenError("not-yours-change")
    if questions.current(institution_id) is not None:
        raise DomainError("plan-there-already")
    ground = questions.ground_of(institution_id)
    if ground is None:
        raise DomainError("no-final-visit")
    found, way, aim = questions.answerable(ground, questions.unmended(institution_id))
    met_from = ground.stand.rules.failing_below
    proposed = propose(found, way, met_from=met_from, earliest=questions.earliest_days())
    if not proposed:
        raise DomainError("nothing-to-mend")
    plan = _new_plan(actor, institution, ground, aim, Side.OFFICER in mine)
    directors = directors_of(institution)
    owner = directors[0].id if directors else actor.user_id
    for place, one in enumerate(proposed, 1):
        plan.actions.append(
            PlanAction(
                criterion=one.criterion,
                finding_id=one.finding_id,
                position=place,
                why=one.why.value,
                kind=one.kind,
                owner_id=owner,
                target_level=one.target,
                due_on=one.due_on,
                state=ActionState.PLANNED.value,
            )
        )
    note(actor, plan, "proposed", actions=len(proposed), inspection=ground.inspection.id)
    db.session.commit()
    return plan


def _new_plan(
    actor: Actor, institution: Institution, ground: questions.PlanGround, aim: str | None, officer: bool
) -> SupportPlan:
    plan = SupportPlan(
        reference="",
        institution_id=institution.id,
        inspection_id=ground.inspection.id,
        state=PlanState.PROPOSED.value,
        aim=aim,
        proposed_by=actor.user_id,
        proposed_at=clock.now(),
        officer_id=actor.user_id if officer else None,
        invented=institution.invented,
    )
    plan.reference = f"P-{institution.id}-{clock.now():%Y%m%d%H%M%S%f}"  # until it has its number
    try:
        with db.session.begin_nested():
            db.session.add(plan)
            db.session.flush()
    except IntegrityError:  # somebody else proposed one at the same moment
        raise DomainError("plan-there-already") from None
    plan.reference = f"P-{clock.today().year}-{plan.id:05d}"
    return plan


def add_action(actor: Actor, *, plan_id: int, criterion: str, given: ActionInput) -> PlanAction:
    """Add an action about a criterion of the latest visit. Raises as ``change_action``, and ``criterion-not-asked``."""
    plan, _none = held(actor, Permission.NEGOTIATE_PLANS, plan_id, Deed.CHANGE)
    take_up(actor, plan)
    ground = questions.ground_of(plan.institution_id)
    if ground is None or ground.stand.level_of(criterion) is None:
        raise DomainError("criterion-not-asked", field="criterion", status=422)
    finding = next((f for f in questions.unmended(plan.institution_id) if f.criterion == criterion), None)
    action = PlanAction(
        plan_id=plan.id,
        criterion=criterion,
        finding_id=finding.id if finding else None,
        position=1 + max((a.position for a in plan.actions), default=0),
        why=(Why.CRITICAL if finding and finding.severity == "critical" else Why.OTHER).value,
        state=ActionState.PLANNED.value,
        **_checked(plan, given),
    )
    plan.actions.append(action)
    note(actor, plan, "added", action=action, due_on=given.due_on.isoformat())
    void_signatures(actor, plan)
    tell_register(plan)
    db.session.commit()
    return action


def change_action(actor: Actor, *, plan_id: int, action_id: int, given: ActionInput) -> PlanAction:
    """Change an action that waits for its owner; both sides sign again where one had signed.

    Raises NotVisibleError, ForbiddenError("not-yours-change"), DomainError: ``plan-closed``, ``action-not-changeable``,
    ``unknown-kind``, ``unknown-helper``, ``unknown-owner``, ``day-past``, ``level-out-of-scale``, ``text-too-long``.
    """
    plan, action = held(actor, Permission.NEGOTIATE_PLANS, plan_id, Deed.CHANGE, action_id)
    assert action is not None
    take_up(actor, plan)
    new = _checked(plan, given, before=action.due_on)
    changed = {
        name: [_plain(getattr(action, name)), _plain(value)]
        for name, value in new.items()
        if getattr(action, name) != value
    }
    if not changed:
        db.session.commit()
        return action
    for name, value in new.items():
        setattr(action, name, value)
    note(actor, plan, "changed", action=action, changed=changed)
    void_signatures(actor, plan)
    tell_register(plan)
    db.session.commit()
    return action


def remove_action(actor: Actor, *, plan_id: int, action_id: int, reason: str) -> PlanAction:
    """Take an action out of the plan, with a reason; it stays readable. Raises as ``change_action``, ``reason-missing``."""
    plan, action = held(actor, Permission.NEGOTIATE_PLANS, plan_id, Deed.CHANGE, action_id)
    assert action is not None
    words = text(reason, field="reason", longest=LONGEST)
    take_up(actor, plan)
    action.state = ActionState.REMOVED.value
    note(actor, plan, "removed", action=action, reason=words)
    void_signatures(actor, plan)
    tell_register(plan)
    db.session.commit()
    return action


def agree(actor: Actor, *, plan_id: int, typed: str) -> SupportPlan:
    """Sign the plan as it stands by typing one's own name; with the second signature it is agreed, from today.

    Raises NotVisibleError, ForbiddenError("not-yours-agree"), DomainError: ``already-agreed``, ``already-signed``,
    ``plan-empty``, ``plan-closed``, ``signature-missing``, ``signature-differs``.
    """
    plan, _none = held(actor, Permission.NEGOTIATE_PLANS, plan_id, Deed.AGREE)
    user = db.session.get_one(User, actor.user_id)
    check_signature(typed, (user.name, user.name_ar))
    seal = digest([signed_data(a) for a in plan.actions if a.state != ActionState.REMOVED])
    if Side.DIRECTOR in questions.sides(actor, plan.institution_id):
        plan.director_id, plan.director_signed_at = actor.user_id, clock.now()
        event = "director_signed"
    else:
        if plan.officer_id not in (None, actor.user_id) and plan.officer_signed_at is not None:
            raise DomainError("already-signed")
        plan.officer_id, plan.officer_signed_at = actor.user_id, clock.now()
        event = "officer_signed"
    plan.digest = seal
    note(actor, plan, event, typed=typed.strip(), sha256=seal)
    if plan.director_signed_at is not None and plan.officer_signed_at is not None:
        plan.state, plan.agreed_on = PlanState.AGREED.value, clock.today()
        note(actor, plan, "agreed", sha256=seal)
        tell_register(plan)
    db.session.commit()
    return plan


def close_plan(actor: Actor, *, plan_id: int) -> SupportPlan:
    """Nothing waits any more: the plan ends, and the next visit may begin another one.

    Raises NotVisibleError, ForbiddenError("not-yours-close"), DomainError: ``actions-waiting``, ``plan-closed``.
    """
    plan, _none = held(actor, Permission.CLOSE_PLANS, plan_id, Deed.CLOSE)
    plan.state, plan.closed_at, plan.closed_by = PlanState.CLOSED.value, clock.now(), actor.user_id
    note(actor, plan, "closed")
    db.session.commit()
    return plan


def signed_data(action: PlanAction) -> dict[str, object]:
    """What of an action is signed, as plain JSON."""
    names = (*ActionInput.__dataclass_fields__, "criterion")
    return {name: _plain(getattr(action, name)) for name in names}


def _checked(plan: SupportPlan, given: ActionInput, before: date | None = None) -> dict[str, object]:
    if given.kind not in KINDS:
        raise DomainError("unknown-kind", field="kind", status=422)
    if given.helper not in _HELPERS:
        raise DomainError("unknown-helper", field="helper", status=422)
    if given.funding not in _FUNDING:
        raise DomainError("unknown-helper", field="funding", status=422)
    if given.owner_id not in {user.id for user in owners(plan)}:
        raise DomainError("unknown-owner", field="owner_id", status=422)
    if given.due_on < clock.today() and given.due_on != before:
        raise DomainError("day-past", field="due_on", status=422)
    if not 1 <= given.target_level <= 3:
        raise DomainError("level-out-of-scale", field="target_level", status=422)
    return {
        "kind": given.kind,
        "due_on": given.due_on,
        "owner_id": given.owner_id,
        "target_level": given.target_level,
        "what": text(given.what, field="what", required=False, longest=LONGEST),
        "helper": given.helper,
        "proof_expected": text(given.proof_expected, field="proof_expected", required=False, longest=LONGEST),
        "cost": given.cost,
        "funding": given.funding,
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value
