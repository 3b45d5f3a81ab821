"""Two inspectors rate the same things: how far they agree beyond chance, exactly, and how sure that figure is.

Expected figures come from outside: Cohen's and Fleiss's published tables, and statsmodels 0.15.0 (``cohens_kappa``,
wt="fc"; scikit-learn 1.9.1 gives the same kappas), run once; the variance is also derived a second way here.
"""

from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.domain.agreement import (
    NO_PAIRS,
    ONE_CATEGORY,
    QUANTILES,
    cohen_kappa,
    identity_weights,
    interval,
    matrix_of,
    quadratic_weighted_kappa,
    quadratic_weights,
    square_root,
    undefined,
    variance,
    weighted_kappa,
)
from tests.examples import examples

TWO = [[20, 5], [10, 15]]
FOUR = [[11, 3, 1, 0], [1, 8, 0, 1], [0, 2, 10, 3], [0, 0, 1, 9]]
FIVE = [[3, 1, 0, 0, 0], [0, 0, 2, 0, 1], [0, 4, 7, 1, 0], [0, 0, 0, 0, 0], [1, 0, 0, 2, 9]]
#: Cohen 1968, table 1 (two psychiatrists, 200 patients), with his disagreement weights 0 1 3 / 1 0 6 / 3 6 0.
COHEN = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
COHEN_WEIGHTS = [[1 - F(x, 6) for x in row] for row in ([0, 1, 3], [1, 0, 6], [3, 6, 0])]
#: Fleiss, Statistical Methods for Rates and Proportions, table 13.1 (psychotic, neurotic, organic; 100 patients).
FLEISS = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]

tables = st.integers(2, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 30), min_size=n, max_size=n), min_size=n, max_size=n)
)


@pytest.mark.parametrize(
    ("table", "kappa", "quadratic"),
    [
        (TWO, "0.4", "0.4"),
        (FOUR, "0.6808510638297872", "0.8562300319488818"),
        (FIVE, "0.4700854700854701", "0.714548802946593"),
        (FLEISS, "0.676470588235294", "0.7553191489361702"),
    ],
)
def test_two_inspectors_agree_as_far_as_others_compute_it(table, kappa, quadratic):
    assert abs(cohen_kappa(table) - F(kappa)) < F(1, 10**12)
    assert abs(quadratic_weighted_kappa(table) - F(quadratic)) < F(1, 10**12)


def test_the_figure_is_exact_and_not_nearly_so():
    assert cohen_kappa(TWO) == F(2, 5)
    assert quadratic_weighted_kappa(FOUR) == F(268, 313)


def test_cohen_finds_his_own_two_figures():
    assert round(cohen_kappa(COHEN) * 1000) == 492
    assert round(weighted_kappa(COHEN, COHEN_WEIGHTS) * 1000) == 348


@pytest.mark.parametrize(
    ("table", "plain", "quadratic"),
    [
        (TWO, "0.016128", "0.016128"),
        (FOUR, "0.0063171649950068435", "0.002513585811311256"),
        (FIVE, "0.01144830198540427", "0.01984307270520787"),
        (FLEISS, "0.007691808048275295", "0.007518126825298661"),
    ],
)
def test_how_sure_the_figure_is_as_others_compute_it(table, plain, quadratic):
    size = len(table)
    assert abs(variance(table, identity_weights(size)) - F(plain)) < F(1, 10**14)
    assert abs(variance(table, quadratic_weights(size)) - F(quadratic)) < F(1, 10**14)


@examples(100)
@given(tables)
def test_the_variance_is_that_of_a_figure_made_of_counted_shares(table):
    """The delta method by hand: κ's slope in each share, by exact finite differences, against the closed formula."""
    size, total = len(table), sum(map(sum, table))
    weights = quadratic_weights(size)
    if undefined(table):
        assert variance(table, weights) is None
        return
    shares = [[F(count, total) for count in row] for row in table]

    def kappa(p):
        rows = [sum(row) for row in p]
        columns = [sum(column) for column in zip(*p, strict=True)]
        whole = sum(rows)
        cells = [(i, j) for i in range(size) for j in range(size)]
        apart = sum((1 - weights[i][j]) * p[i][j] for i, j in cells) / whole
        chance = sum((1 - weights[i][j]) * rows[i] * columns[j] for i, j in cells) / whole**2
        return 1 - apart / chance

    step = F(1, 10**9)
    slopes = []
    for i in range(size):
        for j in range(size):
            up = [list(row) for row in shares]
            up[i][j] += step
            down = [list(row) for row in shares]
            down[i][j] -= step
            slopes.append(((kappa(up) - kappa(down)) / (2 * step), shares[i][j]))
    mean = sum(share * slope for slope, share in slopes)
    by_hand = (sum(share * slope**2 for slope, share in slopes) - mean**2) / total
    assert abs(variance(table, weights) - by_hand) <= F(1, 10**6) * max(F(1), by_hand)


def test_the_interval_stands_around_the_figure_and_ends_at_one():
    found = interval(FOUR, quadratic_weights(4), 95)
    assert abs(found.low - F("0.7579659164924588")) < F(1, 10**6)
    assert abs(found.high - F("0.9544941474053048")) < F(1, 10**6)
    nearly = [[9, 1], [0, 9]]
    assert interval(nearly, identity_weights(2)).high == 1
    wide, narrow = (interval(FOUR, quadratic_weights(4), c) for c in (99, 80))
    assert wide.low < narrow.low < narrow.high < wide.high
    with pytest.raises(KeyError):
        interval(FOUR, quadratic_weights(4), 94)


def test_nobody_is_told_a_kappa_where_chance_alone_expects_full_agreement():
    everyone_level_three = [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 12]]
    for table in (everyone_level_three, [[0, 0], [0, 0]]):
        assert cohen_kappa(table) is None
        assert quadratic_weighted_kappa(table) is None
        assert interval(table, quadratic_weights(len(table))) is None
    assert undefined(everyone_level_three) == ONE_CATEGORY
    assert undefined([[0, 0], [0, 0]]) == NO_PAIRS
    assert undefined(TWO) is None


def test_two_who_each_use_one_level_but_not_the_same_agree_no_more_than_chance():
    assert cohen_kappa([[0, 7], [0, 0]]) == 0
    assert quadratic_weighted_kappa([[0, 0, 7], [0, 0, 0], [0, 0, 0]]) == 0


def test_two_who_never_differ_have_a_kappa_of_one_and_no_interval():
    agreed = [[2, 0], [0, 3]]
    assert cohen_kappa(agreed) == 1
    assert interval(agreed, identity_weights(2)) is None


@pytest.mark.parametrize(
    "table",
    [
        [],
        [[5]],
        [[1, 2]],
        [[1, 2], [3]],
        [[1, 2], [3, -4]],
        [[1.0, 2], [3, 4]],
        [[True, 2], [3, 4]],
        [["1", 2], [3, 4]],
        [[F(1), 2], [3, 4]],
    ],
)
def test_a_table_that_counts_nothing_is_refused(table):
    for figure in (cohen_kappa, quadratic_weighted_kappa, undefined):
        with pytest.raises(ValueError):
            figure(table)


def test_weights_of_another_size_are_refused():
    with pytest.raises(ValueError, match="size"):
        weighted_kappa(TWO, quadratic_weights(3))


def test_pairs_become_a_table_first_rater_down_second_across():
    assert matrix_of([(0, 2), (0, 2), (2, 1), (1, 1)], (0, 1, 2)) == ((0, 0, 2), (0, 1, 0), (0, 1, 0))
    for pairs, levels in (([(0, 3)], (0, 1, 2)), ([(0, None)], (0, 1)), ([], (1,)), ([], (1, 1))):
        with pytest.raises(ValueError):
            matrix_of(pairs, levels)


@examples(100)
@given(tables)
def test_who_is_called_first_changes_nothing(table):
    turned = [list(column) for column in zip(*table, strict=True)]
    for figure in (cohen_kappa, quadratic_weighted_kappa):
        assert figure(table) == figure(turned)
    weights = quadratic_weights(len(table))
    assert variance(table, weights) == variance(turned, weights)


@examples(100)
@given(tables, st.integers(2, 9))
def test_the_same_pairs_many_times_give_the_same_figure_more_surely(table, times):
    more = [[count * times for count in row] for row in table]
    assert cohen_kappa(more) == cohen_kappa(table)
    once = variance(table, quadratic_weights(len(table)))
    again = variance(more, quadratic_weights(len(table)))
    assert again == (None if once is None else once / times)


@examples(100)
@given(tables)
def test_agreement_lies_between_full_opposition_and_one(table):
    for figure in (cohen_kappa, quadratic_weighted_kappa):
        found = figure(table)
        assert found is None or -1 <= found <= 1


@examples(100)
@given(st.fractions(0, 10**6), st.integers(0, 20))
def test_a_root_is_the_nearest_with_so_many_decimals(value, digits):
    root, half = F(square_root(value, digits)), F(1, 2 * 10**digits)
    assert max(root - half, F(0)) ** 2 <= value < (root + half) ** 2


def test_a_root_keeps_its_decimals():
    assert square_root(F(2), 6) == Decimal("1.414214")
    assert str(square_root(F(4), 2)) == "2.00"
    with pytest.raises(ValueError):
        square_root(F(-1))


def test_the_quantiles_are_those_of_the_normal_law():
    from statistics import NormalDist

    for confidence, quantile in QUANTILES.items():
        assert f"{NormalDist().inv_cdf(0.5 + confidence / 200):.6f}" == quantile
