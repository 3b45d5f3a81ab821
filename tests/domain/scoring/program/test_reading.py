"""What a jurist writes in a file is what is worked with: each family, each condition, each key, and what its absence means."""

from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.scoring.program import InputError, Scale, rule_book
from inspect_app.domain.scoring.program.conditions import (
    Bound,
    Every,
    Fact,
    Greater,
    Share,
    Some,
    Subset,
    Together,
    Value,
    condition,
)
from inspect_app.domain.scoring.program.inputs import Input
from inspect_app.domain.scoring.program.judged import (
    Bands,
    Cells,
    Judgement,
    Ladder,
    LadderStep,
    Limit,
    Limits,
    Lookup,
    Minimum,
    Move,
    Moves,
)
from inspect_app.domain.scoring.program.program import Program, Vectors
from inspect_app.domain.scoring.program.reckoned import Agreement, Mean, Rounding, Step
from inspect_app.domain.texts import Text


def _said(word: str) -> dict[str, str]:
    return {"ar": f"{word}-ar", "fr": f"{word}-fr", "en": f"{word}-en"}


def _text(word: str) -> Text:
    return Text(f"{word}-ar", f"{word}-fr", f"{word}-en")


MARKS = {
    "code": "marks",
    "values": [1, 2, 3],
    "names": {1: _said("one")},
    "aliases": {"low": 1, True: 3},
    "not_applicable": ["NA", 0],
}
LETTERS = {"code": "letters", "values": ["C", "B", "A"]}
MARKS_SCALE = Scale("marks", (1, 2, 3), {"1": _text("one")}, {"low": "1", "true": "3"}, frozenset({"NA", "0"}))
LETTERS_SCALE = Scale("letters", ("C", "B", "A"))


def _program(**parts: Any) -> Program:
    """The one program of a file with these parts, and as little else as a file may have."""
    program = {"code": "p", "title": _said("p"), "inputs": [], "nodes": [], "answer": ["n"], **parts}
    data = {"code": "b", "version": "1", "title": _said("b"), "scales": [MARKS, LETTERS], "programs": [program]}
    (read,) = rule_book(data).programs
    return read


def _node(**data: Any) -> Any:
    """A node as it is read."""
    (node,) = _program(nodes=[{"code": "n", "title": _said("n"), **data}]).nodes
    return node


def _input(**data: Any) -> Input:
    (asked,) = _program(inputs=[{"code": "i", "title": _said("i"), **data}]).inputs
    return asked


def test_a_book_has_its_name_its_vintage_and_its_programs() -> None:
    data = {"code": "b", "version": "2", "title": _said("b"), "scales": [], "programs": []}
    book = rule_book(data)
    assert (book.code, book.version, book.title, book.programs, book.data) == ("b", "2", _text("b"), (), data)


def test_a_program_says_what_it_answers_and_how_its_published_cases_are_written() -> None:
    full = _program(
        answer=["n", "m"],
        notes=[_said("note")],
        vectors={"framework": "F", "bare": "i", "places": ["i", "version"], "version": "year"},
    )
    assert full == Program(
        "p", _text("p"), (), (), ("n", "m"), Vectors("F", "i", ("i", "version"), "year"), (_text("note"),)
    )
    assert _program() == Program("p", _text("p"), (), (), ("n",), None, ())
    assert _program(vectors={"framework": "F"}).vectors == Vectors("F", None, (), None)


def test_an_input_of_which_little_is_said_is_single_needed_and_better_when_higher() -> None:
    assert _input(kind="number") == Input("i", _text("i"), "number")


def test_an_input_keeps_everything_that_is_said_of_it() -> None:
    assert _input(kind="grade", scale="marks", many=True, optional=True, better="lower") == Input(
        "i", _text("i"), "grade", many=True, optional=True, scale=MARKS_SCALE, better="lower"
    )
    assert _input(kind="number", minimum="0.5", maximum=100) == Input(
        "i", _text("i"), "number", minimum=Fraction(1, 2), maximum=Fraction(100)
    )
    assert _input(kind="option", values=["x", "y"], default="y", aliases={"z": "x"}) == Input(
        "i", _text("i"), "option", values=("x", "y"), default="y", aliases={"z": "x"}
    )


def test_a_mean_keeps_weights_groups_percent_and_rounding() -> None:
    full = _node(
        family="mean",
        of=["a", "b"],
        rounding={"digits": 1, "mode": "down", "mode_from": "how"},
        weights={"a": "0.5", 7: 2},
        by="domain",
        percent_of=4,
    )
    assert full == Mean(
        "n",
        _text("n"),
        ("a", "b"),
        Rounding(1, "down", "how"),
        {"a": Fraction(1, 2), "7": Fraction(2)},
        "domain",
        Fraction(4),
    )
    short = _node(family="mean", of="a", rounding={"digits": 0})
    assert short == Mean("n", _text("n"), ("a",), Rounding(0, "half-up", None), {}, None, None)


def test_the_other_families_that_reckon() -> None:
    rounding = {"digits": 2, "mode": "up"}
    assert _node(family="rounding", of="a", scale="marks", rounding=rounding) == Step(
        "n", _text("n"), "a", MARKS_SCALE, Rounding(2, "up")
    )
    assert _node(family="agreement", of="table", weights="quadratic", rounding=rounding) == Agreement(
        "n", _text("n"), "table", "quadratic", Rounding(2, "up")
    )


def test_the_lowest_of_one_or_of_several() -> None:
    assert _node(family="minimum", of="a") == Minimum("n", _text("n"), ("a",))
    assert _node(family="minimum", of=["a", "b"]) == Minimum("n", _text("n"), ("a", "b"))


def test_bands_have_a_threshold_for_each_step_but_the_lowest() -> None:
    bands = _node(family="bands", of="a", scale="marks", **{"from": {2: "39.5", "3": 63}})
    assert bands == Bands("n", _text("n"), "a", MARKS_SCALE, (None, Fraction(79, 2), Fraction(63)))


def test_a_threshold_that_is_no_number_is_refused_with_its_step() -> None:
    with pytest.raises(InputError) as refused:
        _node(family="bands", of="a", scale="marks", **{"from": {"3": "high"}})
    assert str(refused.value) == "3: a number, not 'high'"


def test_a_ladder_keeps_the_order_of_the_file() -> None:
    ladder = _node(
        family="ladder",
        scale="letters",
        steps=[{"gives": "A", "when": {"fact": "x"}, "text": _said("why")}, {"gives": "B", "when": {"fact": "y"}}],
        otherwise="C",
    )
    steps = (LadderStep(2, Fact("x"), _text("why")), LadderStep(1, Fact("y"), None))
    assert ladder == Ladder("n", _text("n"), LETTERS_SCALE, steps, 0)
    assert _node(family="ladder", scale="letters", steps=[], otherwise="B").otherwise == 1


def test_limits_and_judgements_have_caps_and_floors() -> None:
    caps = [{"code": "cap", "at_most": "B", "when": {"fact": "x"}, "text": _said("cap")}]
    floors = [{"code": "floor", "at_least": "A", "when": {"fact": "y"}, "text": _said("floor")}]
    cap, floor = Limit("cap", 1, Fact("x"), _text("cap")), Limit("floor", 2, Fact("y"), _text("floor"))
    assert _node(family="limits", of="a", scale="letters", caps=caps, floors=floors) == Limits(
        "n", _text("n"), "a", LETTERS_SCALE, (cap,), (floor,)
    )
    assert _node(family="limits", of="a", scale="letters") == Limits("n", _text("n"), "a", LETTERS_SCALE, (), ())
    assert _node(family="judgement", choice="c", scale="letters", caps=caps, floors=floors) == Judgement(
        "n", _text("n"), "c", LETTERS_SCALE, (cap,), (floor,)
    )


def test_steps_matrices_and_lookups() -> None:
    moves = [{"by": -1, "when": {"fact": "x"}, "text": _said("down")}]
    assert _node(family="steps", of="a", scale="marks", moves=moves) == Moves(
        "n", _text("n"), "a", MARKS_SCALE, (Move(-1, Fact("x"), _text("down")),)
    )
    assert _node(family="matrix", rows="r", columns="c", scale="letters", cells={1: {True: "A", "x": "C"}}) == Cells(
        "n", _text("n"), "r", "c", LETTERS_SCALE, {"1": {"true": 2, "x": 0}}
    )
    assert _node(family="lookup", of="a", gives={2: "week", True: None}) == Lookup(
        "n", _text("n"), "a", {"2": "week", "true": None}
    )


def test_conditions_on_single_values() -> None:
    assert condition({"fact": "x"}) == Fact("x")
    assert condition({"greater": {"of": "a", "than": "b"}}) == Greater("a", "b")
    assert condition({"value": {"of": "a", "above": 3}}) == Value("a", Bound("above", 3), None)
    assert condition({"value": {"of": "a", "is": 3, "group": "g"}}) == Value("a", Bound("is", 3), "g")


def test_conditions_on_many_atoms() -> None:
    assert condition({"every": {"of": "a", "at_least": 2}}) == Every(Subset(("a",)), Bound("at_least", 2))
    assert condition({"some": {"of": ["a", "b"], "at_most": 1}}) == Some(Subset(("a", "b")), Bound("at_most", 1), 1)
    assert condition({"some": {"of": "a", "below": 2, "count": 3, "among": [1, "x"]}}) == Some(
        Subset(("a",), frozenset({"1", "x"})), Bound("below", 2), 3
    )
    assert condition({"share": {"of": "a", "at_least": 2, "reaches": "82.5", "where": {"class": "core"}}}) == Share(
        Subset(("a",), None, {"class": "core"}), Bound("at_least", 2), Fraction(165, 2)
    )


def test_conditions_together() -> None:
    x, y = Fact("x"), Fact("y")
    assert condition({"all": [{"fact": "x"}, {"fact": "y"}]}) == Together((x, y), all)
    assert condition({"any": [{"fact": "x"}, {"fact": "y"}]}) == Together((x, y), any)
