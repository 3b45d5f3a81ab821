"""The families that judge, at their edges: on a threshold, at the ends of a scale, where limits tie."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.scoring.program import Grade, InputError, Outcome
from inspect_app.domain.scoring.program.conditions import Bound, Condition, Every, Fact, Share, Subset, Together, Value
from inspect_app.domain.scoring.program.judged import (
    Bands,
    Ladder,
    LadderStep,
    Limit,
    Limits,
    Minimum,
    Move,
    Moves,
    threshold,
)
from inspect_app.domain.scoring.program.sentences import NOT_SCORED
from inspect_app.domain.texts import Text
from tests.domain.scoring.program.ledgers import LETTERS, MARKS, TITLE, atoms, grade, ledger, outcome


def _text(word: str) -> Text:
    return Text(f"{word}-ar", f"{word}-fr", word)


def _is_nothing(found: Outcome, family: str) -> None:
    assert found == Outcome("n", family, TITLE, None, NOT_SCORED)


def _head(found: Outcome, family: str) -> None:
    assert (found.code, found.family, found.title) == ("n", family, TITLE)


def test_the_lowest_of_all_values_decides_and_every_one_that_stands_there_is_named() -> None:
    found = Minimum("n", TITLE, ("a", "b", "c")).work(ledger(a=atoms(3, 1, None), b=grade(1), c=grade(2)))
    _head(found, "minimum")
    assert found.value == grade(1)
    assert found.binding == ("2", "b")
    assert found.inputs == {"1": 3, "2": 1, "b": 1, "c": 2}
    assert found.explanation.en == "The lowest of 4 values decides: “1” (2, b)."


def test_the_lowest_of_several_collections_is_looked_for_in_all_of_them() -> None:
    found = Minimum("n", TITLE, ("a", "b")).work(ledger(a=atoms(1, 3), b=atoms(2)))
    assert (found.value, found.binding) == (grade(1), ("a.1",))
    assert found.inputs == {"a.1": 1, "a.2": 3, "b.1": 2}


def test_no_grade_has_no_lowest() -> None:
    _is_nothing(Minimum("n", TITLE, ("a", "b")).work(ledger(a=atoms(None), b=Fraction(1))), "minimum")


BANDS = Bands("n", TITLE, "a", LETTERS, (None, Fraction(63), Fraction(88)))


@pytest.mark.parametrize(
    ("number", "letter", "arithmetic", "said"),
    [
        ("-1", "C", "-1 < 63", "-1 is below every threshold: “C”. “B” asks for 63."),
        ("62.99", "C", "62.99 < 63", "62.99 is below every threshold: “C”. “B” asks for 63."),
        ("63", "B", "63 ≤ 63 < 88", "63 reaches the threshold of 63: “B”. “A” asks for 88."),
        ("87.99", "B", "63 ≤ 87.99 < 88", "87.99 reaches the threshold of 63: “B”. “A” asks for 88."),
        ("88", "A", "88 ≤ 88", "88 reaches the threshold of 88: “A”."),
    ],
)
def test_on_a_threshold_the_band_is_reached(number: str, letter: str, arithmetic: str, said: str) -> None:
    found = BANDS.work(ledger(a=Fraction(number)))
    _head(found, "bands")
    assert found.value == grade(letter, LETTERS)
    assert (found.binding, found.inputs, found.arithmetic) == (("a",), {"a": number}, arithmetic)
    assert found.explanation.en == said


@pytest.mark.parametrize("value", [None, True, Grade(MARKS, 1)])
def test_what_is_no_number_lies_in_no_band(value: Any) -> None:
    _is_nothing(BANDS.work(ledger(a=value)), "bands")


def test_bands_see_the_rounded_result() -> None:
    known = ledger(outcome("a", Decimal(63), exact=Fraction(625, 10)))
    assert BANDS.work(known).shown == "B"


def _ladder(*steps: LadderStep, otherwise: int = 0) -> Ladder:
    return Ladder("n", TITLE, LETTERS, steps, otherwise)


def test_the_first_step_of_a_ladder_that_fits_is_taken_whatever_follows() -> None:
    ladder = _ladder(
        LadderStep(2, Fact("x"), _text("all is well.")),
        LadderStep(1, Fact("y"), None),
        LadderStep(0, Fact("y"), None),
        otherwise=0,
    )
    found = ladder.work(ledger(x=False, y=True))
    _head(found, "ladder")
    assert (found.shown, found.binding, found.inputs) == ("B", ("y",), {"A": False, "B": True})
    assert found.explanation.en == "“B”: its condition holds (y)."
    best = ladder.work(ledger(x=True, y=True))
    assert (best.shown, best.inputs) == ("A", {"A": True})
    assert best.explanation == Text(
        "«A»: all is well.-ar (x).", "« A » : all is well.-fr (x).", "“A”: all is well (x)."
    )


def test_no_step_fits() -> None:
    found = _ladder(LadderStep(2, Fact("x"), None), otherwise=1).work(ledger(x=False))
    assert (found.shown, found.binding, found.inputs) == ("B", ("x",), {"A": False})
    assert found.explanation.en == "No other condition holds: “B”."


ALL_GOOD = Every(Subset(("a",)), Bound("at_least", 2))


def test_what_keeps_an_institution_from_the_next_step_is_named() -> None:
    ladder = _ladder(LadderStep(2, Every(Subset(("a",)), Bound("at_least", 3)), None), LadderStep(1, ALL_GOOD, None))
    found = ladder.work(ledger(a=atoms(3, 1, 2)))
    assert (found.shown, found.binding) == ("C", ("2",))  # the nearest step up, not the highest
    assert found.explanation == Text(
        "لا يتحقق أي شرط آخر: «C». ما يحول دون «B»: رقم 2.",
        "Aucune autre condition n'est remplie : « C ». Ce qui empêche « B » : n° 2.",
        "No other condition holds: “C”. What stands between this and “B”: no. 2.",
    )


def test_a_step_that_is_reached_by_everything_names_what_is_missing_for_the_next() -> None:
    ladder = _ladder(LadderStep(2, Every(Subset(("a",)), Bound("at_least", 3)), None), LadderStep(1, ALL_GOOD, None))
    found = ladder.work(ledger(a=atoms(3, 2)))
    assert (found.shown, found.binding) == ("B", ("2",))
    assert found.explanation.en == "“B”: its condition holds. What stands between this and “A”: no. 2."
    full = ladder.work(ledger(a=atoms(3, 3)))
    assert (full.shown, full.binding) == ("A", ())
    assert full.explanation.en == "“A”: its condition holds."


def test_a_lower_step_that_does_not_fit_stands_in_nobodys_way() -> None:
    ladder = _ladder(LadderStep(0, ALL_GOOD, None), LadderStep(1, Fact("x"), None))
    found = ladder.work(ledger(a=atoms(1), x=True))
    assert (found.shown, found.binding) == ("B", ("x",))
    assert found.explanation.en == "“B”: its condition holds (x)."
    same = _ladder(LadderStep(1, ALL_GOOD, None), otherwise=1).work(ledger(a=atoms(1)))
    assert (same.binding, same.explanation.en) == ((), "No other condition holds: “B”.")


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        (ALL_GOOD, True),
        (Share(Subset(("a",)), Bound("at_least", 2), Fraction(80)), True),
        (Together((ALL_GOOD, Fact("x")), all), True),
        (Together((Fact("x"), Fact("y")), all), False),
        (Together((ALL_GOOD, Fact("x")), any), False),
        (Value("v", Bound("above", 1)), False),
    ],
)
def test_only_a_rule_that_asks_all_is_said_to_stand_in_the_way(condition: Condition, named: bool) -> None:
    found = _ladder(LadderStep(2, condition, None)).work(ledger(a=atoms(1), x=False, y=False, v=Fraction(1)))
    assert ("What stands between" in found.explanation.en) is named


def _limit(code: str, rank: int, flag: str) -> Limit:
    return Limit(code, rank, Fact(flag), _text(f"{code} bites."))


def _limits(caps: list[Limit], floors: list[Limit], start: str, *flags: str) -> Outcome:
    known = ledger(b=grade(start, LETTERS), **{flag: flag in flags for flag in "xyz"})
    return Limits("n", TITLE, "b", LETTERS, tuple(caps), tuple(floors)).work(known)


def test_a_cap_lowers_and_is_named() -> None:
    found = _limits([_limit("cap", 1, "x")], [], "A", "x")
    _head(found, "limits")
    assert (found.shown, found.binding, found.inputs) == ("B", ("cap",), {"b": "A", "cap": True})
    assert found.explanation.en == "“A” becomes “B”: cap bites (x)."


def test_a_cap_at_or_above_the_result_does_nothing() -> None:
    for rank in (1, 2):
        found = _limits([_limit("cap", rank, "x")], [], "B", "x")
        assert (found.shown, found.binding, found.inputs) == ("B", ("b",), {"b": "B"})
        assert found.explanation.en == "“B”; no limit changes it."


def test_a_cap_whose_condition_does_not_hold_does_nothing() -> None:
    assert _limits([_limit("cap", 0, "x")], [], "A").shown == "A"


def test_the_lowest_cap_binds_and_those_that_tie_are_named_together() -> None:
    caps = [_limit("one", 1, "x"), _limit("two", 0, "y"), _limit("three", 0, "z"), _limit("four", 1, "x")]
    found = _limits(caps, [], "A", "x", "y", "z")
    assert (found.shown, found.binding) == ("C", ("two", "three"))
    assert found.explanation.en == "“A” becomes “C”: two bites (y)."


def test_a_floor_lifts_and_the_highest_floor_counts() -> None:
    floors = [_limit("low", 1, "x"), _limit("high", 2, "y"), _limit("late", 1, "x")]
    found = _limits([], floors, "C", "x", "y")
    assert (found.shown, found.binding, found.inputs) == ("A", ("high",), {"b": "C", "high": True})
    assert _limits([], floors, "C", "x").binding == ("low",)
    same = _limits([], [_limit("low", 1, "x")], "B", "x")
    assert (same.shown, same.binding) == ("B", ("b",))
    assert _limits([], floors, "C").shown == "C"


def test_where_a_floor_and_a_cap_bite_the_cap_wins() -> None:
    found = _limits([_limit("cap", 0, "x")], [_limit("floor", 2, "y")], "B", "x", "y")
    assert (found.shown, found.binding) == ("C", ("cap",))
    tie = _limits([_limit("cap", 1, "x")], [_limit("floor", 1, "y")], "C", "x", "y")
    assert (tie.shown, tie.binding) == ("B", ("floor", "cap"))


def test_a_limit_on_nothing_is_nothing() -> None:
    limits = Limits("n", TITLE, "b", LETTERS, (_limit("cap", 0, "x"),))
    _is_nothing(limits.work(ledger(b=None, x=True)), "limits")


def _moves(start: Any, *moves: tuple[int, str], **flags: bool) -> Outcome:
    steps = tuple(Move(by, Fact(flag), _text(f"{flag} moved")) for by, flag in moves)
    return Moves("n", TITLE, "b", MARKS, steps).work(ledger(b=start, **flags))


def test_steps_are_taken_in_order_and_never_leave_the_scale() -> None:
    up = _moves(grade(3), (1, "x"), (-1, "y"), x=True, y=True)
    _head(up, "steps")
    assert (up.shown, up.arithmetic, up.binding) == (2, "3 +1 -1 = 2", ("b", "x", "y"))
    assert up.inputs == {"b": 3}
    assert up.explanation.en == "Starts at “3”; +1 x moved; -1 y moved: “2”."
    down = _moves(grade(0), (-1, "x"), (1, "y"), x=True, y=True)
    assert (down.shown, down.arithmetic) == (1, "0 -1 +1 = 1")
    assert _moves(grade(2), (-5, "x"), x=True).shown == 0
    assert _moves(grade(1), (2, "x"), x=True).shown == 3


def test_a_step_whose_condition_does_not_hold_is_not_taken() -> None:
    found = _moves(grade(1), (1, "x"), (1, "y"), x=False, y=True)
    assert (found.shown, found.arithmetic, found.binding) == (2, "1 +1 = 2", ("b", "y"))
    still = _moves(grade(1), (1, "x"), x=False)
    assert (still.shown, still.arithmetic, still.binding) == (1, "1 = 1", ("b",))
    assert still.explanation.en == "Starts at “1”; nothing added or taken away."


def test_the_same_reason_twice_is_named_once_and_no_start_is_no_step() -> None:
    assert _moves(grade(1), (1, "x"), (1, "x"), x=True).binding == ("b", "x")
    _is_nothing(_moves(None, (1, "x"), x=True), "steps")


def test_a_threshold_is_exact_or_there_is_none() -> None:
    assert (threshold(None, "B"), threshold("39.5", "B")) == (None, Fraction(79, 2))
    with pytest.raises(InputError, match="B: a number"):
        threshold("high", "B")
