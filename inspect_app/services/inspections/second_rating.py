"""The second rater rates apart: operations with a UUID each, append-only, like the answers of the visit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Current, Operation, Status, faults, status_of
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.models import DoubleRating, Inspection, SecondRating, db
from inspect_app.queries import inspections as questions
from inspect_app.services import audit
from inspect_app.services.inspections.answering import Result, writable
from inspect_app.services.inspections.common import chain, require


def rate_again(actor: Actor, *, inspection_id: int, operations: Sequence[Operation]) -> list[Result]:
    """Keep second ratings; a fault in one refuses that one only. The scored answers do not change.

    Raises as ``apply_operations``, and DomainError("no-double-rating"), ForbiddenError("not-second-rater"),
    DomainError("second-rating-closed").
    """
    inspection, row = rating_by(actor, inspection_id)
    criteria = {c.code: c for c, _why in questions.rated_twice(inspection, row)}
    known = {
        op_id: (of, digest)
        for op_id, of, digest in db.session.execute(
            select(SecondRating.op_id, SecondRating.double_rating_id, SecondRating.digest).where(
                SecondRating.op_id.in_([o.op_id for o in operations])
            )
        )
    }
    current = {code: _as_current(actor, r) for code, r in questions.second_ratings(row.id).items()}
    results, kept = [], []
    for operation in operations:
        if operation.op_id in known:
            same = known[operation.op_id] == (row.id, operation.digest)
            status = Status.ALREADY_HERE if same else Status.REFUSED
            results.append(Result(operation.op_id, status, None if same else "op-id-reused"))
            continue
        criterion = criteria.get(operation.criterion)
        found = {"criterion": "not-rated-twice"} if criterion is None else faults(operation, criterion)
        if found:
            results.append(Result(operation.op_id, Status.REFUSED, next(iter(found.values())), found))
            continue
        status = status_of(operation, actor.user_id, current.get(operation.criterion))
        kept.append(_row(row, actor, operation, status))
        known[operation.op_id] = (row.id, operation.digest)
        if status is Status.ACCEPTED:
            current[operation.criterion] = _of(actor, operation)
        results.append(Result(operation.op_id, status))
    if kept:
        db.session.execute(insert(SecondRating), kept)
        # without the levels: whoever reads the journal before both sides are closed learns nothing, the digest binds
        journal = [{"op": k["op_id"], "criterion": k["criterion"], "digest": k["digest"]} for k in kept]
        audit.record(actor, "second_ratings.saved", chain=chain(inspection.id), operations=journal)
    db.session.commit()
    return results


def rating_by(actor: Actor, inspection_id: int) -> tuple[Inspection, DoubleRating]:
    """The visit, held, and its double rating, where the actor may rate apart now. Raises as ``rate_again``."""
    require(actor, Permission.ANSWER_INSPECTIONS)
    inspection = writable(actor, inspection_id)
    row = questions.double_rating_of(inspection.id)
    if row is None:
        raise DomainError("no-double-rating")
    if row.second_rater_id != actor.user_id:
        raise ForbiddenError("not-second-rater")
    if row.second_closed_at is not None or row.waived_at is not None:
        raise DomainError("second-rating-closed")
    return inspection, row


def _row(row: DoubleRating, actor: Actor, operation: Operation, status: Status) -> dict[str, Any]:
    return {
        "op_id": operation.op_id,
        "double_rating_id": row.id,
        "criterion": operation.criterion,
        "level": operation.level,
        "not_applicable": operation.not_applicable,
        "na_reason": operation.na_reason,
        "note": operation.note,
        "author_id": actor.user_id,
        "answered_at": operation.answered_at,
        "received_at": clock.now(),
        "digest": operation.digest,
        "outcome": "accepted" if status is Status.ACCEPTED else "superseded",
        "device_id": actor.device_id,
    }


def _of(actor: Actor, o: Operation) -> Current:
    return Current(o.op_id, o.level, o.not_applicable, actor.user_id, o.answered_at, o.na_reason, o.note)


def _as_current(actor: Actor, r: questions.SecondRow) -> Current:
    return Current(r.op_id, r.level, r.not_applicable, actor.user_id, r.answered_at, r.na_reason, r.note)
