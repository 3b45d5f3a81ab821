"""How far two inspectors agree beyond chance: kappa from a table of pairs of ratings, exact, with its interval.

Rows of a table are the first rater's categories, columns the second's, in the same order; a cell counts the things that
were rated so. Sources: Cohen 1960 (Educational and Psychological Measurement 20:37) for kappa, Cohen 1968 (Psychological
Bulletin 70:213) for weights, Fleiss, Cohen & Everitt 1969 (Psychological Bulletin 72:323) for the variance.
Everything is an exact fraction up to the one square root, which is rounded to declared digits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

Matrix = Sequence[Sequence[int]]
Weights = Sequence[Sequence[Fraction]]

#: Standard normal quantiles of two-sided confidence levels in percent, to six decimals (any table of the normal law).
QUANTILES = {80: "1.281552", 90: "1.644854", 95: "1.959964", 99: "2.575829"}
#: Decimals to which a standard error is taken.
DIGITS = 12

#: Why a kappa does not exist: nothing was rated twice, or both put everything into one and the same category, so that
#: chance alone expects full agreement (nought divided by nought; the agreement itself is full and must be told as such).
NO_PAIRS = "no-pairs"
ONE_CATEGORY = "one-category"


def identity_weights(size: int) -> Weights:
    """Agreement weights of Cohen's kappa: only the same category counts."""
    return [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]


def quadratic_weights(size: int) -> Weights:
    """Agreement weights that fall with the square of the distance: 1 on the diagonal, 0 from end to end."""
    return [[1 - Fraction((i - j) ** 2, (size - 1) ** 2) for j in range(size)] for i in range(size)]


def checked(matrix: Matrix) -> tuple[tuple[int, ...], ...]:
    """The table as tuples. Raises ValueError: fewer than two categories, not square, or not counts (whole, from 0)."""
    rows = tuple(tuple(row) for row in matrix)
    if len(rows) < 2:
        raise ValueError("a table of agreement needs at least two categories")
    if any(len(row) != len(rows) for row in rows):
        raise ValueError("a table of agreement is square: one row and one column for each category")
    for row in rows:
        for count in row:
            if isinstance(count, bool) or not isinstance(count, int):
                raise ValueError(f"a count is a whole number, not {count!r}")
            if count < 0:
                raise ValueError(f"a count is not negative: {count}")
    return rows


def matrix_of(pairs: Iterable[tuple[int, int]], levels: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The table of pairs (first rater's level, second rater's), with a row and a column for each of ``levels``.

    Raises ValueError for fewer than two levels, a level named twice, or a pair that holds another level.
    """
    place = {level: at for at, level in enumerate(levels)}
    if len(place) != len(levels) or len(levels) < 2:
        raise ValueError("at least two levels, each named once")
    table = [[0] * len(levels) for _ in levels]
    for first, second in pairs:
        if first not in place or second not in place:
            raise ValueError(f"not among the levels: {(first, second)!r}")
        table[place[first]][place[second]] += 1
    return tuple(tuple(row) for row in table)


def cohen_kappa(matrix: Matrix) -> Fraction | None:
    """Cohen's unweighted kappa; None where it does not exist (``undefined`` says why). Raises ValueError as ``checked``."""
    rows = checked(matrix)
    return weighted_kappa(rows, identity_weights(len(rows)))


def quadratic_weighted_kappa(matrix: Matrix) -> Fraction | None:
    """Kappa with quadratic weights; None where it does not exist (``undefined`` says why). Raises ValueError."""
    rows = checked(matrix)
    return weighted_kappa(rows, quadratic_weights(len(rows)))


def undefined(matrix: Matrix) -> str | None:
    """Why the table has no kappa: ``no-pairs`` or ``one-category``; None where it has one. Raises ValueError.

    Two raters who used one category each, but not the same, do have a kappa: it is 0.
    """
    rows = checked(matrix)
    total = sum(map(sum, rows))
    if not total:
        return NO_PAIRS
    return ONE_CATEGORY if any(row[at] == total for at, row in enumerate(rows)) else None


def weighted_kappa(matrix: Matrix, weights: Weights) -> Fraction | None:
    """Kappa with any agreement weights (1 on the diagonal, less elsewhere); None where chance expects full agreement.

    Raises ValueError for a bad table or weights of another size.
    """
    rows = checked(matrix)
    if undefined(rows):
        return None
    shares = _Shares.of(rows, weights)
    return (shares.observed - shares.expected) / (1 - shares.expected)


def variance(matrix: Matrix, weights: Weights) -> Fraction | None:
    """Large-sample variance of the weighted kappa (Fleiss, Cohen & Everitt 1969, formula for a kappa that is not 0).

    ``[Σ p_ij (w_ij (1 - pe) - (w_i + w_j)(1 - po))² - (po pe - 2 pe + po)²] / (n (1 - pe)⁴)``, with ``w_i``, ``w_j`` the mean
    weights of row and column. None where there is no kappa. Raises ValueError.
    """
    rows = checked(matrix)
    if undefined(rows):
        return None
    s = _Shares.of(rows, weights)
    spread = sum(
        (
            share * (s.weights[i][j] * (1 - s.expected) - (s.of_row[i] + s.of_column[j]) * (1 - s.observed)) ** 2
            for i, row in enumerate(s.cells)
            for j, share in enumerate(row)
        ),
        Fraction(0),
    )
    centre = s.observed * s.expected - 2 * s.expected + s.observed
    return (spread - centre**2) / (s.total * (1 - s.expected) ** 4)


@dataclass(frozen=True)
class _Shares:
    """A table divided by its total, with the weighted means that kappa and its variance need."""

    total: int
    cells: list[list[Fraction]]
    weights: Weights
    of_row: list[Fraction]  # mean weight of each row, over the second rater's shares
    of_column: list[Fraction]
    observed: Fraction
    expected: Fraction

    @classmethod
    def of(cls, rows: tuple[tuple[int, ...], ...], weights: Weights) -> "_Shares":
        size = len(rows)
        if len(weights) != size or any(len(row) != size for row in weights):
            raise ValueError("weights of another size than the table")
        total = sum(map(sum, rows))
        cells = [[Fraction(count, total) for count in row] for row in rows]
        first = [sum(row, Fraction(0)) for row in cells]
        second = [sum(column, Fraction(0)) for column in zip(*cells, strict=True)]
        each = range(size)
        of_row = [sum((weights[i][j] * second[j] for j in each), Fraction(0)) for i in each]
        of_column = [sum((weights[i][j] * first[i] for i in each), Fraction(0)) for j in each]
        observed = sum((weights[i][j] * cells[i][j] for i in each for j in each), Fraction(0))
        expected = sum((first[i] * of_row[i] for i in each), Fraction(0))
        return cls(total, cells, weights, of_row, of_column, observed, expected)


def square_root(value: Fraction, digits: int = DIGITS) -> Decimal:
    """The root of a fraction ≥ 0 to ``digits`` decimals, rounded half up; no binary float, no decimal context."""
    if value < 0:
        raise ValueError(f"no root of a negative number: {value}")
    twice = isqrt(4 * value.numerator * 10 ** (2 * digits) // value.denominator)
    return Decimal(f"{(twice + 1) // 2}E-{digits}")


@dataclass(frozen=True)
class Interval:
    """Where kappa lies with ``confidence`` percent, kept between -1 and 1."""

    low: Fraction
    high: Fraction
    confidence: int


def interval(matrix: Matrix, weights: Weights, confidence: int = 95) -> Interval | None:
    """The large-sample interval of a weighted kappa; None without a kappa, and where the variance is 0.

    It is 0 where nobody ever differs, or one rater gave one level only: the formula would then promise certainty after
    two pairs, so it is not used. Raises KeyError for a confidence that ``QUANTILES`` lacks, ValueError for a bad table.
    """
    quantile = Fraction(QUANTILES[confidence])
    spread = variance(matrix, weights)
    kappa = weighted_kappa(matrix, weights)
    if kappa is None or not spread:
        return None
    half = quantile * Fraction(square_root(spread))
    return Interval(max(Fraction(-1), kappa - half), min(Fraction(1), kappa + half), confidence)
