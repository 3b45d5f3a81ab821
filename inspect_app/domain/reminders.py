"""Who is reminded of which deadline today, and who is told when a critical action is late. Days come from a file (policy)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspect_app.domain.plans import overdue

#: After how many days past its day a reminder that a stopped server missed is still given.
_GRACE = 6


@dataclass(frozen=True)
class FollowUp:
    """The delays. ``reminders``: days before the last day, negative after it; ``escalation``: days after it."""

    code: str
    version: str
    reminders: tuple[int, ...]
    escalation: Mapping[str, int]
    shortest: Mapping[str, int]  # by severity

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "FollowUp":
        """From the YAML shape (``schemas/follow_up.py``)."""
        return cls(
            data["code"], data["version"], tuple(data["reminders"]), dict(data["escalation"]), dict(data["shortest"])
        )


@dataclass(frozen=True)
class Watched:
    """An action that waits for its owner."""

    state: str
    due_on: date
    critical: bool
    agreed: bool = True  # by both sides


def due_reminder(watched: Watched, policy: FollowUp, today: date) -> str | None:
    """The reminder that the owner should have had by today, the latest of them; None where none is due.

    Before both sides agreed only the last days of critical findings run. A server that stood still for some days gives one reminder, not four: the latest, and an old one not at all.
    """
    if watched.state not in ("planned", "returned") or not (watched.agreed or watched.critical):
        return None
    left = (watched.due_on - today).days
    steps = [days for days in policy.reminders if left <= days]
    if not steps:
        return None
    latest = min(steps)
    return str(latest) if latest - left <= _GRACE else None


def due_escalations(watched: Watched, policy: FollowUp, today: date) -> Sequence[str]:
    """Who above must have been told by today that a critical action is late: coordinator, then ministry."""
    if not watched.critical or not overdue(watched.state, watched.due_on, today):
        return ()
    late = (today - watched.due_on).days
    return [who for who in ("coordinator", "ministry") if late >= policy.escalation[who]]
