"""A visit's life: kinds, states, events, which event leads where, and who may make it happen. Data first, one function."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from inspect_app.domain.errors import DomainError


class Kind(StrEnum):
    """Why a visit is made."""

    INITIAL = "initial"
    PERIODIC = "periodic"
    FOLLOW_UP = "follow_up"
    UNANNOUNCED = "unannounced"
    COMPLAINT = "complaint"
    SELF_ASSESSMENT = "self_assessment"


#: What a coordinator plans. A self-assessment is the director's own and has no visiting team.
PLANNED_KINDS = (Kind.INITIAL, Kind.PERIODIC, Kind.FOLLOW_UP, Kind.UNANNOUNCED, Kind.COMPLAINT)


class State(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    PREPARED = "prepared"
    UNDER_WAY = "under_way"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DRAFT_SENT = "draft_sent"
    RESPONDING = "responding"
    FINAL = "final"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What happened, in the past tense."""

    PLANNED = "planned"
    RESCHEDULED = "rescheduled"
    PREPARED = "prepared"
    STARTED = "started"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DRAFT_SENT = "draft_sent"
    OBSERVATIONS_CLOSED = "observations_closed"
    FINALISED = "finalised"
    CANCELLED = "cancelled"


#: (state, event) → state. A pair that is absent is an illegal move.
#: An unannounced visit has no preparation, so a planned visit may start. What was submitted is never cancelled:
#: results may displease, they do not disappear.
TRANSITIONS: Mapping[tuple[State | None, Event], State] = {
    (None, Event.PLANNED): State.PLANNED,
    (State.PLANNED, Event.RESCHEDULED): State.PLANNED,
    (State.PREPARED, Event.RESCHEDULED): State.PREPARED,
    (State.PLANNED, Event.PREPARED): State.PREPARED,
    (State.PLANNED, Event.STARTED): State.UNDER_WAY,
    (State.PREPARED, Event.STARTED): State.UNDER_WAY,
    (State.UNDER_WAY, Event.SUBMITTED): State.SUBMITTED,
    (State.SUBMITTED, Event.RETURNED): State.RETURNED,
    (State.RETURNED, Event.SUBMITTED): State.SUBMITTED,
    (State.SUBMITTED, Event.ACCEPTED): State.ACCEPTED,
    (State.ACCEPTED, Event.DRAFT_SENT): State.DRAFT_SENT,
    (State.DRAFT_SENT, Event.OBSERVATIONS_CLOSED): State.RESPONDING,
    (State.RESPONDING, Event.FINALISED): State.FINAL,
    (State.PLANNED, Event.CANCELLED): State.CANCELLED,
    (State.PREPARED, Event.CANCELLED): State.CANCELLED,
    (State.UNDER_WAY, Event.CANCELLED): State.CANCELLED,
}

#: States in which the team may write answers.
EDITABLE = frozenset({State.UNDER_WAY, State.RETURNED})
#: States before the visit, in which the team may still be changed.
BEFORE = frozenset({State.PLANNED, State.PREPARED})
#: States in which somebody else may still be named for each duty of a reviewer: until the work is done.
REVIEWERS_CHANGE: Mapping[str, frozenset[State]] = {
    "second_reading": BEFORE | EDITABLE | {State.SUBMITTED},
    "responses": BEFORE | EDITABLE | {State.SUBMITTED, State.ACCEPTED, State.DRAFT_SENT, State.RESPONDING},
}
#: States in which nothing more happens.
ENDED = frozenset({State.FINAL, State.CANCELLED})


def next_state(state: State | str | None, event: Event | str) -> State:
    """The state after an event. Raises DomainError("illegal-move") where the table has no such move."""
    before = State(state) if state is not None else None
    try:
        return TRANSITIONS[before, Event(event)]
    except KeyError:
        raise DomainError("illegal-move", state=str(before or ""), event=str(event)) from None


def state_after(events: list[str] | tuple[str, ...]) -> State:
    """The state that a visit's events lead to, in order. Raises DomainError("illegal-move")."""
    state: State | None = None
    for event in events:
        state = next_state(state, event)
    if state is None:
        raise DomainError("illegal-move", state="", event="")
    return state


class Hat(StrEnum):
    """As what somebody acts on one file. One person may wear several, but never on both sides."""

    COORDINATOR = "coordinator"  # plans, in whose territory the institution lies
    MEMBER = "member"  # of the visiting team
    LEADER = "leader"
    SECOND_READER = "second_reader"
    RESPONDER = "responder"  # answers the director's observations
    DIRECTOR = "director"  # of the institution visited


#: Who may make each thing happen. Planning has no file yet and is checked by its service.
MOVERS: Mapping[Event, frozenset[Hat]] = {
    Event.RESCHEDULED: frozenset({Hat.COORDINATOR}),
    Event.PREPARED: frozenset({Hat.COORDINATOR, Hat.MEMBER}),
    Event.STARTED: frozenset({Hat.MEMBER}),
    Event.SUBMITTED: frozenset({Hat.LEADER}),
    Event.RETURNED: frozenset({Hat.SECOND_READER}),
    Event.ACCEPTED: frozenset({Hat.SECOND_READER}),
    Event.DRAFT_SENT: frozenset({Hat.COORDINATOR}),
    Event.OBSERVATIONS_CLOSED: frozenset({Hat.DIRECTOR, Hat.COORDINATOR, Hat.RESPONDER}),
    Event.FINALISED: frozenset({Hat.COORDINATOR}),
    Event.CANCELLED: frozenset({Hat.COORDINATOR}),
}

#: Whoever visited neither sends the draft nor issues the final report (separation of duties).
_NOT_BY_VISITORS = frozenset({Event.DRAFT_SENT, Event.FINALISED})
_NEEDS_REASON = frozenset({Event.RESCHEDULED, Event.RETURNED, Event.CANCELLED})


@dataclass(frozen=True)
class Situation:
    """What the rules of a move look at. Counts are of the file, ``hats`` of the person who asks."""

    state: State
    hats: frozenset[Hat]
    today: date
    undeclared: int = 0  # members who have not declared their interests
    conflicted: int = 0  # members who declared a conflict
    unanswered: int = 0  # applicable criteria without an answer
    disputed: int = 0  # criteria on which two members differ
    rated_apart: bool = False  # a second rater has not finished their blind rating
    observations: int = 0
    unanswered_observations: int = 0
    due_on: date | None = None  # last day of the director's delay

    @property
    def delay_over(self) -> bool:
        """Whether the last day on which the director may observe has passed."""
        return self.due_on is not None and self.today > self.due_on


@dataclass(frozen=True)
class Refusal:
    """Why a move may not be made: a code with its sentence in ``web/messages``, and the status of the answer."""

    code: str
    status: int = 409
    params: tuple[tuple[str, Any], ...] = ()

    def error(self) -> DomainError:
        """The refusal as the error that a deed raises."""
        return DomainError(self.code, status=self.status, **dict(self.params))


def refusal(event: Event, now: Situation) -> Refusal | None:
    """Why this person may not make this happen now; None where they may. Pure: pages and deeds ask the same."""
    if (now.state, event) not in TRANSITIONS:
        return Refusal("illegal-move", params=(("state", str(now.state)), ("event", str(event))))
    if not now.hats & MOVERS[event]:
        return Refusal(f"not-yours-{event.value.replace('_', '-')}", 403)
    if event in _NOT_BY_VISITORS and Hat.MEMBER in now.hats:
        return Refusal("visited-it", 403)
    if event is Event.STARTED:
        if now.conflicted:
            return Refusal("conflict-in-team")
        if now.undeclared:
            return Refusal("declarations-missing", params=(("count", now.undeclared),))
    if event is Event.SUBMITTED:
        if now.unanswered:
            return Refusal("unanswered", params=(("count", now.unanswered),))
        if now.disputed:
            return Refusal("disputed", params=(("count", now.disputed),))
        if now.rated_apart:
            return Refusal("second-rating-open")
    if event is Event.OBSERVATIONS_CLOSED and Hat.DIRECTOR not in now.hats and not now.delay_over:
        return Refusal("delay-runs", params=(("until", now.due_on),))
    if event is Event.FINALISED and now.unanswered_observations:
        return Refusal("observations-unanswered", params=(("count", now.unanswered_observations),))
    return None


def needs_reason(event: Event) -> bool:
    """Whether the event must carry a reason in words."""
    return event in _NEEDS_REASON


def check_team(members: list[int], *, leader: int, second_reader: int | None, responder: int | None) -> None:
    """Rules of a team, before anybody's role is looked at.

    Raises DomainError: ``team-empty``, ``team-twice``, ``leader-not-in-team``, ``reader-visited``, ``responder-visited``
    (whoever visited does not review; design, "Separation").
    """
    if not members:
        raise DomainError("team-empty", field="team", status=422)
    if len(set(members)) != len(members):
        raise DomainError("team-twice", field="team", status=422)
    if leader not in members:
        raise DomainError("leader-not-in-team", field="leader", status=422)
    if second_reader in members:
        raise DomainError("reader-visited", field="second_reader", status=422)
    if responder in members:
        raise DomainError("responder-visited", field="responder", status=422)
