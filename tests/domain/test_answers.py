"""Two devices on one criterion: what counts, what stands beside it, and what ends that."""

from datetime import UTC, datetime, timedelta
from typing import Any

from inspect_app.domain.answers import Current, Kept, Operation, Status, open_conflicts, status_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AMINA, YOUNES = 1, 2
TABLET, OTHER = 10, 11


def op(op_id: str, level: int = 2, base: str | None = None, at: datetime = NOON, **more: Any) -> Operation:
    return Operation(op_id, "GOV-01", level, False, "", "", {}, base, at, **more)


def current(op_id: str, level: int = 3, *, who: int = AMINA, device: int | None = TABLET, **more: Any) -> Current:
    return Current(op_id, level, False, who, NOON, device_id=device, **more)


def kept(op_id: str, who: int, device: int | None, outcome: str, **more: Any) -> Kept:
    return Kept(**{"op_id": op_id, "author_id": who, "device_id": device, "base_op_id": None, "outcome": outcome,
                   "settles": (), **more})  # fmt: skip


def test_an_answer_on_top_of_the_current_one_counts_whatever_the_clock_says() -> None:
    for at in (NOON - timedelta(days=900), NOON + timedelta(days=900)):
        assert status_of(op("b", base="a", at=at), YOUNES, current("a"), OTHER) is Status.ACCEPTED


def test_one_person_with_two_tablets_answers_apart_like_two_people() -> None:
    late = op("b", at=NOON + timedelta(days=3))
    assert status_of(late, AMINA, current("a"), OTHER) is Status.CONFLICT
    assert status_of(late, AMINA, current("a"), TABLET) is Status.CONFLICT


def test_what_the_current_answer_was_made_on_top_of_comes_late_and_changes_nothing() -> None:
    assert status_of(op("a"), AMINA, current("b", base_op_id="a"), TABLET) is Status.SUPERSEDED


def test_the_same_answer_twice_leaves_nothing_to_choose() -> None:
    assert status_of(op("b", 3), YOUNES, current("a", 3), OTHER) is Status.SUPERSEDED


def test_in_an_office_browser_the_later_answer_of_a_person_counts() -> None:
    before, after = NOON - timedelta(minutes=1), NOON + timedelta(minutes=1)
    here = current("a", device=None)
    assert status_of(op("b", at=after), AMINA, here) is Status.ACCEPTED
    assert status_of(op("b", at=before), AMINA, here) is Status.SUPERSEDED


def test_what_an_answer_settles_is_part_of_its_content() -> None:
    assert op("a").digest != op("a", settles=("b",)).digest
    assert op("a", settles=("b", "c")).digest == op("a", settles=("c", "b")).digest


A1 = kept("a1", AMINA, TABLET, "accepted")
B1 = kept("b1", YOUNES, OTHER, "conflict")


def test_an_answer_of_somebody_who_did_not_know_leaves_the_conflict_open() -> None:
    unaware = kept("a2", AMINA, TABLET, "accepted", base_op_id="a1")
    assert open_conflicts([A1, B1, unaware]) == ["b1"]


def test_a_choice_ends_what_it_was_shown_and_nothing_else() -> None:
    other = kept("c1", YOUNES, 12, "conflict")
    choice = kept("a2", AMINA, TABLET, "accepted", base_op_id="a1", settles=("b1",))
    assert open_conflicts([A1, B1, other, choice]) == ["c1"]
    assert open_conflicts([A1, B1, choice, other]) == ["c1"]


def test_who_answers_again_on_the_same_tablet_ends_their_own() -> None:
    again = kept("b2", YOUNES, OTHER, "conflict", base_op_id="b1")
    assert open_conflicts([A1, B1, again]) == ["b2"]
    seen = kept("b3", YOUNES, OTHER, "accepted", base_op_id="a1")
    assert open_conflicts([A1, B1, seen]) == []


def test_an_answer_that_was_not_taken_settles_nothing() -> None:
    late = kept("c1", AMINA, 13, "conflict", settles=("b1",))
    assert open_conflicts([A1, B1, late]) == ["b1", "c1"]


def test_before_choices_were_kept_any_later_answer_ended_a_conflict() -> None:
    assert open_conflicts([A1, B1, kept("a2", AMINA, None, "accepted", settles=None)]) == []
