"""Write down a deed. Called by every service before its one commit."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.audit import GENESIS, anchor_digest, event_hash
from inspect_app.models import AuditAnchor, AuditEvent, AuditHead, db
from inspect_app.queries import audit as journal

#: A day is sealed this long after its end: no deed begun on that day is still being written then.
SETTLED = timedelta(hours=1)

# built once: every deed of the house passes here, every tap on a tablet too
_heads = cast(Table, AuditHead.__table__)
_STEP = (
    update(_heads)
    .where(_heads.c.chain == bindparam("of_chain"))
    .values(seq=_heads.c.seq + bindparam("steps"))
    .returning(_heads.c.seq, _heads.c.hash)
)
_SEAL = update(_heads).where(_heads.c.chain == bindparam("of_chain")).values(hash=bindparam("sealed"))
_WRITE = insert(cast(Table, AuditEvent.__table__))


def record(actor: Actor | None, verb: str, *, chain: str, **data: Any) -> int:
    """Append one event to its chain in the current transaction; its number in the chain.

    ``verb`` is in the past tense (``inspection.planned``); ``data`` must be plain JSON and never hold a person's
    secret or a beneficiary's identity. The device is added where the actor works from a registered one. Two writers of
    one chain wait for each other, on SQLite as on PostgreSQL: the first statement writes, so the end of the chain is
    read under the lock.
    """
    return record_all(actor, verb, chain=chain, data=[data])


def record_all(actor: Actor | None, verb: str, *, chain: str, data: Sequence[Mapping[str, Any]]) -> int:
    """Append several events of one deed to its chain, each sealed to the one before, in three statements whatever their
    number; the number of the last one. ``data``: at least one, as ``record`` takes it."""
    more = {"device": actor.device_id} if actor and actor.device_id is not None else {}
    last, previous = _next(chain, len(data))
    at = clock.now()
    who = f"{actor.name} ({', '.join(sorted(actor.roles))})" if actor else "system"
    actor_id = actor.user_id if actor else None
    events = []
    for seq, said in enumerate(data, last - len(data) + 1):
        event: dict[str, Any] = {
            "chain": chain,
            "seq": seq,
            "at": at,
            "actor_id": actor_id,
            "actor": who,
            "verb": verb,
            "data": {**said, **more},
        }
        sealed = event_hash(previous=previous, **event)
        events.append({**event, "previous_hash": previous, "hash": sealed})
        previous = sealed
    db.session.execute(_WRITE, events)
    db.session.execute(_SEAL, {"of_chain": chain, "sealed": previous})
    return last


def _next(chain: str, steps: int) -> tuple[int, str]:
    """The number of the last of the next events, and the seal of the last one before; locked until the commit."""
    found = db.session.execute(_STEP, {"of_chain": chain, "steps": steps}).one_or_none()
    if found is None:
        try:
            with db.session.begin_nested():
                db.session.execute(insert(AuditHead).values(chain=chain, seq=0, hash=GENESIS))
        except IntegrityError:
            pass  # somebody else began the chain at the same moment and has committed
        found = db.session.execute(_STEP, {"of_chain": chain, "steps": steps}).one()
    return found.seq, found.hash


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
