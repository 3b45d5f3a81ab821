"""Two answers stand side by side: the leader of the team chooses which one holds."""

import uuid
from collections.abc import Collection

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Operation, Status
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.inspections import Hat
from inspect_app.queries import inspections as questions
from inspect_app.services.inspections.answering import Applied, apply_operations, permitted


def choose_answer(actor: Actor, *, inspection_id: int, criterion: str, op_id: str, shown: Collection[str]) -> Applied:
    """The answer ``op_id`` holds from now on, as a new answer of the leader's; those ``shown`` beside it are settled.

    What arrived after the page was made stays open: nobody was shown it. Raises as ``apply_operations``,
    ForbiddenError("not-leader"), DomainError: ``nothing-to-choose`` (no such answer stands there),
    ``changed-meanwhile`` (another answer holds now than the one shown).
    """
    inspection = permitted(actor, inspection_id)
    if Hat.LEADER not in questions.hats(actor, questions.visible(actor, inspection.id)):
        raise ForbiddenError("not-leader")
    current = questions.current_answers(inspection_id, only=[criterion]).get(criterion)
    standing = {row.op_id: row for row in questions.disputed(inspection_id).get(criterion, [])}
    if current is None or not standing:
        raise DomainError("nothing-to-choose")
    if current.op_id not in shown:
        raise DomainError("changed-meanwhile")
    chosen = {**standing, current.op_id: current}.get(op_id)
    if chosen is None:
        raise DomainError("nothing-to-choose")
    operation = Operation(
        op_id=str(uuid.uuid4()),
        criterion=criterion,
        level=chosen.level,
        not_applicable=chosen.not_applicable,
        na_reason=chosen.na_reason,
        note=chosen.note,
        measurements=dict(chosen.measurements),
        base_op_id=current.op_id,
        answered_at=clock.now(),
        settles=tuple(sorted(set(shown) & standing.keys())),
    )
    applied = apply_operations(actor, inspection_id=inspection_id, operations=[operation])
    if applied.results[0].status is not Status.ACCEPTED:  # somebody answered between the two looks; all is kept
        raise DomainError(applied.results[0].code or "changed-meanwhile")
    return applied
