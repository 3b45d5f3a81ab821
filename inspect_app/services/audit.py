"""Write down a deed. Called by every service before its one commit."""

from typing import Any

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.audit import GENESIS, event_hash
from inspect_app.models import AuditEvent, AuditHead, db


def record(actor: Actor | None, verb: str, *, chain: str, **data: Any) -> AuditEvent:
    """Append one event to its chain in the current transaction.

    ``verb`` is in the past tense (``inspection.planned``); ``data`` must be plain JSON and never hold a person's
    secret or a beneficiary's identity. The head row is locked, so two writers of one chain wait for each other.
    """
    head = db.session.scalar(select(AuditHead).where(AuditHead.chain == chain).with_for_update())
    if head is None:
        head = AuditHead(chain=chain, seq=0, hash=GENESIS)
        db.session.add(head)
    at = clock.now()
    who = f"{actor.name} ({', '.join(sorted(actor.roles))})" if actor else "system"
    event = AuditEvent(
        chain=chain,
        seq=head.seq + 1,
        at=at,
        actor_id=actor.user_id if actor else None,
        actor=who,
        verb=verb,
        data=data,
        previous_hash=head.hash,
        hash=event_hash(
            previous=head.hash,
            chain=chain,
            seq=head.seq + 1,
            at=at,
            actor_id=actor.user_id if actor else None,
            actor=who,
            verb=verb,
            data=data,
        ),
    )
    db.session.add(event)
    head.seq, head.hash = event.seq, event.hash
    return event
