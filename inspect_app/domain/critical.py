"""The sheet of a critical finding: filled on the spot, told the same day (design, «An inspection's life»).

Haute Autorité de santé has such a form for its imperative criteria; immediate danger goes to the ministry, too.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property

from inspect_app.domain.audit import canonical
from inspect_app.domain.checklists import Criterion

LONGEST = 4000


class Told(StrEnum):
    """Who was told on site: a function, never a person's name."""

    DIRECTOR = "director"
    DEPUTY = "deputy"  # stands in for the director
    ON_DUTY = "on_duty"  # in charge of the team or the night
    ASSOCIATION = "association"  # of the managing association
    STAFF = "staff"  # anybody else who works there
    NOBODY = "nobody"


class Audience(StrEnum):
    """Who is told by mail."""

    COORDINATOR = "coordinator"
    MINISTRY = "ministry"


@dataclass(frozen=True)
class Sheet:
    """One sheet as a device took it; ``base_op_id`` names the sheet that it completes.

    ``seen_at``, ``written_at`` and ``phoned_at`` (when the office was told by telephone, None: it was not) are the
    device's clock.
    """

    op_id: str
    criterion: str
    seen: str
    danger: bool
    measure: str
    told: Told
    seen_at: datetime
    written_at: datetime
    phoned_at: datetime | None = None
    base_op_id: str | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the content: the same id with another digest is another sheet in disguise."""
        content = {
            "criterion": self.criterion,
            "seen": self.seen,
            "danger": self.danger,
            "measure": self.measure,
            "told": self.told.value,
            "seen_at": _instant(self.seen_at),
            "written_at": _instant(self.written_at),
            "phoned_at": _instant(self.phoned_at) if self.phoned_at else None,
            "base_op_id": self.base_op_id,
        }
        return hashlib.sha256(canonical(content).encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def asks_for_sheet(criterion: Criterion, level: int | None, failing_below: int) -> bool:
    """Whether an answer is a critical finding: a critical criterion below the level from which it is met."""
    return criterion.critical and level is not None and level < failing_below


def faults(sheet: Sheet, criterion: Criterion) -> dict[str, str]:
    """Why the sheet cannot be taken: field → code; empty where it can."""
    found: dict[str, str] = {}
    if not criterion.critical:
        found["criterion"] = "criterion-not-critical"
    if not sheet.seen:
        found["seen"] = "seen-missing"
    if sheet.danger and not sheet.measure:
        found["measure"] = "measure-missing"
    return found


def audiences(danger: bool, told: Collection[Audience]) -> list[Audience]:
    """Who is still to be told of a finding of which those in ``told`` know: each once."""
    asked = [Audience.COORDINATOR, *([Audience.MINISTRY] if danger else [])]
    return [audience for audience in asked if audience not in told]


def latest(sheets: Sequence[tuple[str, str, str | None]]) -> dict[str, str]:
    """Criterion → op_id of the sheet that stands, from rows (criterion, op_id, base_op_id) in the order of receipt.

    A sheet that completes another stands in its place, in whatever order they came.
    """
    completed = {base for _criterion, _op_id, base in sheets if base is not None}
    return {criterion: op_id for criterion, op_id, _base in sheets if op_id not in completed}


def same_day(seen_on: date, received_on: date, phoned_on: date | None) -> bool:
    """Whether the finding was told on the day on which it was seen, over the line or by telephone."""
    return seen_on >= received_on or (phoned_on is not None and seen_on >= phoned_on)
