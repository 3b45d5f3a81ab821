"""Who signed the record of a visit at its end, or refused to; and what it was that they signed.

The team signs, and on the other side the director or whoever received the team. A refusal is recorded with its reason, as
minutes of inspection do. What is signed is the digest of the visit's receipt (``domain/receipts.py``) at that moment.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from inspect_app.domain.audit import canonical

#: The box in which a signature is drawn; its lines are whole numbers inside it.
WIDTH, HEIGHT = 600, 200
#: Characters of a drawing: some minutes of scribbling.
LONGEST_DRAWING = 20_000
#: Fewer points are no signature: a finger that touched the field.
FEWEST_POINTS = 4
_LINES = re.compile(r"(M[0-9]{1,3} [0-9]{1,3}(L[0-9]{1,3} [0-9]{1,3})*)+")
_POINT = re.compile(r"([0-9]+) ([0-9]+)")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Capacity(StrEnum):
    """As what somebody signs."""

    MEMBER = "member"  # of the visiting team
    DIRECTOR = "director"  # of the institution
    RECEIVED = "received"  # received the team in the director's absence


class Deed(StrEnum):
    """What they did."""

    DRAWN = "drawn"  # signed with hand or pen
    TYPED = "typed"  # typed their name and confirmed «I sign»
    REFUSED = "refused"


@dataclass(frozen=True)
class Signature:
    """One signature as a device took it. ``drawing``: lines of an SVG path; ``signed_at`` is the device's clock."""

    op_id: str
    capacity: Capacity
    deed: Deed
    name: str
    function: str
    drawing: str
    reason: str
    record_digest: str
    answers: int
    photographs: int
    signed_at: datetime

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the content: the same id with another digest is another signature in disguise."""
        content = {
            "capacity": self.capacity.value,
            "deed": self.deed.value,
            "name": self.name,
            "function": self.function,
            "drawing": self.drawing,
            "reason": self.reason,
            "record_digest": self.record_digest,
            "answers": self.answers,
            "photographs": self.photographs,
            "signed_at": self.signed_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        }
        return hashlib.sha256(canonical(content).encode()).hexdigest()


def faults(signature: Signature) -> dict[str, str]:
    """Why this is no signature: field → code; empty where it is one."""
    found: dict[str, str] = {}
    if not signature.name:
        found["name"] = "name-missing"
    if not signature.function:
        found["function"] = "function-missing"
    if not _DIGEST.fullmatch(signature.record_digest):
        found["record_digest"] = "invalid"
    if signature.deed is Deed.DRAWN and not is_drawing(signature.drawing):
        found["drawing"] = "drawing-missing"
    if signature.deed is not Deed.DRAWN and signature.drawing:
        found["drawing"] = "invalid"
    if signature.deed is Deed.REFUSED and not signature.reason:
        found["reason"] = "reason-missing"
    if signature.deed is Deed.REFUSED and signature.capacity is Capacity.MEMBER:
        found["deed"] = "member-refuses"
    return found


def is_drawing(lines: str) -> bool:
    """Whether this is a drawn signature: lines of an SVG path inside the box and nothing else."""
    if len(lines) > LONGEST_DRAWING or not _LINES.fullmatch(lines):
        return False
    points = [(int(x), int(y)) for x, y in _POINT.findall(lines)]
    return len(points) >= FEWEST_POINTS and all(x <= WIDTH and y <= HEIGHT for x, y in points)
