"""What every deed on a dossier does: hold the file, ask the table of moves, write the event."""

from typing import Any, cast

from sqlalchemy import Table, bindparam, update

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import DossierEvent, Side
from inspect_app.domain.decisions.outcomes import next_state
from inspect_app.domain.decisions.people import check_declared, check_side
from inspect_app.domain.errors import ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.models import AuditHead, Dossier, DossierEventRow, DossierPerson, db
from inspect_app.queries import decisions as questions
from inspect_app.services import audit
from inspect_app.services.inspections.common import text, undo

_heads = cast(Table, AuditHead.__table__)
_HOLD = update(_heads).where(_heads.c.chain == bindparam("of_file")).values(seq=_heads.c.seq)


def chain(dossier_id: int) -> str:
    """The audit chain of a dossier; its appeal is written there too."""
    return f"dossier/{dossier_id}"


def hold(of_file: str) -> None:
    """From here to the commit nobody else writes to this file; called before anything of it is read."""
    db.session.execute(_HOLD, {"of_file": of_file})


def require(actor: Actor, permission: Permission) -> None:
    """Raise ForbiddenError where none of the actor's roles grants the permission."""
    if not actor.may(permission):
        raise ForbiddenError


def stand(dossier: Dossier, user_id: int, side: Side) -> None:
    """Put a person on a side of the dossier. Raises ForbiddenError where they stand on another one already."""
    found = questions.side_of(dossier.id, user_id)
    check_side(found, wanted=side)
    if found is None:
        db.session.add(DossierPerson(dossier_id=dossier.id, user_id=user_id, side=str(side), named_at=clock.now()))
        db.session.flush()


def declared(dossier: Dossier, actor: Actor) -> None:
    """Raise ``not-declared`` or ``dossier-conflict`` where the person has not said to be free of conflicts."""
    check_declared(questions.conflict_of(dossier.id, actor.user_id))


def move(actor: Actor, dossier: Dossier, event: DossierEvent, *, reason: str = "", **data: Any) -> None:
    """Check the move, write the new state, the event and the audit event. No commit.

    Raises DomainError: ``illegal-dossier-move``, ``deliberation-missing``.
    """
    dossier.state = next_state(dossier.state, event, dossier.matter).value
    dossier.since = clock.now()
    write_event(actor, dossier, event.value, reason=reason, **data)


def write_event(actor: Actor, dossier: Dossier, event: str, *, reason: str = "", **data: Any) -> None:
    """The event and its line in the journal. No commit."""
    db.session.add(
        DossierEventRow(dossier_id=dossier.id, event=event, at=clock.now(), actor_id=actor.user_id, reason=reason)
    )
    if reason:
        data["reason"] = reason
    audit.record(actor, f"dossier.{event}", chain=chain(dossier.id), dossier_state=dossier.state, **data)


__all__ = [
    "chain",
    "declared",
    "hold",
    "move",
    "require",
    "stand",
    "text",
    "undo",
    "write_event",
]
