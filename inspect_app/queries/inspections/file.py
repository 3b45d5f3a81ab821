"""One visit: may this person know of it, open it, and what may they make happen next?"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import ForbiddenError, NotVisibleError
from inspect_app.domain.inspections import Event, Hat, Refusal, Situation, State, refusal
from inspect_app.domain.permissions import Permission
from inspect_app.domain.roles import Role
from inspect_app.models import (
    Answer,
    Inspection,
    Institution,
    Observation,
    ObservationResponse,
    Reviewer,
    TeamMember,
    db,
)
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections.blind import second_side_open
from inspect_app.queries.inspections.conflicts import standing_conflicts
from inspect_app.queries.scope import in_territory, own_institution, visible_inspections


@dataclass(frozen=True)
class Move:
    """Something that could happen to a visit next, and why this person may not do it (None: they may)."""

    event: Event
    refusal: Refusal | None


def visible(actor: Actor, inspection_id: int) -> Inspection:
    """A visit the actor may know of, with institution, team and reviewers. Raises NotVisibleError."""
    found = db.session.scalar(
        visible_inspections(actor)
        .where(Inspection.id == inspection_id)
        .options(joinedload(Inspection.institution), selectinload(Inspection.team), selectinload(Inspection.reviewers))
    )
    if found is None:
        raise NotVisibleError("inspection")
    return found


def opened(actor: Actor, inspection_id: int) -> Inspection:
    """A visit whose contents the actor may read.

    Whoever takes part, on either side, reads nothing before declaring their interests, and nothing after declaring a
    conflict. Raises NotVisibleError, ForbiddenError("declaration-first"), ForbiddenError("conflict-declared").
    """
    found = visible(actor, inspection_id)
    place = closed_by(actor, found)
    if place is not None:
        raise ForbiddenError("conflict-declared" if place.conflict == "declared" else "declaration-first")
    return found


def places(actor: Actor, inspection: Inspection) -> list[TeamMember | Reviewer]:
    """The actor's places in the file: member of the team, or one or both duties of a reviewer."""
    people: list[TeamMember | Reviewer] = [*inspection.team, *inspection.reviewers]
    return [p for p in people if p.user_id == actor.user_id]


def closed_by(actor: Actor, inspection: Inspection) -> TeamMember | Reviewer | None:
    """The place of the actor that keeps the file closed: interests not declared yet, or a conflict declared."""
    return next((p for p in places(actor, inspection) if p.conflict != "none"), None)


def membership(actor: Actor, inspection: Inspection) -> TeamMember | None:
    """The actor's place in the visiting team, if they have one."""
    return next((m for m in inspection.team if m.user_id == actor.user_id), None)


def hats(actor: Actor, inspection: Inspection) -> frozenset[Hat]:
    """As what the actor stands before this file: place in the file and permission together."""
    worn: set[Hat] = set()
    member = membership(actor, inspection)
    if member is not None and actor.may(Permission.ANSWER_INSPECTIONS):
        worn.add(Hat.MEMBER)
        if member.leader and actor.may(Permission.SUBMIT_INSPECTIONS):
            worn.add(Hat.LEADER)
    for reviewer in inspection.reviewers:
        if reviewer.user_id == actor.user_id:
            if reviewer.duty == "second_reading" and actor.may(Permission.REVIEW_INSPECTIONS):
                worn.add(Hat.SECOND_READER)
            if reviewer.duty == "responses" and actor.may(Permission.ANSWER_OBSERVATIONS):
                worn.add(Hat.RESPONDER)
    if actor.may(Permission.PLAN_INSPECTIONS) and _institution_is(inspection, in_territory(actor)):
        worn.add(Hat.COORDINATOR)
    if actor.has(Role.DIRECTOR) and _institution_is(inspection, own_institution(actor)):
        worn.add(Hat.DIRECTOR)
    return frozenset(worn)


def situation(actor: Actor, inspection: Inspection) -> Situation:
    """What the rules of moves look at, for this person and this visit, now."""
    state = State(inspection.state)
    answering = state in (State.UNDER_WAY, State.RETURNED)
    heard = state in (State.DRAFT_SENT, State.RESPONDING)
    observations, responses = _observation_counts(inspection.id) if heard else (0, 0)
    return Situation(
        state=state,
        hats=hats(actor, inspection),
        today=clock.today(),
        undeclared=sum(m.conflict == "undeclared" for m in inspection.team),
        conflicted=sum(m.conflict == "declared" for m in inspection.team),
        unanswered=_unanswered_count(inspection) if answering else 0,
        disputed=len(standing_conflicts(inspection.id)) if answering else 0,
        rated_apart=second_side_open(inspection.id) if answering else False,
        observations=observations,
        unanswered_observations=observations - responses,
        due_on=inspection.observations_due_on,
    )


def moves(actor: Actor, inspection: Inspection) -> list[Move]:
    """Moves of which the actor is one of the movers, each with the reason that stands in its way, if one does."""
    now = situation(actor, inspection)
    found = [Move(event, refusal(event, now)) for event in Event if event is not Event.PLANNED]
    return [m for m in found if m.refusal is None or (m.refusal.status != 403 and m.refusal.code != "illegal-move")]


def _institution_is(inspection: Inspection, condition: object) -> bool:
    statement = select(Institution.id).where(Institution.id == inspection.institution_id, condition)  # type: ignore[arg-type]
    return db.session.scalar(statement) is not None


def _unanswered_count(inspection: Inspection) -> int:
    applicable = {c.code for c in checklist_of(inspection).applicable(Facts.of(inspection.facts))}
    answered = db.session.scalars(
        select(Answer.criterion).where(
            Answer.inspection_id == inspection.id, Answer.level.is_not(None) | Answer.not_applicable
        )
    )
    return len(applicable - set(answered))


def _observation_counts(inspection_id: int) -> tuple[int, int]:
    row = db.session.execute(
        select(func.count(Observation.id), func.count(ObservationResponse.observation_id))
        .outerjoin(ObservationResponse, ObservationResponse.observation_id == Observation.id)
        .where(Observation.inspection_id == inspection_id)
    ).one()
    return row[0], row[1]
