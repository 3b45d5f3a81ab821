"""How an audit event is hashed, so that a changed, removed or inserted row is found."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

#: What the first event of each chain is linked to.
GENESIS = "0" * 64


def canonical(data: Any) -> str:
    """JSON with sorted keys, no spaces, no escapes of non-ASCII: one text for one meaning."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def event_hash(
    *,
    previous: str,
    chain: str,
    seq: int,
    at: datetime,
    actor_id: int | None,
    actor: str,
    verb: str,
    data: Mapping[str, Any],
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
