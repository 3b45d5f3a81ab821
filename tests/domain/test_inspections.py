"""A visit's life as data: which event leads where, and who may make it happen."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import (
    ENDED,
    MOVERS,
    TRANSITIONS,
    Event,
    Hat,
    Situation,
    State,
    check_team,
    next_state,
    refusal,
    state_after,
)

EVERYBODY = frozenset(Hat)
TODAY = date(2026, 11, 23)


def _now(state: State, *hats: Hat, **more: object) -> Situation:
    return Situation(state=state, hats=frozenset(hats), today=TODAY, **more)  # type: ignore[arg-type]


def test_a_visit_without_trouble_goes_from_planned_to_final() -> None:
    life = ["planned", "prepared", "started", "submitted", "accepted", "draft_sent", "observations_closed", "finalised"]
    assert state_after(life) is State.FINAL


def test_a_returned_visit_is_submitted_again() -> None:
    assert state_after(["planned", "started", "submitted", "returned", "submitted", "accepted"]) is State.ACCEPTED


@pytest.mark.parametrize(
    ("state", "event"), [pair for pair in product([None, *State], Event) if pair not in TRANSITIONS]
)
def test_every_other_move_is_refused_with_one_error(state: State | None, event: Event) -> None:
    with pytest.raises(DomainError) as caught:
        next_state(state, event)
    assert caught.value.code == "illegal-move"


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_happens_after_the_end(state: State) -> None:
    assert not [event for before, event in TRANSITIONS if before == state]


@given(st.lists(st.sampled_from(Event), max_size=12))
def test_whatever_is_tried_a_final_report_was_always_read_twice_and_seen_by_the_director(events: list[Event]) -> None:
    state, done = None, []
    for event in events:
        try:
            state = next_state(state, event)
        except DomainError:
            continue
        done.append(event)
    if state is State.FINAL:
        assert {Event.ACCEPTED, Event.DRAFT_SENT, Event.OBSERVATIONS_CLOSED} <= set(done)


def test_what_was_submitted_is_never_cancelled() -> None:
    for state in (State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.DRAFT_SENT, State.RESPONDING, State.FINAL):
        assert refusal(Event.CANCELLED, _now(state, *EVERYBODY)) is not None


@pytest.mark.parametrize("event", list(MOVERS))
def test_somebody_without_a_place_in_the_file_moves_nothing(event: Event) -> None:
    state = next(before for before, e in TRANSITIONS if e is event)
    refused = refusal(event, _now(state))  # type: ignore[arg-type]
    assert refused is not None
    assert refused.status == 403


@pytest.mark.parametrize("event", [Event.DRAFT_SENT, Event.FINALISED])
def test_a_coordinator_who_visited_does_not_sign(event: Event) -> None:
    state = State.ACCEPTED if event is Event.DRAFT_SENT else State.RESPONDING
    assert refusal(event, _now(state, Hat.COORDINATOR)) is None
    refused = refusal(event, _now(state, Hat.COORDINATOR, Hat.MEMBER))
    assert refused is not None
    assert refused.code == "visited-it"


def test_a_visit_does_not_start_with_a_silent_or_conflicted_member() -> None:
    silent = refusal(Event.STARTED, _now(State.PREPARED, Hat.MEMBER, undeclared=1))
    conflicted = refusal(Event.STARTED, _now(State.PREPARED, Hat.MEMBER, conflicted=1))
    assert (silent and silent.code) == "declarations-missing"
    assert (conflicted and conflicted.code) == "conflict-in-team"
    assert refusal(Event.STARTED, _now(State.PREPARED, Hat.MEMBER)) is None


def test_answers_are_submitted_complete_and_undisputed() -> None:
    assert refusal(Event.SUBMITTED, _now(State.UNDER_WAY, Hat.LEADER, unanswered=1)).code == "unanswered"  # type: ignore[union-attr]
    assert refusal(Event.SUBMITTED, _now(State.UNDER_WAY, Hat.LEADER, disputed=1)).code == "disputed"  # type: ignore[union-attr]
    assert refusal(Event.SUBMITTED, _now(State.UNDER_WAY, Hat.MEMBER)).status == 403  # type: ignore[union-attr]


def test_the_days_of_the_director_are_the_directors() -> None:
    last_day = _now(State.DRAFT_SENT, Hat.COORDINATOR, due_on=TODAY)
    day_after = _now(State.DRAFT_SENT, Hat.COORDINATOR, due_on=date(2026, 11, 22))
    director = _now(State.DRAFT_SENT, Hat.DIRECTOR, due_on=TODAY)
    assert refusal(Event.OBSERVATIONS_CLOSED, last_day).code == "delay-runs"  # type: ignore[union-attr]
    assert refusal(Event.OBSERVATIONS_CLOSED, day_after) is None
    assert refusal(Event.OBSERVATIONS_CLOSED, director) is None


def test_a_report_is_not_final_while_an_observation_is_unanswered() -> None:
    refused = refusal(Event.FINALISED, _now(State.RESPONDING, Hat.COORDINATOR, unanswered_observations=2))
    assert refused is not None
    assert refused.error().params == {"count": 2}


@pytest.mark.parametrize(
    ("members", "leader", "reader", "responder", "code"),
    [
        ([], 1, 2, 3, "team-empty"),
        ([1, 1], 1, 2, 3, "team-twice"),
        ([1], 4, 2, 3, "leader-not-in-team"),
        ([1, 2], 1, 2, 3, "reader-visited"),
        ([1, 3], 1, 2, 3, "responder-visited"),
    ],
)
def test_a_team_that_cannot_be_is_refused(
    members: list[int], leader: int, reader: int, responder: int, code: str
) -> None:
    with pytest.raises(DomainError) as caught:
        check_team(members, leader=leader, second_reader=reader, responder=responder)
    assert caught.value.code == code
