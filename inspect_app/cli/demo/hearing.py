"""What the directors of the demonstration said of past drafts, and the reasoned answers to it."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from inspect_app.cli.demo import notes
from inspect_app.domain.answers import Operation
from inspect_app.models import Observation, ObservationResponse

if TYPE_CHECKING:
    from inspect_app.cli.demo.scribe import Scribe

#: Criterion → its current operation and the id of its revision.
Answered = dict[str, tuple[Operation, int]]


def hear(scribe: "Scribe", answers: Answered, draft: datetime, closed: datetime) -> Answered:
    """Observations, their closing, their answers. Without a director's account nobody observes; the delay passes."""
    from inspect_app.cli.demo.scribe import actor_of

    crew = scribe.visit.crew
    if crew.director is None:
        scribe.event(scribe.coordinator, "observations_closed", "responding", closed)
        return answers
    director, responder = actor_of(crew.director), actor_of(crew.responder)
    low = [code for code, (operation, _id) in answers.items() if operation.level in (0, 1)]
    said = list(notes.OBSERVATIONS[director.language])
    codes = scribe.rng.sample(low, min(len(low), 2 + scribe.visit.number % 2))
    rows = []
    for step, (code, (outcome, words, reasons)) in enumerate(zip(codes, said, strict=False)):
        at = draft + timedelta(days=1, hours=step)
        number = scribe.bulk.next_id(Observation)
        scribe.bulk.add(
            Observation,
            id=number,
            inspection_id=scribe.visit.id,
            criterion=code,
            text=words,
            author_id=director.user_id,
            created_at=at,
        )
        scribe.record(director, "observation.made", at, observation=number, criterion=code)
        rows.append((number, code, outcome, reasons))
    scribe.event(director, "observations_closed", "responding", closed)
    found = dict(answers)
    for step, (number, code, outcome, reasons) in enumerate(rows):
        at = closed + timedelta(days=1, hours=step)
        new_level = None
        if outcome == "accepted":
            found[code], new_level = _raised(scribe, found[code], responder.user_id, at)
        scribe.bulk.add(
            ObservationResponse,
            observation_id=number,
            inspection_id=scribe.visit.id,
            author_id=responder.user_id,
            side="review",
            outcome=outcome,
            reasons=reasons,
            new_level=new_level,
            created_at=at,
        )
        scribe.record(
            responder,
            "observation.answered",
            at,
            observation=number,
            criterion=code,
            outcome=outcome,
            new_level=new_level,
        )
    return found


def _raised(
    scribe: "Scribe", answer: tuple[Operation, int], author_id: int, at: datetime
) -> tuple[tuple[Operation, int], int]:
    """The answer one level higher, as a revision on top of the team's."""
    before = answer[0]
    level = (before.level or 0) + 1
    after = Operation(
        op_id=str(uuid.uuid5(uuid.UUID(before.op_id), "observation")),
        criterion=before.criterion,
        level=level,
        not_applicable=False,
        na_reason="",
        note=before.note,
        measurements=before.measurements,
        base_op_id=before.op_id,
        answered_at=at,
    )
    return (after, scribe.revise(after, author_id, "observation")), level
