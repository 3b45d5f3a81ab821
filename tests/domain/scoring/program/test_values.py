"""Scales, exact numbers, and what is read of what was given."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.scoring.program import Atom, Grade, InputError, Scale
from inspect_app.domain.scoring.program.inputs import Input, missing, quantity
from inspect_app.domain.scoring.program.values import exact, near, plain, reaches, shown, token
from inspect_app.domain.texts import Text
from tests.domain.scoring.program.ledgers import LETTERS, MARKS, TITLE, atoms, grade

NAMED = Scale("s", (1, 2, "x"), {"1": Text("أول", "un", "one")}, {"first": "1", "true": "2"}, frozenset({"NA", "0"}))


@pytest.mark.parametrize(
    ("value", "written"),
    [(True, "true"), (False, "false"), (4, "4"), ("4", "4"), (Decimal("4.0"), "4.0"), (None, "None")],
)
def test_a_step_has_one_spelling(value: object, written: str) -> None:
    assert token(value) == written


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, Fraction(3)), ("2.5", Fraction(5, 2)), (Decimal("0.1"), Fraction(1, 10)), (Fraction(1, 3), Fraction(1, 3))],
)
def test_a_number_is_taken_without_loss(value: object, number: Fraction) -> None:
    found = exact(value, "beds")
    assert (found, type(found)) == (number, Fraction)


@pytest.mark.parametrize("value", [True, 0.5, None, "many", Decimal("Infinity"), Decimal("NaN"), []])
def test_what_is_no_exact_number_is_refused_by_name(value: object) -> None:
    with pytest.raises(InputError) as refused:
        exact(value, "beds")
    assert str(refused.value) == f"beds: a number, not {value!r}"
    assert (refused.value.field, refused.value.code, refused.value.detail) == (
        "beds",
        "rule-input",
        f"a number, not {value!r}",
    )


def test_steps_are_ranked_from_the_lowest_and_other_spellings_are_known() -> None:
    assert [NAMED.rank(v) for v in (1, "2", "x", "first", True)] == [0, 1, 2, 0, 1]
    with pytest.raises(InputError) as refused:
        NAMED.rank(7, "food")
    assert str(refused.value) == "food: one of 1, 2, x, not 7"
    with pytest.raises(InputError) as unnamed:
        NAMED.rank("y")
    assert str(unnamed.value) == "s: one of 1, 2, x, not 'y'"


def test_not_applicable_is_said_by_nothing_or_by_its_word() -> None:
    assert [NAMED.leaves_out(v) for v in (None, "NA", 0, 1, "first")] == [True, True, True, False, False]


def test_a_scale_of_numbers_has_numbers_and_a_greatest_one() -> None:
    assert (MARKS.number(3), MARKS.maximum) == (Fraction(3), 3)
    assert (NAMED.number(0), NAMED.number(2), NAMED.maximum) == (Fraction(1), None, None)
    assert Scale("s", (True, False)).number(0) is None
    assert Scale("stars", (5, 1, 3)).maximum == 5
    assert (grade(2).number, grade("A", LETTERS).number, grade(2).value) == (2, None, 2)
    assert (Atom("1", Fraction(7)).number, Atom("1", grade(2)).number, Atom("1", None).number) == (7, 2, None)


def test_a_step_is_called_by_its_name_or_by_itself() -> None:
    assert NAMED.name(0) == Text("أول", "un", "one")
    assert NAMED.name(2) == Text("x", "x", "x")


def test_below_on_or_above() -> None:
    assert [reaches(grade(n), "2", "a") for n in (1, 2, 3)] == [-1, 0, 1]
    assert [reaches(Fraction(n), 2, "a") for n in (1, 2, 3)] == [-1, 0, 1]


def test_values_as_they_are_shown() -> None:
    assert [shown(v) for v in (grade("B", LETTERS), Fraction(5, 2), True, None)] == ["B", "2.5", True, None]


@pytest.mark.parametrize(
    ("number", "said", "short"),
    [
        ("0", "0", "0"),
        ("-3", "-3", "-3"),
        ("5/2", "2.5", "2.5"),
        ("-5/2", "-2.5", "-2.5"),
        ("1/8", "0.125", "0.125"),
        ("1/25", "0.04", "0.04"),
        ("3/50", "0.06", "0.06"),
        ("1/64", "0.015625", "0.015625"),
        ("1/128", "1/128", "0.0078…"),
        ("1/3", "1/3", "0.3333…"),
        ("-200/3", "-200/3", "-66.6666…"),
        ("7/6", "7/6", "1.1666…"),
        ("100", "100", "100"),
        ("1/1000000", "0.000001", "0.000001"),
    ],
)
def test_a_number_as_people_read_it(number: str, said: str, short: str) -> None:
    assert plain(Fraction(number)) == said
    assert near(Fraction(number)) == short


def test_a_very_long_number_loses_no_digit() -> None:
    long = 10**40 + 1
    assert plain(Fraction(long)) == str(long)
    assert plain(Fraction(2 * long + 1, 2)) == f"{long}.5"
    assert near(Fraction(3 * long + 1, 3)) == f"{long}.3333…"


def test_a_number_in_a_sentence_may_be_cut_elsewhere() -> None:
    assert near(Fraction(2, 3), 2) == "0.66…"


def _asked(kind: str, **more: Any) -> Input:
    return Input("i", TITLE, kind, **more)


def test_a_flag_is_true_or_false_and_false_where_nothing_is_said() -> None:
    flag = _asked("flag")
    assert (flag.read(True), flag.read(False), flag.read(None)) == (True, False, False)
    assert _asked("flag", default=True).read(None) is True
    with pytest.raises(InputError) as refused:
        flag.read(1)
    assert str(refused.value) == "i: true or false, not 1"


def test_an_option_is_one_of_its_values_or_another_name_for_one() -> None:
    option = _asked("option", values=("up", "down", "2018"), default="up", aliases={"ceiling": "up"})
    assert [option.read(v) for v in ("down", "ceiling", None)] == ["down", "up", "up"]
    for raw in ("sideways", 5, ["up"]):
        with pytest.raises(InputError) as refused:
            option.read(raw)
        assert str(refused.value) == f"i: one of up, down, 2018, not {raw!r}"


def test_a_grade_is_a_step_of_its_scale_or_does_not_apply() -> None:
    asked = _asked("grade", scale=NAMED)
    assert (asked.read("first"), asked.read("NA"), asked.read(None)) == (Grade(NAMED, 0), None, None)
    assert _asked("grade", scale=NAMED, default="x").read(None) == Grade(NAMED, 2)
    with pytest.raises(InputError, match="i: one of 1, 2, x, not 9"):
        asked.read(9)


def test_a_number_lies_between_its_bounds_which_belong_to_it() -> None:
    asked = _asked("number", minimum=Fraction(0), maximum=Fraction(100))
    assert [asked.read(v) for v in (0, "100", Decimal("0.5"), None)] == [0, 100, Fraction(1, 2), None]
    for raw in ("-0.01", "100.01"):
        with pytest.raises(InputError) as refused:
            asked.read(raw)
        assert str(refused.value) == f"i: a number from 0 to 100, not {raw!r}"
    assert _asked("number", minimum=Fraction(0)).read(10**9) == 10**9
    assert _asked("number", maximum=Fraction(0)).read(-5) == -5
    assert _asked("number").read("7") == 7
    assert _asked("number", default="3").read(None) == 3


def test_many_are_given_by_name_or_in_a_row() -> None:
    asked = _asked("grade", many=True, scale=MARKS)
    assert asked.read([3, None]) == (Atom("1", grade(3)), Atom("2", None))
    assert asked.read({"x": 1, 2: 0}) == (Atom("x", grade(1)), Atom("2", grade(0)))
    assert asked.read(None) == ()
    (atom,) = asked.read((Atom("k", grade(2), Fraction(5)),))  # type: ignore[misc]
    assert atom == Atom("k", grade(2), Fraction(5))
    for raw in ("321", 5):
        with pytest.raises(InputError) as refused:
            asked.read(raw)
        assert str(refused.value) == f"i: a list, not {raw!r}"
    for raw, name in (([3, 9], "i.2"), ({"x": 9}, "i.x")):
        with pytest.raises(InputError) as wrong:
            asked.read(raw)
        assert str(wrong.value) == f"{name}: one of 0, 1, 2, 3, not 9"


def test_a_table_is_square_and_counts() -> None:
    asked = _asked("matrix")
    assert asked.read([[1, 0], [0, 2]]) == ((1, 0), (0, 2))
    assert asked.read([[0] * 3] * 3) == ((0, 0, 0),) * 3
    for raw in (
        None,
        [],
        [[1]],
        [[1, 2]],
        [[1, 2], [3]],
        [[1, 2], [3, 4, 5]],
        [[1, 2], [3, -1]],
        [[1, True], [3, 4]],
        [[1, "2"], [3, 4]],
        [[1, 2], 5],
    ):
        with pytest.raises(InputError) as refused:
            asked.read(raw)
        assert str(refused.value) == "i: a square table of counts, two by two or larger"


def test_what_a_result_cannot_do_without() -> None:
    grades, many = _asked("grade", scale=MARKS), _asked("grade", many=True, scale=MARKS)
    assert (missing(grades, None), missing(grades, grade(0))) == (True, False)
    assert (missing(_asked("number"), None), missing(_asked("number"), Fraction(0))) == (True, False)
    assert (missing(many, ()), missing(many, atoms(None, None)), missing(many, atoms(None, 1))) == (True, True, False)
    for asked in (_asked("grade", optional=True, scale=MARKS), _asked("flag"), _asked("option")):
        assert missing(asked, None) is False
    assert missing(_asked("grade", many=True, optional=True, scale=MARKS), ()) is False


def test_a_single_value_out_of_what_was_given() -> None:
    for given, value in ((grade(1), grade(1)), (Fraction(2), Fraction(2)), (True, True)):
        assert quantity(given) == value
    for nothing in ("word", (), atoms(1), None):
        assert quantity(nothing) is None
