"""How an audit event is hashed, so that a changed, removed or inserted row is found."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

#: What the first event of each chain is linked to.
GENESIS = "0" * 64
#: Made once: every answer is hashed twice.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(data: Any) -> str:
    """JSON with sorted keys, no spaces, no escapes of non-ASCII: one text for one meaning."""
    return _CANONICAL.encode(data)


def event_hash(
    *,
    previous: str,
    chain: str,
    seq: int,
    at: datetime,
    actor_id: int | None,
    actor: str,
    verb: str,
    data: Mapping[str, Any] | None,
) -> str:
    """The SHA-256 (hex) that seals one event to the one before it."""
    row = {
        "chain": chain,
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": actor_id,
        "actor": actor,
        "verb": verb,
        "data": data,
    }
    return hashlib.sha256(f"{previous}\n{canonical(row)}".encode()).hexdigest()


@dataclass(frozen=True)
class Row:
    """One stored event, as far as its seal goes."""

    seq: int
    at: datetime
    actor_id: int | None
    actor: str
    verb: str
    data: Mapping[str, Any] | None  # None: what is stored is no JSON
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Head:
    """What the table of heads says about the end of a chain."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Fault:
    """One thing wrong. ``kind``: changed | missing | unlinked | head-missing | head-differs | tail-missing | unreadable |
    anchor-differs | anchor-missing. For anchors ``chain`` is the day and ``seq`` 0; what is unreadable stands after it."""

    chain: str
    seq: int
    kind: str


def chain_faults(chain: str, rows: Iterable[Row], head: Head | None) -> Iterator[Fault]:
    """What is wrong with one chain; rows come by sequence number. Each wrong row is named once."""
    seq, previous = 0, GENESIS
    for row in rows:
        if row.seq != seq + 1:
            yield Fault(chain, seq + 1, "missing")
        elif row.previous_hash != previous:
            yield Fault(chain, row.seq, "unlinked")
        if row.hash != event_hash(
            previous=row.previous_hash,
            chain=chain,
            seq=row.seq,
            at=row.at,
            actor_id=row.actor_id,
            actor=row.actor,
            verb=row.verb,
            data=row.data,
        ):
            yield Fault(chain, row.seq, "changed")
        seq, previous = row.seq, row.hash
    if head is None:
        if seq:
            yield Fault(chain, seq, "head-missing")
    elif head.seq > seq:
        yield Fault(chain, seq + 1, "tail-missing")
    elif head.seq < seq or head.hash != previous:
        yield Fault(chain, seq, "head-differs")


def anchor_digest(previous: str, day: date, ends: Iterable[tuple[str, int, str]], events: int) -> str:
    """The digest that seals a day: the day before's digest, and where each chain that grew that day then ended.

    ``ends``: chain, sequence number and hash of the day's last event of each chain, in any order.
    """
    body = canonical({"day": day.isoformat(), "events": events, "ends": sorted([list(end) for end in ends])})
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
