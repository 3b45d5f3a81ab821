"""Answers arrive as operations, each with its UUID: kept for ever, applied once, in whatever order and how often sent.

Saving is the hottest deed of the house (goal: half of them under 10 ms). It reads the visit, the known ids and the
current answers, and writes a revision, an answer and an audit event for each operation: a constant number of
statements, however many operations come at once.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Current, Operation, Status, faults, status_of
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.inspections import EDITABLE
from inspect_app.domain.permissions import Permission
from inspect_app.domain.scoring import AnswerInput, ScoreCard, score
from inspect_app.models import Answer, AnswerRevision, Inspection, TeamMember, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of, rules_of
from inspect_app.queries.inspections.conflicts import standing_conflicts
from inspect_app.queries.scorecards import answers_of
from inspect_app.services import audit
from inspect_app.services.inspections.common import chain, hold, require

# built once: asked at every tap on a tablet
_AS_MEMBER = (
    select(Inspection, TeamMember.conflict)
    .join(TeamMember, TeamMember.inspection_id == Inspection.id)
    .where(Inspection.id == bindparam("inspection_id"), TeamMember.user_id == bindparam("user_id"))
)
_KNOWN = select(AnswerRevision.op_id, AnswerRevision.inspection_id, AnswerRevision.digest).where(
    AnswerRevision.op_id.in_(bindparam("op_ids", expanding=True))
)
_revisions, _answers = cast(Table, AnswerRevision.__table__), cast(Table, Answer.__table__)
_KEEP = insert(_revisions).returning(_revisions.c.id, _revisions.c.op_id)
_CHANGE = update(_answers).where(
    _answers.c.inspection_id == bindparam("of_visit"), _answers.c.criterion == bindparam("of_criterion")
)


@dataclass(frozen=True)
class Result:
    """What became of one operation. ``code`` and ``errors`` (field → code) say why it was refused."""

    op_id: str
    status: Status
    code: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Applied:
    """The results in the order of the operations, and the provisional score after them."""

    results: list[Result]
    score: ScoreCard


def apply_operations(actor: Actor, *, inspection_id: int, operations: Sequence[Operation]) -> Applied:
    """Apply what a device sends. A fault in one operation refuses that one only.

    Raises NotVisibleError, ForbiddenError (not on the team, declaration first, conflict declared),
    DomainError("not-editable") when the visit is not under way.
    """
    inspection = writable(actor, inspection_id)
    checklist, rules, facts = checklist_of(inspection), rules_of(inspection), Facts.of(inspection.facts)
    hidden = questions.hidden_from(actor, inspection.id)
    batch = _Batch(actor, inspection.id, checklist, facts, hidden)
    batch.load(operations)
    results = [batch.apply(operation) for operation in operations]
    batch.write()
    db.session.commit()
    return Applied(results, score(checklist, rules, batch.inputs, facts))


def save_answer(
    actor: Actor,
    *,
    inspection_id: int,
    criterion: str,
    level: int | None = None,
    not_applicable: bool = False,
    na_reason: str = "",
    note: str = "",
    measurements: Mapping[str, str] | None = None,
) -> Applied:
    """One answer on top of the current one, for callers without a device. Raises DomainError where it is refused."""
    current = questions.current_answers(inspection_id).get(criterion)
    beside = standing_conflicts(inspection_id).get(criterion, [])
    operation = Operation(
        op_id=str(uuid.uuid4()),
        criterion=criterion,
        level=level,
        not_applicable=not_applicable,
        na_reason=na_reason,
        note=note,
        measurements=measurements or {},
        base_op_id=current.op_id if current else None,
        answered_at=clock.now(),
        settles=tuple(sorted(beside)),
    )
    applied = apply_operations(actor, inspection_id=inspection_id, operations=[operation])
    refused = applied.results[0]
    if refused.status is Status.REFUSED:
        raise DomainError(refused.code or "invalid", status=422, **refused.errors)
    return applied


def writable(actor: Actor, inspection_id: int) -> Inspection:
    """The visit, held, to which the actor may write answers and photographs now. Raises as ``apply_operations``."""
    require(actor, Permission.ANSWER_INSPECTIONS)
    hold(inspection_id)
    return permitted(actor, inspection_id)


def permitted(actor: Actor, inspection_id: int) -> Inspection:
    """The same visit without holding it: asked before slow work, and again by ``writable`` before anything is written."""
    inspection = as_member(actor, inspection_id)
    if inspection.state not in EDITABLE:
        raise DomainError("not-editable", state=inspection.state)
    return inspection


def as_member(actor: Actor, inspection_id: int) -> Inspection:
    """The visit on whose team the actor is, without a conflict of interests. Raises NotVisibleError, ForbiddenError."""
    require(actor, Permission.ANSWER_INSPECTIONS)
    row = db.session.execute(_AS_MEMBER, {"inspection_id": inspection_id, "user_id": actor.user_id}).first()
    if row is None:
        questions.visible(actor, inspection_id)  # raises where even its existence is none of theirs
        raise ForbiddenError("not-on-team")
    inspection, conflict = row
    if conflict != "none":
        raise ForbiddenError("conflict-declared" if conflict == "declared" else "declaration-first")
    found: Inspection = inspection
    return found


class _Batch:
    """The operations of one request against one visit, in memory until ``write``."""

    def __init__(
        self, actor: Actor, inspection_id: int, checklist: Checklist, facts: Facts, hidden: frozenset[str]
    ) -> None:
        self.actor = actor
        self.hidden = hidden  # criteria that the actor rates apart: neither written here nor seen in the score
        self.inspection_id = inspection_id
        self.criteria = {c.code: c for c in checklist.applicable(facts)}
        self.inputs: dict[str, AnswerInput] = {}  # of all criteria, for the score
        self.current: dict[str, Current] = {}  # of the criteria that the operations touch
        self.known: dict[str, tuple[int, str]] = {}  # op_id → visit and digest
        self.revisions: list[dict[str, Any]] = []
        self.winners: dict[str, Operation] = {}
        self.journal: list[dict[str, Any]] = []

    def load(self, operations: Sequence[Operation]) -> None:
        """Read which operations came before, and the current answers."""
        known = db.session.execute(_KNOWN, {"op_ids": [o.op_id for o in operations]})
        self.known = {op_id: (inspection_id, digest) for op_id, inspection_id, digest in known}
        touched = {o.criterion for o in operations}
        rows = questions.current_answers(self.inspection_id, only=touched)
        self.current = {code: a.as_current() for code, a in rows.items()}
        self.inputs = {code: a for code, a in answers_of(self.inspection_id).items() if code not in self.hidden}
        self.before = frozenset(self.current)

    def apply(self, operation: Operation) -> Result:
        """Decide about one operation; nothing is written yet."""
        if operation.op_id in self.known:
            if self.known[operation.op_id] == (self.inspection_id, operation.digest):
                return Result(operation.op_id, Status.ALREADY_HERE)
            return Result(operation.op_id, Status.REFUSED, "op-id-reused")
        criterion = self.criteria.get(operation.criterion)
        if criterion is None:
            return Result(operation.op_id, Status.REFUSED, "criterion-not-asked", {"criterion": "criterion-not-asked"})
        if operation.criterion in self.hidden:
            return Result(operation.op_id, Status.REFUSED, "rated-apart", {"criterion": "rated-apart"})
        found = faults(operation, criterion)
        if found:
            return Result(operation.op_id, Status.REFUSED, next(iter(found.values())), found)
        current = self.current.get(operation.criterion)
        status = status_of(operation, self.actor.user_id, current, self.actor.device_id)
        self._keep(operation, status)
        return Result(operation.op_id, status)

    def _keep(self, operation: Operation, status: Status) -> None:
        revision = {
            "op_id": operation.op_id,
            "inspection_id": self.inspection_id,
            "criterion": operation.criterion,
            "level": operation.level,
            "not_applicable": operation.not_applicable,
            "na_reason": operation.na_reason,
            "note": operation.note,
            "measurements": dict(operation.measurements),
            "base_op_id": operation.base_op_id,
            "author_id": self.actor.user_id,
            "source": "visit",
            "answered_at": operation.answered_at,
            "received_at": clock.now(),
            "digest": operation.digest,
            "outcome": status.value,
            "device_id": self.actor.device_id,
            "settles": list(operation.settles),
        }
        self.revisions.append(revision)
        self.known[operation.op_id] = (self.inspection_id, operation.digest)
        self.journal.append(
            {
                "op": operation.op_id,
                "criterion": operation.criterion,
                "level": operation.level,
                "na": operation.not_applicable,
                "digest": operation.digest,
                "status": status.value,
            }
        )
        if status is Status.ACCEPTED:
            self.winners[operation.criterion] = operation
            self.inputs[operation.criterion] = AnswerInput(operation.level, operation.not_applicable)
            self.current[operation.criterion] = Current(
                operation.op_id,
                operation.level,
                operation.not_applicable,
                self.actor.user_id,
                operation.answered_at,
                operation.na_reason,
                operation.note,
                operation.measurements,
                self.actor.device_id,
                operation.base_op_id,
            )

    def write(self) -> None:
        """Revisions, current answers and an audit event each. Nothing where nothing was new."""
        if not self.revisions:
            return
        ids = {op_id: id_ for id_, op_id in db.session.execute(_KEEP, self.revisions)}
        changed, new = [], []
        for code, o in self.winners.items():
            values = {"revision_id": ids[o.op_id], "level": o.level, "not_applicable": o.not_applicable}
            if code in self.before:
                changed.append({**values, "of_visit": self.inspection_id, "of_criterion": code})
            else:
                new.append({**values, "inspection_id": self.inspection_id, "criterion": code})
        if changed:
            db.session.execute(_CHANGE, changed)
        if new:
            db.session.execute(insert(_answers), new)
        each = [{"operations": [row]} for row in self.journal]
        audit.record_all(self.actor, "answers.saved", chain=chain(self.inspection_id), data=each)
