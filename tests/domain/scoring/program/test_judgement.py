"""Matrices, lookups and bounded human judgement, at their edges."""

from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.scoring.program import Outcome, Scale
from inspect_app.domain.scoring.program.conditions import Fact
from inspect_app.domain.scoring.program.judged import (
    Cells,
    Judgement,
    Limit,
    Lookup,
)
from inspect_app.domain.scoring.program.sentences import NOT_SCORED
from inspect_app.domain.texts import Text
from tests.domain.scoring.program.ledgers import LETTERS, MARKS, TITLE, grade, ledger


def _text(word: str) -> Text:
    return Text(f"{word}-ar", f"{word}-fr", word)


def _is_nothing(found: Outcome, family: str) -> None:
    assert found == Outcome("n", family, TITLE, None, NOT_SCORED)


def _head(found: Outcome, family: str) -> None:
    assert (found.code, found.family, found.title) == ("n", family, TITLE)


def _limit(code: str, rank: int, flag: str) -> Limit:
    return Limit(code, rank, Fact(flag), _text(f"{code} bites."))


CELLS = Cells("n", TITLE, "r", "c", MARKS, {"C": {"1": 0, "2": 0}, "B": {"1": 1, "2": 2}, "A": {"1": 3, "2": 3}})


def test_the_cell_where_row_and_column_meet() -> None:
    found = CELLS.work(ledger(r=grade("B", LETTERS), c=grade(2)))
    _head(found, "matrix")
    assert (found.value, found.binding, found.inputs) == (grade(2), ("r", "c"), {"r": "B", "c": 2})
    assert found.explanation.en == "Cell “B” × “2”: 2."


def test_a_row_that_says_the_same_everywhere_needs_no_column() -> None:
    found = CELLS.work(ledger(r=grade("A", LETTERS), c=None))
    _head(found, "matrix")
    assert (found.value, found.binding, found.inputs) == (grade(3), ("r",), {"r": "A"})
    assert found.explanation.en == "“A” gives: 3."
    _is_nothing(CELLS.work(ledger(r=grade("B", LETTERS), c=None)), "matrix")
    _is_nothing(CELLS.work(ledger(r=None, c=grade(2))), "matrix")


@pytest.mark.parametrize(
    ("value", "gives", "shown", "said"),
    [
        (grade(1), "week", 1, "“1” gives: week."),
        (Fraction(5, 2), 30, "2.5", "“2.5” gives: 30."),
        (True, True, True, "“true” gives: true."),
        (grade(2), None, 2, "“2” gives: —."),
    ],
)
def test_what_a_value_stands_for_is_looked_up(value: Any, gives: Any, shown: Any, said: str) -> None:
    lookup = Lookup("n", TITLE, "a", {"1": "week", "2.5": 30, "true": True, "2": None})
    found = lookup.work(ledger(a=value))
    _head(found, "lookup")
    assert (found.value, found.binding, found.inputs) == (gives, ("a",), {"a": shown})
    assert found.explanation.en == said
    assert found.explanation.ar.startswith("«")
    _is_nothing(lookup.work(ledger(a=None)), "lookup")


def test_a_value_without_a_name_is_said_in_three_languages() -> None:
    found = Lookup("n", TITLE, "a", {"2.5": 30}).work(ledger(a=Fraction(5, 2)))
    assert found.explanation == Text("«2.5» تعطي: 30.", "« 2.5 » donne : 30.", "“2.5” gives: 30.")


WIDE = Scale("wide", ("E", "D", "C", "B", "A"))


def _judged(choice: Any, caps: list[Limit], floors: list[Limit], *flags: str) -> Outcome:
    known = ledger(c=choice, **{flag: flag in flags for flag in "xyz"})
    return Judgement("n", TITLE, "c", WIDE, tuple(caps), tuple(floors)).work(known)


def test_a_choice_within_the_bounds_is_kept_and_is_the_persons_own() -> None:
    found = _judged(grade("C", WIDE), [_limit("cap", 3, "x")], [_limit("floor", 1, "y")], "x", "y")
    _head(found, "judgement")
    assert (found.shown, found.binding, found.inputs) == ("C", ("c",), {"c": "C"})
    assert found.admissible == ("D", "C", "B")
    assert found.explanation.en == "The rules admit “D” to “B” (cap bites.; floor bites.); proposed “C”, kept “C”."


@pytest.mark.parametrize(
    ("choice", "kept", "binding"),
    [("A", "B", ("cap",)), ("E", "D", ("floor",)), ("B", "B", ("c",)), ("D", "D", ("c",))],
)
def test_a_choice_outside_goes_to_the_nearest_bound(choice: str, kept: str, binding: tuple[str, ...]) -> None:
    found = _judged(grade(choice, WIDE), [_limit("cap", 3, "x")], [_limit("floor", 1, "y")], "x", "y")
    assert (found.shown, found.binding) == (kept, binding)


def test_without_bounds_everything_is_admissible() -> None:
    for choice in WIDE.values:
        found = _judged(grade(choice, WIDE), [_limit("cap", 0, "x")], [_limit("floor", 4, "y")])
        assert (found.shown, found.admissible) == (choice, WIDE.values)
    assert found.explanation.en == "The rules admit “E” to “A”; proposed “A”, kept “A”."


def test_several_bounds_narrow_together_and_a_cap_below_a_floor_wins() -> None:
    caps, floors = [_limit("one", 3, "x"), _limit("two", 2, "x")], [_limit("f", 1, "y"), _limit("g", 0, "y")]
    assert _judged(grade("A", WIDE), caps, floors, "x", "y").admissible == ("D", "C")
    crossed = _judged(grade("A", WIDE), [_limit("cap", 1, "x")], [_limit("floor", 3, "y")], "x", "y")
    assert (crossed.shown, crossed.admissible, crossed.binding) == ("D", ("D",), ("cap",))


def test_nobody_has_chosen_yet_and_still_the_bounds_are_told() -> None:
    found = _judged(None, [_limit("cap", 1, "x")], [], "x")
    assert found == Outcome("n", "judgement", TITLE, None, NOT_SCORED, admissible=("E", "D"))
