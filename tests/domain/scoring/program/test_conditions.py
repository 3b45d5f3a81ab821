"""When a condition holds, exactly on its bound, and what is named as the reason."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.scoring.program import InputError
from inspect_app.domain.scoring.program.conditions import (
    Bound,
    Condition,
    Every,
    Fact,
    Greater,
    Share,
    Some,
    Subset,
    Together,
    Value,
    Verdict,
)
from inspect_app.domain.scoring.program.outcome import GroupOutcome
from tests.domain.scoring.program.ledgers import LETTERS, TITLE, atoms, grade, ledger, outcome

A = Subset(("a",))


def _judge(condition: Condition, **given: Any) -> Verdict:
    return condition.judge(ledger(**given))


@pytest.mark.parametrize(
    ("relation", "below", "on", "above"),
    [
        ("at_least", False, True, True),
        ("at_most", True, True, False),
        ("above", False, False, True),
        ("below", True, False, False),
        ("is", False, True, False),
    ],
)
def test_a_bound_is_met_below_on_and_above_it(relation: str, below: bool, on: bool, above: bool) -> None:
    marks = Bound(relation, 2)
    assert [marks.met_by(grade(n), "a") for n in (1, 2, 3)] == [below, on, above]
    number = Bound(relation, "2.5")
    assert [number.met_by(Fraction(n), "a") for n in ("2.49", "2.5", "2.51")] == [below, on, above]


def test_a_bound_that_the_scale_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"beds: one of 0, 1, 2, 3, not 9"):
        Bound("is", 9).met_by(grade(1), "beds")
    with pytest.raises(InputError, match=r"beds: a number, not 'many'"):
        Bound("is", "many").met_by(Fraction(1), "beds")


@pytest.mark.parametrize(
    "condition",
    [
        Every(A, Bound("is", 9)),
        Some(A, Bound("is", 9)),
        Share(A, Bound("is", 9), Fraction(50)),
        Value("a", Bound("is", 9)),
    ],
)
def test_a_wrong_bound_is_told_with_the_answer_it_was_held_against(condition: Condition) -> None:
    given, name = (grade(1), "a") if isinstance(condition, Value) else (atoms(1), "1")
    with pytest.raises(InputError) as refused:
        _judge(condition, a=given)
    assert str(refused.value) == f"{name}: one of 0, 1, 2, 3, not 9"


def test_all_answers_keep_to_a_bound_or_those_that_do_not_are_named() -> None:
    every = Every(A, Bound("at_least", 2))
    assert _judge(every, a=atoms(2, 3)) == Verdict(True, ())
    assert _judge(every, a=atoms(2, 1, None, 0)) == Verdict(False, ("2", "4"))
    assert _judge(every, a=atoms(None)) == Verdict(True, ())


def test_some_answers_keep_to_a_bound_and_are_named() -> None:
    some = Some(A, Bound("at_most", 1), 2)
    assert _judge(some, a=atoms(1, 3, 0)) == Verdict(True, ("1", "3"))
    assert _judge(some, a=atoms(1, 3, 2)) == Verdict(False, ("1",))
    assert _judge(Some(A, Bound("at_most", 1)), a=atoms(1)) == Verdict(True, ("1",))


def test_a_share_of_the_answers_exactly_on_its_bound_is_enough() -> None:
    share = Share(A, Bound("at_least", 2), Fraction(75))
    assert _judge(share, a=atoms(3, 3, 2, 1)) == Verdict(True, ("4",))
    assert _judge(share, a=atoms(3, 3, 1, 1)) == Verdict(False, ("3", "4"))
    assert _judge(share, a=atoms(3, 3, 2, 1, None)).holds
    assert _judge(share, a=atoms(None)) == Verdict(True, ())
    assert _judge(Share(A, Bound("at_least", 2), Fraction(201, 2)), a=atoms(3)).holds is False
    assert _judge(Share(A, Bound("at_least", 2), Fraction(100)), a=atoms(3)).holds is True


def test_some_atoms_are_meant_by_key_or_by_attribute() -> None:
    given = {"a": atoms(0, 1, 2, kind=("x", "y", "x"), of=("p", "p", "q")), "b": atoms(3)}
    low = Bound("at_most", 3)

    def meant(subset: Subset) -> tuple[str, ...]:
        return _judge(Some(subset, low), **given).because

    assert meant(A) == ("a.1", "a.2", "a.3")
    assert meant(Subset(("a", "b"))) == ("a.1", "a.2", "a.3", "b.1")
    assert meant(Subset(("a",), frozenset({"1", "9"}))) == ("a.1",)
    assert meant(Subset(("a",), None, {"kind": "x"})) == ("a.1", "a.3")
    assert meant(Subset(("a",), None, {"kind": "x", "of": "q"})) == ("a.3",)
    assert meant(Subset(("a",), frozenset({"1", "2"}), {"kind": "x"})) == ("a.1",)
    assert meant(Subset(("a",), None, {"size": "x"})) == ()


def test_a_single_value_keeps_to_a_bound() -> None:
    assert _judge(Value("a", Bound("above", 1)), a=grade(2)) == Verdict(True, ("a",))
    assert _judge(Value("a", Bound("above", 1)), a=grade(1)) == Verdict(False, ("a",))
    assert _judge(Value("a", Bound("at_least", 1)), a=Fraction(1)) == Verdict(True, ("a",))


@pytest.mark.parametrize("nothing", [None, True, False])
def test_without_a_value_no_bound_is_kept(nothing: Any) -> None:
    assert _judge(Value("a", Bound("at_most", 99)), a=nothing) == Verdict(False, ())


def test_of_groups_any_or_the_one_that_is_named_keeps_to_a_bound() -> None:
    groups = (
        GroupOutcome("g", Fraction(40), Decimal(40), "", TITLE),
        GroupOutcome("h", Fraction(60), Decimal(60), "", TITLE),
        GroupOutcome("none", None, None, "", TITLE),
    )
    known = ledger(outcome("d", None, groups=groups))
    assert Value("d", Bound("below", 50)).judge(known) == Verdict(True, ("g",))
    assert Value("d", Bound("at_most", 60)).judge(known) == Verdict(True, ("g", "h"))
    assert Value("d", Bound("below", 50), "g").judge(known) == Verdict(True, ("g",))
    assert Value("d", Bound("below", 50), "h").judge(known) == Verdict(False, ())
    assert Value("d", Bound("below", 40)).judge(known) == Verdict(False, ())


def test_a_wrong_bound_on_groups_is_told_with_the_group() -> None:
    known = ledger(outcome("d", None, groups=(GroupOutcome("g", Fraction(40), Decimal(40), "", TITLE),)))
    with pytest.raises(InputError, match=r"^g: a number, not 'many'$"):
        Value("d", Bound("below", "many")).judge(known)


def test_one_above_another_of_the_same_kind() -> None:
    greater = Greater("a", "b")
    assert _judge(greater, a=grade(2), b=grade(1)) == Verdict(True, ("a", "b"))
    assert _judge(greater, a=grade(2), b=grade(2)) == Verdict(False, ("a", "b"))
    assert _judge(greater, a=Fraction(5, 2), b=Fraction(2)) == Verdict(True, ("a", "b"))
    assert _judge(greater, a=Fraction(2), b=Fraction(2)) == Verdict(False, ("a", "b"))
    for one, other in (
        (grade(2), Fraction(1)),
        (Fraction(3), grade(2)),
        (grade("A", LETTERS), None),
        (None, Fraction(0)),
    ):
        assert _judge(greater, a=one, b=other) == Verdict(False, ())


def test_a_fact_is_known_or_it_is_not() -> None:
    assert _judge(Fact("x"), x=True) == Verdict(True, ("x",))
    for value in (False, None, Fraction(1)):
        assert _judge(Fact("x"), x=value) == Verdict(False, ("x",))


def test_all_or_any_of_several_and_only_what_decides_is_named() -> None:
    both, either = Together((Fact("x"), Fact("y")), all), Together((Fact("x"), Fact("y"), Fact("x")), any)
    assert _judge(both, x=True, y=True) == Verdict(True, ("x", "y"))
    assert _judge(both, x=True, y=False) == Verdict(False, ("y",))
    assert _judge(either, x=True, y=False) == Verdict(True, ("x",))
    assert _judge(either, x=False, y=False) == Verdict(False, ("x", "y"))
