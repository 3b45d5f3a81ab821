"""Every declared mode of rounding, above and below nought, exactly on a half and just beside it."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from inspect_app.domain.rounding import MODES, rounded

#: number → by half-up, half-even, down, up, floor
TABLE = {
    "0": (0, 0, 0, 0, 0),
    "2": (2, 2, 2, 2, 2),
    "-2": (-2, -2, -2, -2, -2),
    "0.4": (0, 0, 0, 1, 0),
    "0.5": (1, 0, 0, 1, 0),
    "0.6": (1, 1, 0, 1, 0),
    "1.5": (2, 2, 1, 2, 1),
    "2.5": (3, 2, 2, 3, 2),
    "-0.4": (0, 0, 0, 0, -1),
    "-0.5": (-1, 0, 0, 0, -1),
    "-0.6": (-1, -1, 0, 0, -1),
    "-1.5": (-2, -2, -1, -1, -2),
    "-2.5": (-3, -2, -2, -2, -3),
}


@pytest.mark.parametrize("number", TABLE)
def test_each_mode_rounds_as_it_is_declared(number: str) -> None:
    assert MODES == ("half-up", "half-even", "down", "up", "floor")
    assert tuple(int(rounded(Fraction(number), 0, mode)) for mode in MODES) == TABLE[number]
    tenth = tuple(rounded(Fraction(number) / 10, 1, mode) for mode in MODES)
    assert tenth == tuple(Decimal(n).scaleb(-1) for n in TABLE[number])


def test_the_declared_number_of_places_is_always_written() -> None:
    assert [str(rounded(Fraction(7), places, "half-up")) for places in (0, 1, 3)] == ["7", "7.0", "7.000"]
    assert str(rounded(Fraction(200, 3), 2, "half-up")) == "66.67"
    assert str(rounded(Fraction(-200, 3), 2, "half-up")) == "-66.67"
    assert str(rounded(Fraction(1, 400), 2, "half-up")) == "0.00"


def test_no_decimal_context_changes_a_figure() -> None:
    with localcontext() as context:
        context.prec = 2
        assert rounded(Fraction(123456789, 1000), 2, "half-up") == Decimal("123456.79")


def test_a_mode_that_nobody_declared_is_refused_even_where_nothing_is_rounded() -> None:
    for value in (Fraction(1, 3), Fraction(1)):
        with pytest.raises(KeyError, match="nearest"):
            rounded(value, 2, "nearest")
