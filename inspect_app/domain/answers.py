"""What an answer to a criterion may be, and what to do when two devices answered on different grounds."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from inspect_app.domain.audit import canonical
from inspect_app.domain.checklists import Criterion

_PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


class Status(StrEnum):
    """What the server says of an operation that a device sent."""

    ACCEPTED = "accepted"  # it is the current answer now
    ALREADY_HERE = "already-here"  # the same operation came before
    SUPERSEDED = "superseded"  # kept, but an answer made on top of it, or the very same answer, is current
    CONFLICT = "conflict"  # kept beside a different answer, which stays current until someone chooses
    REFUSED = "refused"


@dataclass(frozen=True)
class Operation:
    """One answer as a device made it. ``answered_at`` is the device's clock.

    ``settles``: the differing answers (their op_ids) that its author was shown beside the criterion and set aside.
    """

    op_id: str
    criterion: str
    level: int | None
    not_applicable: bool
    na_reason: str
    note: str
    measurements: Mapping[str, str]
    base_op_id: str | None
    answered_at: datetime
    settles: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the content: the same id with another digest is another answer in disguise."""
        content: dict[str, Any] = {
            "criterion": self.criterion,
            "level": self.level,
            "not_applicable": self.not_applicable,
            "na_reason": self.na_reason,
            "note": self.note,
            "measurements": dict(self.measurements),
            "base_op_id": self.base_op_id,
            "answered_at": self.answered_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        }
        if self.settles:
            content["settles"] = sorted(self.settles)
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
    device_id: int | None = None
    base_op_id: str | None = None


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


def status_of(operation: Operation, author_id: int, current: Current | None, device_id: int | None = None) -> Status:
    """What becomes of a valid new operation.

    Made on top of the current answer: accepted. Else somebody answered apart, and what they knew of each other decides,
    never a device's clock: what the current answer was made on top of is superseded; where both say the same nothing
    is to be chosen; where they differ **both are kept and the one already here stays current**, because the late-comer
    is the one who is connected and can be shown the other. One person with two devices is two in this. Only in an
    office browser, which is no registered device, the same person's later answer takes the place of the earlier.
    """
    if current is None or operation.base_op_id == current.op_id:
        return Status.ACCEPTED
    if operation.op_id == current.base_op_id:
        return Status.SUPERSEDED
    if current.author_id == author_id and device_id is None and current.device_id is None:
        return Status.ACCEPTED if operation.answered_at >= current.answered_at else Status.SUPERSEDED
    return Status.SUPERSEDED if operation.says_the_same(current) else Status.CONFLICT


@dataclass(frozen=True)
class Kept:
    """A revision of one criterion, as far as open conflicts go. ``settles`` None: written before choices were kept."""

    op_id: str
    author_id: int
    device_id: int | None
    base_op_id: str | None
    outcome: str
    settles: tuple[str, ...] | None


def open_conflicts(revisions: Sequence[Kept]) -> list[str]:
    """Which of one criterion's revisions, in the order of their receipt, still stand beside the current answer.

    A conflict ends when its own hand answers again (on top of it, or on top of the current answer), or when an accepted
    answer says that its author was shown it. An answer of somebody who did not know of it leaves it open.
    """
    found: dict[str, Kept] = {}
    for row in revisions:
        if row.base_op_id is not None:
            found.pop(row.base_op_id, None)
        if row.outcome == Status.CONFLICT:
            found[row.op_id] = row
        elif row.outcome == Status.ACCEPTED:
            found = {
                op_id: kept
                for op_id, kept in found.items()
                if row.settles is not None
                and op_id not in row.settles
                and (kept.author_id, kept.device_id) != (row.author_id, row.device_id)
            }
    return list(found)
