"""The same deed on many files at once (imports): what ``services.audit.record`` writes, in a few statements."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.audit import GENESIS, event_hash
from inspect_app.models import AuditEvent, AuditHead, db

#: Chains in one statement.
_AT_ONCE = 500


def record_each(actor: Actor | None, verb: str, deeds: Mapping[str, Mapping[str, Any]]) -> None:
    """Append one event to each chain, chain → data, in the current transaction. No commit.

    Heads are locked in one order by all writers, so that none waits for another in a circle. Raises IntegrityError
    where somebody else began one of the chains at the same moment.
    """
    db.session.flush()
    chains = sorted(deeds)
    at = clock.now()
    who = f"{actor.name} ({', '.join(sorted(actor.roles))})" if actor else "system"
    actor_id = actor.user_id if actor else None
    for start in range(0, len(chains), _AT_ONCE):
        part = chains[start : start + _AT_ONCE]
        ends = _ends(part)
        events = []
        for chain in part:
            seq, previous = ends.get(chain, (0, GENESIS))
            sealed: dict[str, Any] = {
                "chain": chain,
                "seq": seq + 1,
                "at": at,
                "actor_id": actor_id,
                "actor": who,
                "verb": verb,
                "data": dict(deeds[chain]),
            }
            events.append({**sealed, "previous_hash": previous, "hash": event_hash(previous=previous, **sealed)})
        db.session.execute(insert(AuditEvent), events)
        _move_ends(events, known=ends.keys())


def _ends(chains: list[str]) -> dict[str, tuple[int, str]]:
    rows = db.session.execute(
        select(AuditHead.chain, AuditHead.seq, AuditHead.hash)
        .where(AuditHead.chain.in_(chains))
        .order_by(AuditHead.chain)
        .with_for_update()
    )
    return {chain: (seq, digest) for chain, seq, digest in rows}


def _move_ends(events: list[dict[str, Any]], *, known: Any) -> None:
    new = [{"chain": e["chain"], "seq": e["seq"], "hash": e["hash"]} for e in events if e["chain"] not in known]
    old = [{"of": e["chain"], "to": e["seq"], "sealed": e["hash"]} for e in events if e["chain"] in known]
    if new:
        db.session.execute(insert(AuditHead), new)
    if old:
        heads = cast(Table, AuditHead.__table__)
        statement = update(heads).where(heads.c.chain == bindparam("of"))
        db.session.connection().execute(statement.values(seq=bindparam("to"), hash=bindparam("sealed")), old)
