"""The contradictory phase: the director observes, somebody who was not on the visit answers each with reasons."""

import uuid

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.domain.inspections import Event, Hat, Situation, State
from inspect_app.models import Answer, AnswerRevision, Inspection, Observation, ObservationResponse, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import audit
from inspect_app.services.inspections import notices
from inspect_app.services.inspections.common import chain, hold, move, text

OUTCOMES = ("accepted", "partly", "rejected")


def observe(actor: Actor, *, inspection_id: int, words: str, criterion: str = "") -> Observation:
    """The director says something of the draft: of one criterion, or of the report as a whole (criterion empty).

    Raises NotVisibleError, ForbiddenError, DomainError: ``observations-not-open``, ``observations-late``,
    ``criterion-not-asked``, ``text-missing``, ``text-too-long``.
    """
    inspection = _heard(actor, inspection_id)
    words = text(words, field="text")
    if criterion and criterion not in _asked(inspection):
        raise DomainError("criterion-not-asked", field="criterion", status=422)
    row = Observation(
        inspection_id=inspection.id,
        criterion=criterion,
        text=words,
        author_id=actor.user_id,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "observation.made", chain=chain(inspection.id), observation=row.id, criterion=criterion)
    db.session.commit()
    return row


def withdraw_observation(actor: Actor, *, inspection_id: int, observation_id: int) -> None:
    """The director takes an observation back, while the delay runs. Raises as ``observe``."""
    inspection = _heard(actor, inspection_id)
    row = db.session.scalar(
        select(Observation).where(Observation.id == observation_id, Observation.inspection_id == inspection.id)
    )
    if row is None:
        raise NotVisibleError("observation")
    audit.record(
        actor, "observation.withdrawn", chain=chain(inspection.id), observation=row.id, criterion=row.criterion
    )
    db.session.delete(row)
    db.session.commit()


def close_observations(actor: Actor, *, inspection_id: int) -> Inspection:
    """No more observations are taken: the director has finished, or the delay is over (with or without any).

    Before the end of the delay only the director may close it: the days are theirs. Raises NotVisibleError,
    ForbiddenError, DomainError: ``delay-runs``, illegal move.
    """
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    move(actor, inspection, Event.OBSERVATIONS_CLOSED)
    inspection.observations_closed_at = clock.now()
    db.session.commit()
    notices.observations_closed(inspection)
    return inspection


def respond(
    actor: Actor,
    *,
    inspection_id: int,
    observation_id: int,
    outcome: str,
    reasons: str,
    new_level: int | None = None,
) -> ObservationResponse:
    """The reasoned answer to one observation; a new level becomes a revision with source "observation".

    Raises NotVisibleError, ForbiddenError("not-yours-response"), DomainError: ``responses-not-open``,
    ``already-responded``, ``outcome-unknown``, ``reasons-missing``, ``level-with-rejection``, ``level-without-criterion``,
    ``level-unknown``, ``level-unchanged``.
    """
    hold(inspection_id)
    inspection = questions.opened(actor, inspection_id)
    if Hat.RESPONDER not in questions.hats(actor, inspection):
        raise ForbiddenError("not-yours-response")
    if inspection.state != State.RESPONDING.value:
        raise DomainError("responses-not-open", state=inspection.state)
    row = db.session.scalar(
        select(Observation).where(Observation.id == observation_id, Observation.inspection_id == inspection.id)
    )
    if row is None:
        raise NotVisibleError("observation")
    if row.response is not None:
        raise DomainError("already-responded")
    if outcome not in OUTCOMES:
        raise DomainError("outcome-unknown", field="outcome", status=422)
    words = text(reasons, field="reasons")
    if new_level is not None:
        _check_level(row, outcome, new_level)
        _revise(actor, inspection, row.criterion, new_level)
    response = ObservationResponse(
        observation_id=row.id,
        inspection_id=inspection.id,
        author_id=actor.user_id,
        side="review",
        outcome=outcome,
        reasons=words,
        new_level=new_level,
        created_at=clock.now(),
    )
    db.session.add(response)
    audit.record(
        actor,
        "observation.answered",
        chain=chain(inspection.id),
        observation=row.id,
        criterion=row.criterion,
        outcome=outcome,
        new_level=new_level,
    )
    db.session.commit()
    return response


def _heard(actor: Actor, inspection_id: int) -> Inspection:
    """The visit whose director the actor is, held, while observations are taken."""
    hold(inspection_id)
    inspection = questions.visible(actor, inspection_id)
    now: Situation = questions.situation(actor, inspection)
    if Hat.DIRECTOR not in now.hats:
        raise ForbiddenError("not-yours-observation")
    if now.state is not State.DRAFT_SENT:
        raise DomainError("observations-not-open", state=inspection.state)
    if now.delay_over:
        raise DomainError("observations-late", until=now.due_on)
    return inspection


def _asked(inspection: Inspection) -> frozenset[str]:
    return frozenset(c.code for c in checklist_of(inspection).applicable(Facts.of(inspection.facts)))


def _check_level(row: Observation, outcome: str, new_level: int) -> None:
    if outcome == "rejected":
        raise DomainError("level-with-rejection", field="new_level", status=422)
    if not row.criterion:
        raise DomainError("level-without-criterion", field="new_level", status=422)
    if new_level not in (0, 1, 2, 3):
        raise DomainError("level-unknown", field="new_level", status=422)


def _revise(actor: Actor, inspection: Inspection, criterion: str, new_level: int) -> None:
    """A new current answer, on top of the team's, which stays on file with its note and measurements."""
    before = questions.current_answers(inspection.id)[criterion]
    if before.level == new_level:
        raise DomainError("level-unchanged", field="new_level", status=422)
    now = clock.now()
    operation = Operation(
        op_id=str(uuid.uuid4()),
        criterion=criterion,
        level=new_level,
        not_applicable=False,
        na_reason="",
        note=before.note,
        measurements=before.measurements,
        base_op_id=before.op_id,
        answered_at=now,
    )
    revision = AnswerRevision(
        op_id=operation.op_id,
        inspection_id=inspection.id,
        criterion=criterion,
        level=new_level,
        not_applicable=False,
        note=operation.note,
        measurements=dict(operation.measurements),
        base_op_id=operation.base_op_id,
        author_id=actor.user_id,
        source="observation",
        answered_at=now,
        received_at=now,
        digest=operation.digest,
        outcome="accepted",
    )
    db.session.add(revision)
    db.session.flush()
    current = db.session.get_one(Answer, (inspection.id, criterion))
    current.revision_id, current.level, current.not_applicable = revision.id, new_level, False
