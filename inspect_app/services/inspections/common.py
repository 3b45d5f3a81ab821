"""What every deed on a visit does: hold the file, ask the table, write the event."""

from typing import Any, cast

from sqlalchemy import Table, bindparam, update

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.inspections import Event, needs_reason, next_state, refusal
from inspect_app.domain.permissions import Permission
from inspect_app.models import AuditHead, Inspection, InspectionEvent, db
from inspect_app.queries import inspections as questions
from inspect_app.services import audit

#: Longest text of a reason, note or observation, in characters.
LONGEST = 4000


def chain(inspection_id: int) -> str:
    """The audit chain of a visit."""
    return f"inspection/{inspection_id}"


_heads = cast(Table, AuditHead.__table__)
_HOLD = update(_heads).where(_heads.c.chain == bindparam("of_visit")).values(seq=_heads.c.seq)


def hold(inspection_id: int) -> None:
    """From here to the commit nobody else writes to this file; called before anything of it is read.

    Touching the head of its audit chain takes the row's lock on PostgreSQL and the write lock on SQLite, so that
    what is read next (state, current answers) is still true when the deed is written.
    """
    db.session.execute(_HOLD, {"of_visit": chain(inspection_id)})


def require(actor: Actor, permission: Permission) -> None:
    """Raise ForbiddenError where none of the actor's roles grants the permission."""
    if not actor.may(permission):
        raise ForbiddenError


def move(actor: Actor, inspection: Inspection, event: Event, *, reason: str = "", **data: Any) -> None:
    """Check the move, write the new state, the event and the audit event. No commit.

    Raises DomainError with the code of the refusal, or ``reason-missing``.
    """
    refused = refusal(event, questions.situation(actor, inspection))
    if refused is not None:
        raise refused.error()
    write_event(actor, inspection, event, reason=reason, **data)


def write_event(actor: Actor, inspection: Inspection, event: Event, *, reason: str = "", **data: Any) -> None:
    """State, event and audit event of a move that was checked. No commit."""
    reason = text(reason, field="reason", required=needs_reason(event))
    before = None if event is Event.PLANNED else inspection.state
    inspection.state = next_state(before, event).value
    db.session.add(
        InspectionEvent(
            inspection_id=inspection.id, event=event.value, at=clock.now(), actor_id=actor.user_id, reason=reason
        )
    )
    if reason:
        data["reason"] = reason
    audit.record(actor, f"inspection.{event.value}", chain=chain(inspection.id), state=inspection.state, **data)


def text(value: str, *, field: str, required: bool = True, longest: int = LONGEST) -> str:
    """A text typed by a person, trimmed. Raises DomainError ``<field>-missing`` or ``text-too-long``."""
    value = value.strip()
    if required and not value:
        raise DomainError(f"{field.replace('_', '-')}-missing", field=field, status=422)
    if len(value) > longest:
        raise DomainError("text-too-long", field=field, status=422, longest=longest)
    return value


def undo() -> None:
    """Nothing of a refused deed remains: pages that show the refusal read the file afresh."""
    db.session.rollback()
