"""Write down a deed. Called by every service before its one commit."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.audit import GENESIS, anchor_digest, event_hash
from inspect_app.models import AuditAnchor, AuditEvent, AuditHead, db
from inspect_app.queries import audit as journal

#: A day is sealed this long after its end: no deed begun on that day is still being written then.
SETTLED = timedelta(hours=1)


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


def anchor_days() -> list[AuditAnchor]:
    """Seal every day that is over and not sealed yet, the empty ones too; the new anchors, oldest first.

    Doing it twice changes nothing. Kept outside (printed, mailed), the last digest proves the whole journal before it:
    who rewrites an event would have to rewrite every anchor since, also those on paper.
    """
    last = journal.last_anchor()
    day = last.day + timedelta(days=1) if last else journal.first_day()
    previous = last.digest if last else GENESIS
    made: list[AuditAnchor] = []
    while day is not None and journal.start_of(day + timedelta(days=1)) + SETTLED <= clock.now():
        ends, events = journal.ends_of(day)
        previous = anchor_digest(previous, day, ends, events)
        anchor = AuditAnchor(day=day, chains=len(ends), events=events, digest=previous, created_at=clock.now())
        db.session.add(anchor)
        made.append(anchor)
        day += timedelta(days=1)
    db.session.commit()
    return made
