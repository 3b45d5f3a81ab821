"""What an answer to a criterion may be, and what to do when two devices answered on different grounds."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from inspect_app.domain.audit import canonical
from inspect_app.domain.checklists import Criterion

_PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


class Status(StrEnum):
    """What the server says of an operation that a device sent."""

    ACCEPTED = "accepted"  # it is the current answer now
    ALREADY_HERE = "already-here"  # the same operation came before
    SUPERSEDED = "superseded"  # kept, but a newer answer of the same person, or the very same answer, is current
    CONFLICT = "conflict"  # kept beside another member's different answer, which stays current until someone chooses
    REFUSED = "refused"


@dataclass(frozen=True)
class Operation:
    """One answer as a device made it. ``answered_at`` is the device's clock."""

    op_id: str
    criterion: str
    level: int | None
    not_applicable: bool
    na_reason: str
    note: str
    measurements: Mapping[str, str]
    base_op_id: str | None
    answered_at: datetime

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the content: the same id with another digest is another answer in disguise."""
        content = {
            "criterion": self.criterion,
            "level": self.level,
            "not_applicable": self.not_applicable,
            "na_reason": self.na_reason,
            "note": self.note,
            "measurements": dict(self.measurements),
            "base_op_id": self.base_op_id,
            "answered_at": self.answered_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        }
        return hashlib.sha256(canonical(content).encode()).hexdigest()

    def says_the_same(self, current: "Current") -> bool:
        """Whether choosing between the two would change nothing."""
        return (
            self.level == current.level
            and self.not_applicable == current.not_applicable
            and self.na_reason == current.na_reason
            and self.note == current.note
            and dict(self.measurements) == dict(current.measurements)
        )


@dataclass(frozen=True)
class Current:
    """The current answer to a criterion, as far as an arriving operation must know it."""

    op_id: str
    level: int | None
    not_applicable: bool
    author_id: int
    answered_at: datetime
    na_reason: str = ""
    note: str = ""
    measurements: Mapping[str, str] = field(default_factory=dict)


def faults(operation: Operation, criterion: Criterion) -> dict[str, str]:
    """Why the criterion cannot be answered so: field → code; empty where it can.

    Not applicable is never said of a critical criterion (design, "Scores").
    """
    found: dict[str, str] = {}
    if operation.not_applicable:
        if criterion.critical or not criterion.na_allowed:
            found["not_applicable"] = "na-not-allowed"
        elif not operation.na_reason:
            found["na_reason"] = "na-reason-missing"
        if operation.level is not None:
            found["level"] = "level-or-na"
    known = {m.code: m for m in criterion.measurements}
    for code, value in operation.measurements.items():
        if code not in known:
            found[f"measurements.{code}"] = "measurement-unknown"
        elif known[code].whole and not (_is_number(value) and Decimal(value) % 1 == 0):
            found[f"measurements.{code}"] = "measurement-not-whole"
        elif not _is_number(value):
            found[f"measurements.{code}"] = "measurement-not-a-number"
    return found


def _is_number(text: str) -> bool:
    """Digits and a point: what a report prints as it is. No sign, no exponent, no underscore."""
    return _PLAIN.fullmatch(text) is not None and Decimal(text) < 10**9


def status_of(operation: Operation, author_id: int, current: Current | None) -> Status:
    """What becomes of a valid new operation.

    Made on top of the current answer: accepted. Else, of the same person: the later tap (device clock) wins. Else two
    people answered apart: where both say the same nothing is to be chosen; where they differ **both are kept and the
    one already here stays current**, because the late-comer is the one who is connected and can be shown the other.
    """
    if current is None or operation.base_op_id == current.op_id:
        return Status.ACCEPTED
    if current.author_id == author_id:
        return Status.ACCEPTED if operation.answered_at >= current.answered_at else Status.SUPERSEDED
    return Status.SUPERSEDED if operation.says_the_same(current) else Status.CONFLICT
