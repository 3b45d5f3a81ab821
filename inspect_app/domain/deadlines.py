"""What is due by when on a visit, by its frozen policy. Pure: dates in, dates out."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inspect_app.domain.inspections import State
from inspect_app.domain.policy import Clock, Policy

#: What is still awaited in each state, the nearest first. ``draft-report`` and ``final-report`` are counted from the
#: submission of the answers (design: draft within 10 working days, final within 30), ``observations`` from the sending.
AWAITED: Mapping[State, tuple[str, ...]] = {
    State.SUBMITTED: ("draft-report", "final-report"),
    State.RETURNED: ("draft-report", "final-report"),
    State.ACCEPTED: ("draft-report", "final-report"),
    State.DRAFT_SENT: ("observations", "final-report"),
    State.RESPONDING: ("final-report",),
}


@dataclass(frozen=True)
class Deadline:
    """The last day of something; ``late`` once that day has passed."""

    code: str  # of the policy's clock
    due_on: date
    late: bool


def deadlines(
    state: State | str,
    policy: Policy,
    *,
    submitted_on: date | None,
    observations_due_on: date | None,
    holidays: Container[date],
    today: date,
) -> tuple[Deadline, ...]:
    """What is awaited of a visit in this state, the nearest first; nothing before the answers are submitted."""
    found = []
    for code in AWAITED.get(State(state), ()):
        if code == "observations":
            due_on = observations_due_on
        else:
            due_on = policy.clock(code).due(submitted_on, holidays) if submitted_on else None
        if due_on is not None:
            found.append(Deadline(code, due_on, today > due_on))
    return tuple(found)


def late_before(clock: Clock, today: date, holidays: Container[date]) -> date:
    """The first day from which a delay is not over today: whatever began before that day is late."""
    start = today
    while clock.due(start - timedelta(days=1), holidays) >= today:
        start -= timedelta(days=1)
    return start
