"""Another second reader or responder: a conflict was declared, somebody is ill. Possible until their work is done."""

from sqlalchemy import delete

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.inspections import REVIEWERS_CHANGE, Hat, State, check_team
from inspect_app.domain.permissions import Permission
from inspect_app.models import Inspection, InspectionPerson, ObservationResponse, Reviewer, db
from inspect_app.queries import inspections as questions
from inspect_app.services import audit
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import chain, hold, require, text
from inspect_app.services.inspections.planning import declarations, person_for, reviewer

_DUTIES = {
    "second_reading": ("second_reader", Permission.REVIEW_INSPECTIONS),
    "responses": ("responder", Permission.ANSWER_OBSERVATIONS),
}


def change_reviewers(
    actor: Actor, *, inspection_id: int, second_reader: int, responder: int, reason: str
) -> Inspection:
    """Name another second reader (until the answers are accepted) or responder (until the final report).

    Declarations of whoever stays are kept; whoever is new declares first. Raises NotVisibleError, ForbiddenError,
    DomainError: ``reviewer-fixed``, ``reviewers-unchanged``, ``reason-missing``, those of planning.
    """
    require(actor, Permission.PLAN_INSPECTIONS)
    hold(inspection_id)
    inspection = questions.visible(actor, inspection_id)
    if Hat.COORDINATOR not in questions.hats(actor, inspection):
        raise NotVisibleError("inspection")
    before = {r.duty: r.user_id for r in inspection.reviewers}
    after = {"second_reading": second_reader, "responses": responder}
    changed = {duty: user_id for duty, user_id in after.items() if before.get(duty) != user_id}
    _check(inspection, changed, second_reader, responder)
    reason = text(reason, field="reason")
    declared = declarations(inspection)
    for duty in changed:
        db.session.execute(delete(Reviewer).where(Reviewer.inspection_id == inspection.id, Reviewer.duty == duty))
    for user_id in sorted(set(after.values()) - set(before.values())):
        if db.session.get(InspectionPerson, (inspection.id, user_id)) is None:
            db.session.add(InspectionPerson(inspection_id=inspection.id, user_id=user_id, side="review"))
    db.session.flush()
    db.session.expire(inspection, ["reviewers"])
    for duty, user_id in changed.items():
        db.session.add(reviewer(inspection.id, duty, user_id, declared))
    db.session.flush()
    _forget(inspection.id, sorted(set(before.values()) - set(after.values())))
    audit.record(
        actor,
        "inspection.reviewers_changed",
        chain=chain(inspection.id),
        reason=reason,
        second_reader=second_reader,
        responder=responder,
    )
    db.session.commit()
    notices.reviewers_named(inspection, set(changed.values()))
    return inspection


def _check(inspection: Inspection, changed: dict[str, int], second_reader: int, responder: int) -> None:
    members = [m.user_id for m in inspection.team]
    leader = next((m.user_id for m in inspection.team if m.leader), 0)
    check_team(members, leader=leader, second_reader=second_reader, responder=responder)
    if not changed:
        raise DomainError("reviewers-unchanged", field="second_reader", status=422)
    for duty, user_id in changed.items():
        field, permission = _DUTIES[duty]
        if State(inspection.state) not in REVIEWERS_CHANGE[duty]:
            raise DomainError("reviewer-fixed", field=field)
        person_for(inspection.institution, permission, user_id, field)


def _forget(inspection_id: int, left: list[int]) -> None:
    """Whoever left knows of the visit no more, unless answers of theirs to the director stand in the file."""
    for user_id in left:
        answered = db.session.query(ObservationResponse.observation_id).filter_by(
            inspection_id=inspection_id, author_id=user_id
        )
        if answered.first() is None:
            db.session.execute(
                delete(InspectionPerson).where(
                    InspectionPerson.inspection_id == inspection_id, InspectionPerson.user_id == user_id
                )
            )
