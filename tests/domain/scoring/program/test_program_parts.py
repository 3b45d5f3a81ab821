"""A program as a whole: what is known while it works, when nothing is scored, its results as data, its published cases."""

import hashlib
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.audit import canonical
from inspect_app.domain.scoring.program import (
    ENGINE,
    Case,
    InputError,
    Outcome,
    Program,
    Result,
    RuleBook,
    given_by,
    run,
    same,
)
from inspect_app.domain.scoring.program.inputs import Input
from inspect_app.domain.scoring.program.judged import Lookup, Minimum
from inspect_app.domain.scoring.program.known import Ledger
from inspect_app.domain.scoring.program.outcome import GroupOutcome
from inspect_app.domain.scoring.program.program import Vectors
from inspect_app.domain.texts import Text
from tests.domain.scoring.program.ledgers import LETTERS, MARKS, TITLE, atoms, grade, ledger, outcome

FOOD = Input("food", Text("تغذية", "repas", "food"), "grade", many=True, scale=MARKS)
CARE = Input("care", Text("رعاية", "soins", "care"), "grade", many=True, optional=True, scale=MARKS)
RANK = Input("rank", TITLE, "grade", scale=LETTERS)
OPEN = Input("open", TITLE, "flag")


def _program(*inputs: Input, vectors: Vectors | None = None, answer: tuple[str, ...] = ("least",)) -> Program:
    nodes = (
        Minimum("least", TITLE, tuple(i.code for i in inputs)),
        Lookup("due", TITLE, "least", {str(n): f"{n} days" for n in range(4)}),
    )
    return Program("p", TITLE, inputs, nodes, answer, vectors)


def test_a_program_works_its_nodes_in_order_and_answers() -> None:
    result = _program(FOOD, answer=("due", "least")).work({"food": [3, 2]})
    assert (result.scored, result.answer) == (True, ("2 days", 2))
    assert [o.code for o in result.outcomes] == ["least", "due"]
    assert result.outcome("due").binding == ("least",)
    with pytest.raises(KeyError):
        result.outcome("none")


def test_an_input_that_nobody_asked_for_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError) as refused:
        _program(FOOD, CARE).work({"beds": 3})
    assert str(refused.value) == "beds: no such input; known: care, food"


def test_nothing_scored_is_no_result() -> None:
    nothing = Result(False, (None, None), ())
    both = _program(FOOD, CARE, OPEN, answer=("least", "due"))
    assert both.work({}) == nothing
    assert both.work({"food": [None]}) == nothing
    assert both.work({"care": [3]}) == nothing  # optional answers alone are none
    assert both.work({"food": [1]}).scored
    single = _program(RANK, FOOD, answer=("least", "due"))
    assert single.work({"food": [1]}) == nothing
    assert single.work({"rank": "A", "food": [None]}) == nothing


def test_of_two_needed_collections_one_is_enough() -> None:
    other = Input("care", TITLE, "grade", many=True, scale=MARKS)
    assert _program(FOOD, other).work({"care": [1]}).answer == (1,)
    assert not _program(FOOD, other).work({"care": [None]}).scored


def test_a_result_is_plain_data_and_has_a_fingerprint() -> None:
    result = _program(FOOD).work({"food": [3]})
    data = result.as_data()
    assert (data["engine"], data["scored"], data["answer"]) == (ENGINE, True, [3])
    assert [node["code"] for node in data["nodes"]] == ["least", "due"]
    assert result.sha256 == hashlib.sha256(canonical(data).encode()).hexdigest()


def test_a_book_finds_its_programs_and_has_a_fingerprint() -> None:
    book = RuleBook("b", "1", TITLE, (_program(FOOD),), {"x": 1})
    assert book.program("p").code == "p"
    assert book.sha256 == hashlib.sha256(b'{"x":1}').hexdigest()
    with pytest.raises(KeyError):
        book.program("q")


def test_a_result_shows_everything_it_came_from() -> None:
    group = GroupOutcome("g", Fraction(1, 3), Decimal("0.33"), "1 / 3", TITLE, ("x",))
    full = outcome(
        "n",
        Decimal("0.50"),
        exact=Fraction(1, 2),
        binding=("a",),
        inputs={"a": 1},
        arithmetic="1 / 2",
        groups=(group,),
        admissible=("A",),
    )
    words = {"ar": "عنوان", "fr": "titre", "en": "title"}
    assert full.as_data() == {
        "code": "n",
        "family": "mean",
        "title": words,
        "value": "0.50",
        "inputs": {"a": 1},
        "arithmetic": "1 / 2",
        "binding": ["a"],
        "explanation": words,
        "exact": "0.5",
        "groups": [
            {
                "code": "g",
                "exact": "1/3",
                "value": "0.33",
                "arithmetic": "1 / 3",
                "binding": ["x"],
                "explanation": words,
            }
        ],
        "admissible": ["A"],
    }
    bare = outcome("n", None).as_data()
    assert bare.keys() == {"code", "family", "title", "value", "inputs", "arithmetic", "binding", "explanation"}
    empty = GroupOutcome("g", None, None, "", TITLE).as_data()
    assert (empty["exact"], empty["value"], empty["binding"]) == (None, None, [])
    assert [outcome("n", v).shown for v in (grade("A", LETTERS), Decimal("1.50"), "word", True, None)] == [
        "A",
        "1.50",
        "word",
        True,
        None,
    ]


def test_results_come_before_inputs_of_the_same_name_and_are_seen_rounded_but_go_on_exactly() -> None:
    known = ledger(
        outcome("d", Decimal("0.33"), exact=Fraction(1, 3)),
        outcome("l", "word"),
        a=grade(2),
        n=Fraction(1),
        f=True,
        d=Fraction(9),
    )
    assert [known.value(n) for n in ("d", "a", "n", "f", "l", "none")] == [
        Fraction("0.33"),
        grade(2),
        1,
        True,
        None,
        None,
    ]
    assert [known.number(n) for n in ("d", "a", "n", "f", "l", "none")] == [Fraction(1, 3), 2, 1, None, None, None]
    assert ledger(outcome("d", Decimal("0.5"))).number("d") == Fraction(1, 2)
    assert ledger(outcome("d", grade("A", LETTERS))).number("d") is None


def test_collections_groups_options_and_tables_are_found_by_name() -> None:
    groups = (GroupOutcome("g", Fraction(1, 3), Decimal("0.33"), "", TITLE), GroupOutcome("h", None, None, "", TITLE))
    known = ledger(outcome("d", None, groups=groups), outcome("e", None), a=atoms(1), how="down", t=((1, 0), (0, 1)))
    assert (known.atoms("a"), known.atoms("how"), known.atoms("none")) == (atoms(1), (), ())
    assert known.groups("d") == {"g": Fraction("0.33"), "h": None}
    assert (known.groups("e"), known.groups("a")) == (None, None)
    assert (known.option("how"), known.matrix("t")) == ("down", ((1, 0), (0, 1)))
    assert [known.is_collection(n) for n in ("a", "d", "how", "none")] == [True, False, False, False]
    assert (known.title("a"), known.title("zz")) == (TITLE, Text("zz", "zz", "zz"))


def test_an_atom_is_called_by_its_collection_too_where_there_are_several() -> None:
    assert Ledger({"a": atoms(1)}, {}).reference("a", "1") == "1"
    assert Ledger({"a": atoms(1), "b": ()}, {}).reference("a", "1") == "a.1"
    assert Ledger({"a": atoms(1), "b": grade(1)}, {}).reference("a", "1") == "1"


def _books(*versions: str, **vectors: Any) -> list[RuleBook]:
    """Vintages of one rule-set: each gives the due days another unit."""
    books = []
    for version in versions:
        gives = {str(n): f"{n} by {version}" for n in range(4)}
        nodes = (Minimum("least", TITLE, ("food",)), Lookup("due", TITLE, "least", gives))
        program = Program("p", TITLE, (FOOD, OPEN), nodes, ("due",), Vectors("F", **vectors))
        books.append(RuleBook("b", version, TITLE, (Program("q", TITLE, (), (), ()), program), {}))
    return books


def _run(given: Any, expected: Any, books: list[RuleBook]) -> tuple[bool, Any, str]:
    found = run(Case("1", "F", given, expected), books)
    assert found.case.id == "1"
    return found.passed, found.got, found.problem


def test_a_case_without_a_vintage_means_the_newest() -> None:
    books = _books("2021", "2019", bare="food")
    assert _run([1], "1 by 2021", books) == (True, "1 by 2021", "")
    assert _run([1], "1 by 2019", books) == (False, "1 by 2021", "")


def test_a_case_names_its_vintage_by_name_or_by_place() -> None:
    books = _books("2021", "2019", bare="food", version="year")
    assert _run({"food": [2], "year": "2019"}, "2 by 2019", books)[0]
    assert _run({"food": [2], "year": "1999"}, "2", books) == (False, None, "version: one of 2019, 2021, not '1999'")
    placed = _books("2021", "2019", places=("food", "version"))
    assert _run([[2], "2019"], "2 by 2019", placed)[0]
    assert _run([[2]], "2 by 2021", placed)[0]
    assert _run([[2], "2019", True], "2", placed) == (False, None, "p: 2 values, not 3")


def test_a_case_of_another_framework_is_not_run_and_a_wrong_input_is_told() -> None:
    other = Case("1", "G", [1], 1)
    found = run(other, _books("1"))
    assert (found.case, found.passed, found.got, found.problem) == (other, False, None, "no rule-set for «G»")
    assert _run({"beds": 1}, 1, _books("1")) == (False, None, "beds: no such input; known: food, open")
    assert _run([1], 1, _books("1")) == (False, None, "p: inputs by name, not a list")


def test_several_answers_are_a_list_and_one_is_itself() -> None:
    program = _program(FOOD, vectors=Vectors("F", bare="food"), answer=("least", "due"))
    book = RuleBook("b", "1", TITLE, (program,), {})
    assert _run([2], [2, "2 days"], [book]) == (True, [2, "2 days"], "")


def test_how_the_inputs_of_a_case_are_found() -> None:
    by_name = _program(FOOD, OPEN)
    assert given_by({"food": [1]}, by_name) == (None, {"food": [1]})
    assert given_by({"food": [1]}, _program(FOOD, vectors=Vectors("F"))) == (None, {"food": [1]})
    with pytest.raises(InputError, match="p: inputs by name, not a list"):
        given_by([1], by_name)
    bare = _program(FOOD, OPEN, vectors=Vectors("F", bare="food", version="year"))
    assert given_by([1, 2], bare) == (None, {"food": [1, 2]})
    assert given_by({"x": 1, "y": 2}, bare) == (None, {"food": {"x": 1, "y": 2}})
    assert given_by({"food": [1], "year": "2019"}, bare) == ("2019", {"food": [1]})
    assert given_by({"open": True}, bare) == (None, {"open": True})
    assert given_by("word", bare) == (None, {"food": "word"})
    placed = _program(FOOD, OPEN, vectors=Vectors("F", bare="food", places=("food", "open")))
    assert given_by([[1], True], placed) == (None, {"food": [1], "open": True})
    assert given_by([[1]], placed) == (None, {"food": [1]})
    assert given_by("word", placed) == (None, {"food": "word"})
    assert given_by({"open": False}, placed) == (None, {"open": False})


@pytest.mark.parametrize(
    ("expected", "got", "equal"),
    [
        ("3.10", "3.1", True),
        (3, "3.00", True),
        ("3", "3.01", False),
        (True, True, True),
        (True, 1, False),
        (1, True, False),
        (False, None, False),
        (None, None, True),
        (None, "None", False),
        ("None", None, False),
        ("A", "A", True),
        ("A", "B", False),
        ("1", "A", False),
        ("A", "1", False),
        ([1, "A"], ["1.0", "A"], True),
        ([1, "A"], ["1", "B"], False),
        ([1], [1, 2], False),
        ([1], 1, False),
        (1, [1], False),
        (["A"], "['A']", False),
        ("['A']", ["A"], False),
        (True, "True", False),
        ("True", True, False),
    ],
)
def test_a_result_is_the_expected_one_by_its_value(expected: Any, got: Any, equal: bool) -> None:
    assert same(expected, got) is equal


def test_a_node_that_came_to_nothing_is_an_outcome_too() -> None:
    assert Outcome("n", "mean", TITLE, None, TITLE).as_data()["value"] is None
